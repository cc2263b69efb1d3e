/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * ACPI tables: what of them tells about hardware that is partitioned. Tables
 * are hostile input: lengths and checksum are checked first, and each entry is
 * held against the end of its table.
 */
#ifndef IMPORT_LINUX_ACPI_H
#define IMPORT_LINUX_ACPI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/diag.h>

/* --- MADT ("APIC"), ACPI 6.5, 5.2.12 -------------------------------------- */

struct acpi_cpu {
	uint32_t apic_id;
	bool enabled; /* else it may be plugged in later, or never */
	size_t offset;
};

struct acpi_ioapic {
	uint8_t id;
	uint64_t address;
	uint32_t gsi_base;
	size_t offset;
};

/* Where an ISA interrupt is wired to elsewhere, or otherwise. */
struct acpi_override {
	uint8_t isa;
	uint32_t gsi;
	bool level;
};

struct acpi_gicc {
	uint32_t uid;
	uint64_t mpidr;
	uint64_t gicc, gicv, gich, gicr; /* 0: none */
	uint32_t maintenance;
	bool enabled;
	size_t offset;
};

struct acpi_gicr {
	uint64_t base;
	uint32_t length;
};

/* --- MCFG, PCI Firmware Specification 3.3, 4.1.2 -------------------------- */

struct acpi_ecam {
	uint64_t base; /* of bus 0, even if there are only later ones */
	uint16_t segment;
	uint8_t first_bus, last_bus;
	size_t offset;
};

/* --- DMAR, VT-d specification 4.1, chapter 8 ------------------------------ */

struct acpi_drhd {
	uint64_t base;
	uint64_t size;
	uint16_t segment;
	bool all; /* devices of the segment that no other unit has */
	size_t offset;
};

enum acpi_scope_type {
	ACPI_SCOPE_ENDPOINT = 1,
	ACPI_SCOPE_BRIDGE = 2, /* and all behind it */
	ACPI_SCOPE_IOAPIC = 3,
	ACPI_SCOPE_HPET = 4,
};

struct acpi_scope {
	size_t drhd; /* index */
	enum acpi_scope_type type;
	uint8_t id; /* of the IOAPIC or HPET */
	uint8_t bus;
	const uint8_t *path; /* pairs of device and function, from bus down */
	size_t path_length;  /* pairs, at least 1 */
	/* made by linux_find_scopes(): the function at the end of the path,
	 * and what is behind it if it is a bridge */
	bool found;
	uint16_t bdf;
	uint8_t first_bus, last_bus; /* 0: nothing behind it */
};

/* Memory that firmware lets devices access: RMRR, and IVMD of AMD. */
struct acpi_dma_memory {
	uint64_t start, size;
	size_t offset;
};

/* --- IVRS, AMD I/O Virtualization Technology Specification 48882, 5 ------- */

struct acpi_ivhd {
	uint16_t bdf;
	uint16_t segment;
	uint8_t capability; /* offset of the IOMMU's in its PCI function */
	uint64_t base;
	uint32_t features; /* of blocks of type 10h */
	size_t offset;
};

/* Devices, by requester id, that a unit has; or, if special, an IOAPIC. */
struct acpi_ivhd_devices {
	size_t ivhd; /* index */
	uint16_t first, last;
	bool is_ioapic;
	uint8_t id; /* of the IOAPIC; first is its requester id */
};

#define ACPI_LIST(type, name)                                                  \
	struct type *name;                                                     \
	size_t num_##name

struct acpi {
	ACPI_LIST(acpi_cpu, cpus);
	ACPI_LIST(acpi_ioapic, ioapics);
	ACPI_LIST(acpi_override, overrides);
	ACPI_LIST(acpi_gicc, giccs);
	ACPI_LIST(acpi_gicr, gicrs);
	uint64_t local_apic; /* address of each CPU's own registers */
	uint64_t gicd, its;  /* 0: none */
	uint8_t gic_version;
	ACPI_LIST(acpi_ecam, ecams);
	ACPI_LIST(acpi_drhd, drhds);
	ACPI_LIST(acpi_scope, scopes);
	ACPI_LIST(acpi_dma_memory, dma_memories);
	ACPI_LIST(acpi_ivhd, ivhds);
	ACPI_LIST(acpi_ivhd_devices, ivhd_devices);
	uint16_t pm_timer; /* FADT: port, 0: none */
	bool psci, psci_hvc;
};
#undef ACPI_LIST

/* Number of a kind of table that is understood. */
#define ACPI_NUM_TABLES 5

/* What to look for: "APIC", ... in the order of the list; NULL at the end. */
const char *acpi_table_name(size_t index);

/*
 * Adds what a table says; its kind is that of its signature. @data must live
 * as long as @acpi. @name: its file, for messages.
 * -EINVAL: no or a damaged table, of which nothing is kept but what was read
 * before the damage; @diags has where. -ENOMEM.
 */
int acpi_add_table(struct acpi *acpi, const void *data, size_t size,
		   const char *name, struct jhcfg_diags *diags);
void acpi_clear(struct acpi *acpi);

#endif
