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

struct jhcfg_memory {
	uint64_t phys_start;
	uint64_t virt_start; /* guest-physical */
	uint64_t size;
	uint64_t flags; /* JAILHOUSE_MEM_... */
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
	uint32_t bar_mask[6];
	uint16_t caps_start;
	uint16_t num_caps;
	uint8_t num_msi_vectors;
	bool msi_64bits;
	bool msi_maskable;
	uint16_t num_msix_vectors;
	uint16_t msix_region_size;
	uint64_t msix_address;
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
	uint32_t id; /* MMU-500: mask_out << 16 | id */
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

#endif
