/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading and judging configurations. All functions work on a private copy
 * that no guest can change meanwhile, and print one line per finding:
 *   Refused: cell "rtos": memory region 3 [0x...-0x...] overlaps ...
 *   Warning: cell "rtos": ...
 */
#ifndef HV_CONFIG_H
#define HV_CONFIG_H

#include <hv/cell.h>

/* What the platform reserves: no cell may map it (GIC frames, IOMMU
 * registers, a trapped ECAM, hypervisor memory). */
struct reserved_range {
	phys_t start;
	u64 size;
	const char *name; /* "GIC distributor" */
};

/* Fills ranges (capacity max) from the system configuration; gicr_size is
 * what the redistributors of all CPUs take. Returns the count. */
unsigned int config_reserved_ranges(const struct jailhouse_system *system,
				    u64 gicr_size,
				    struct reserved_range *ranges,
				    unsigned int max);

/* What a configuration is judged against. */
struct config_context {
	const struct jailhouse_system *system;
	const struct reserved_range *reserved;
	unsigned int num_reserved;
	u8 architecture;	     /* JAILHOUSE_ARM64, ... */
	unsigned int num_cpus;	     /* max_cpus of the image header */
	struct cpu_set online;	     /* CPUs that entered; used for the root,
				      * empty if they are not all known */
	const struct cell *root;     /* NULL while the root itself is judged */
	const struct cell *cells;    /* list from root->next, may be NULL */
	struct cpu_set aarch32_cpus; /* can run cells of 32 bits (ARM64) */
	unsigned int calling_cpu;
	u32 max_cell_id;      /* 255 on ARM: the VMID */
	unsigned int max_spi; /* highest INTID of the GIC */
	u64 max_address;      /* first guest address out of reach */
};

/*
 * Checks that size bytes at config hold a complete cell descriptor with all
 * its arrays; nothing else is looked at before. -EINVAL, or -E2BIG if over
 * CELL_CONFIG_LIMIT. Trailing bytes: a warning.
 */
int config_check_extent(const struct jailhouse_cell_desc *config, u64 size);

/*
 * Judges a system configuration (extent: size bytes). Refuses what
 * extensions.md in the manual lists, with -EINVAL (-ERANGE for addresses out
 * of reach).
 */
int config_check_system(const struct config_context *context,
			const struct jailhouse_system *system, u64 size);

/*
 * May the debug console be touched before the configuration is judged? Its
 * registers are to be within reach, and not those of something else.
 */
bool config_console_usable(const struct config_context *context,
			   const struct jailhouse_system *system);

/*
 * Judges the configuration of a new cell. -EINVAL in general; -EEXIST for a
 * name or id in use; -EBUSY for CPUs that the root does not have or the
 * calling one; -E2BIG for an id that is too large.
 */
int config_check_cell(const struct config_context *context,
		      const struct jailhouse_cell_desc *config, u64 size);

/* CPU set of a checked configuration. */
void config_cpu_set(const struct jailhouse_cell_desc *config,
		    struct cpu_set *set);

#endif
