/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The model: what one configuration says, independent of any file format.
 *
 * A configuration is either a system (the platform and the root cell) or a
 * cell. It owns lists of resources; the structs below are plain values that
 * are copied in and out. Numbers are what the ABI headers name:
 * JAILHOUSE_MEM_READ and so on.
 */
#ifndef JHCFG_MODEL_H
#define JHCFG_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/api.h>

#define JHCFG_NAME_SIZE	      32 /* with the NUL */
#define JHCFG_MAX_IOMMU_UNITS 8
#define JHCFG_MAX_CPUS	      (4096 * 8)
#define JHCFG_BLOB_SIZE	      109

/*
 * What only other versions and forks of the format know. The numbers are the
 * model's own where a fork uses one that means something else upstream.
 */
#define JHCFG_MEM_COLORED	      0x0200 /* memory in cache colors */
#define JHCFG_MEM_COLORED_NO_COPY     0x0400
#define JHCFG_MEM_TMP_ROOT_REMAP      0x0800
#define JHCFG_CELL_USE_VIRT_CPUID     0x0100 /* openEuler */
#define JHCFG_CELL_DEBUG_CONSOLE      0x0200 /* revision 9 */
#define JHCFG_CON_SECOND_ON_ROOT_PAGE 0x0100 /* revision 9 */
#define JHCFG_CON_TYPE_VGA	      0x8001 /* revision 9 */
#define JHCFG_CON_TYPE_LINFLEX	      0x8009 /* BU */

struct jhcfg_memory {
	uint64_t phys_start;
	uint64_t virt_start; /* guest-physical */
	uint64_t size;
	uint64_t flags; /* JAILHOUSE_MEM_... */
	/* forks with cache coloring */
	uint64_t colors; /* mask; used if flags has JHCFG_MEM_COLORED */
	uint64_t rebase_offset;
};

struct jhcfg_cache {
	uint32_t start; /* first way */
	uint32_t size;	/* ways */
	uint8_t type;
	uint16_t flags;
};

struct jhcfg_irqchip {
	uint64_t address;
	uint32_t id;
	uint32_t pin_base;
	uint32_t pin_bitmap[4]; /* bit n: pin_base + n */
};

struct jhcfg_pio {
	uint16_t base;
	uint16_t length;
};

struct jhcfg_pci_device {
	uint8_t type;
	uint8_t iommu;
	uint16_t domain;
	uint16_t bdf;
	uint32_t virt_bdf; /* openEuler */
	uint32_t bar_mask[6];
	uint16_t caps_start;
	uint16_t num_caps;
	uint8_t num_msi_vectors;
	bool msi_64bits;
	bool msi_maskable;
	uint16_t num_msix_vectors;
	uint16_t msix_region_size;
	uint64_t msix_address;
	/* up to revision 11, ivshmem had one region and no ids: peers is 0 */
	uint32_t shmem_regions_start;
	uint8_t shmem_dev_id;
	uint8_t shmem_peers;
	uint16_t shmem_protocol;
};

struct jhcfg_pci_cap {
	uint16_t id;
	uint16_t start;
	uint16_t len;
	uint16_t flags;
};

struct jhcfg_stream_id {
	uint32_t id;   /* MMU-500: mask_out << 16 | id */
	uint32_t mask; /* NXP, up to revision 10 */
};

/* A bit for each register that the cell may access (TI, before v0.12) */
struct jhcfg_regmap {
	uint64_t reg_base;
	uint32_t reg_count;
	uint8_t reg_size;
	uint32_t flags;
	uint32_t reg_bitmap[8];
};

/* A CPU by its MPIDR or APIC id instead of its number in Linux */
struct jhcfg_cpu_id {
	uint64_t phys_id;
	uint64_t reserved;
};

/* An element of a fork whose inside we do not know; the list says its size */
struct jhcfg_blob {
	uint8_t bytes[JHCFG_BLOB_SIZE];
};

struct jhcfg_console {
	uint64_t address;
	uint32_t size;
	uint16_t type;
	uint16_t flags;
	uint32_t divider;
	uint32_t gate_nr;
	uint64_t clock_reg;
};

struct jhcfg_iommu {
	uint32_t type; /* 0: the slot is unused */
	uint64_t base;
	uint32_t size;
	/* AMD */
	uint16_t amd_bdf;
	uint8_t amd_base_cap;
	uint8_t amd_msi_cap;
	uint32_t amd_features;
	/* TI PVU */
	uint64_t tlb_base;
	uint32_t tlb_size;
	/* Arm, in forks */
	uint32_t arm_sid_mask;
	uint32_t arm_smmu_arch; /* NXP: 0 v1, 1 v1 with 64K pages, 2 v2 */
	uint32_t arm_smmu_impl; /* NXP: 0 generic, 1 MMU-500 */
};

/* The fields of other architectures than the configuration's stay 0. */
struct jhcfg_platform {
	uint64_t pci_mmconfig_base;
	uint8_t pci_mmconfig_end_bus;
	uint8_t pci_is_virtual; /* 1: no host bridge behind the window */
	uint16_t pci_domain;
	struct jhcfg_iommu iommu_units[JHCFG_MAX_IOMMU_UNITS];
	/* x86 */
	uint16_t pm_timer_address;
	uint8_t apic_mode;
	uint32_t vtd_interrupt_limit;
	uint32_t tsc_khz;
	uint32_t apic_khz;
	/* arm, arm64 */
	uint8_t maintenance_irq;
	uint8_t gic_version;
	uint64_t gicd_base;
	uint64_t gicc_base;
	uint64_t gich_base;
	uint64_t gicv_base;
	uint64_t gicr_base;
	/* openEuler */
	uint64_t pci_machine_mmconfig_base;
	/* forks with cache coloring */
	uint32_t max_cache_colors;
	uint64_t color_way_size;
	uint64_t color_root_map_offset;
	/* Omnivisor */
	uint32_t no_spectre_mitigation;
	uint8_t memguard[48];
	uint64_t qos_nic_base;
	uint64_t qos_nic_size;
	uint8_t fpga[45];
};

struct jhcfg_config;
struct jhcfg_cell;
struct jhcfg_system;

/* Frees a configuration and all in it; NULL is legal. */
JHCFG_API void jhcfg_config_free(struct jhcfg_config *config);

/* JAILHOUSE_X86, JAILHOUSE_ARM or JAILHOUSE_ARM64. */
JHCFG_API uint8_t jhcfg_config_architecture(const struct jhcfg_config *config);

/* The system part, or NULL if the configuration is one of a non-root cell. */
JHCFG_API const struct jhcfg_system *jhcfg_config_system(
	const struct jhcfg_config *config);

/* The cell, which is the root cell in a system configuration; never NULL. */
JHCFG_API const struct jhcfg_cell *jhcfg_config_cell(
	const struct jhcfg_config *config);

/* Parts of a system; the pointers live as long as the configuration. */
JHCFG_API uint32_t jhcfg_system_flags(const struct jhcfg_system *system);
JHCFG_API const struct jhcfg_memory *jhcfg_system_hypervisor_memory(
	const struct jhcfg_system *system);
JHCFG_API const struct jhcfg_console *jhcfg_system_debug_console(
	const struct jhcfg_system *system);
JHCFG_API const struct jhcfg_platform *jhcfg_system_platform(
	const struct jhcfg_system *system);

/* Parts of a cell; the pointers live as long as the configuration. */
JHCFG_API const char *jhcfg_cell_name(const struct jhcfg_cell *cell);
JHCFG_API uint32_t jhcfg_cell_flags(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_console *jhcfg_cell_console(
	const struct jhcfg_cell *cell);
JHCFG_API uint64_t jhcfg_cell_reset_address(const struct jhcfg_cell *cell);
JHCFG_API uint64_t jhcfg_cell_msg_reply_timeout(const struct jhcfg_cell *cell);
JHCFG_API uint32_t jhcfg_cell_vpci_irq_base(const struct jhcfg_cell *cell);
/* What the driver gave the cell; 0 in files. */
JHCFG_API uint32_t jhcfg_cell_id(const struct jhcfg_cell *cell);

/* Whether logical CPU @cpu is in the cell's set; false beyond the set. */
JHCFG_API bool jhcfg_cell_has_cpu(const struct jhcfg_cell *cell,
				  unsigned int cpu);
/* Number of CPUs in the set. */
JHCFG_API unsigned int jhcfg_cell_num_cpus(const struct jhcfg_cell *cell);

/*
 * Resources in the order of the configuration: the count, and entry @index or
 * NULL behind the last one.
 */
JHCFG_API size_t jhcfg_cell_num_memory(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_memory *jhcfg_cell_memory(
	const struct jhcfg_cell *cell, size_t index);
JHCFG_API size_t jhcfg_cell_num_cache(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_cache *jhcfg_cell_cache(
	const struct jhcfg_cell *cell, size_t index);
JHCFG_API size_t jhcfg_cell_num_irqchips(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_irqchip *jhcfg_cell_irqchip(
	const struct jhcfg_cell *cell, size_t index);
JHCFG_API size_t jhcfg_cell_num_pio(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_pio *jhcfg_cell_pio(const struct jhcfg_cell *cell,
						 size_t index);
JHCFG_API size_t jhcfg_cell_num_pci_devices(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_pci_device *jhcfg_cell_pci_device(
	const struct jhcfg_cell *cell, size_t index);
JHCFG_API size_t jhcfg_cell_num_pci_caps(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_pci_cap *jhcfg_cell_pci_cap(
	const struct jhcfg_cell *cell, size_t index);
JHCFG_API size_t jhcfg_cell_num_stream_ids(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_stream_id *jhcfg_cell_stream_id(
	const struct jhcfg_cell *cell, size_t index);
JHCFG_API size_t jhcfg_cell_num_regmaps(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_regmap *jhcfg_cell_regmap(
	const struct jhcfg_cell *cell, size_t index);
JHCFG_API size_t jhcfg_cell_num_cpu_ids(const struct jhcfg_cell *cell);
JHCFG_API const struct jhcfg_cpu_id *jhcfg_cell_cpu_id(
	const struct jhcfg_cell *cell, size_t index);

#endif
