// SPDX-License-Identifier: LGPL-2.1-or-later
/* CPUs and interrupt controllers (MADT), ACPI 6.5, 5.2.12; ECAM windows (MCFG);
 * and what of the FADT is of use, 5.2.9. */
#include <errno.h>

#include "import/linux/acpi_table.h"

#define LOCAL_APIC_AT	36
#define MADT_ENTRIES_AT 44

/* "Local APIC flags" and "GIC flags": bit 0 is enabled in both */
#define FLAG_ENABLED 1

static int add_lapic(struct acpi *acpi, const struct acpi_entry *entry)
{
	struct acpi_cpu *cpu = acpi_append(acpi, cpus);

	if (!cpu)
		return -ENOMEM;
	cpu->apic_id = (uint32_t)acpi_get(entry, 3, 1);
	cpu->enabled = acpi_get(entry, 4, 4) & FLAG_ENABLED;
	cpu->offset = entry->offset;
	return 0;
}

static int add_x2apic(struct acpi *acpi, const struct acpi_entry *entry)
{
	struct acpi_cpu *cpu = acpi_append(acpi, cpus);

	if (!cpu)
		return -ENOMEM;
	cpu->apic_id = (uint32_t)acpi_get(entry, 4, 4);
	cpu->enabled = acpi_get(entry, 8, 4) & FLAG_ENABLED;
	cpu->offset = entry->offset;
	return 0;
}

static int add_ioapic(struct acpi *acpi, const struct acpi_entry *entry)
{
	struct acpi_ioapic *ioapic = acpi_append(acpi, ioapics);

	if (!ioapic)
		return -ENOMEM;
	ioapic->id = (uint8_t)acpi_get(entry, 2, 1);
	ioapic->address = acpi_get(entry, 4, 4);
	ioapic->gsi_base = (uint32_t)acpi_get(entry, 8, 4);
	ioapic->offset = entry->offset;
	return 0;
}

static int add_override(struct acpi *acpi, const struct acpi_entry *entry)
{
	struct acpi_override *override = acpi_append(acpi, overrides);

	if (!override)
		return -ENOMEM;
	override->isa = (uint8_t)acpi_get(entry, 3, 1);
	override->gsi = (uint32_t)acpi_get(entry, 4, 4);
	override->level = (acpi_get(entry, 8, 2) & 0xc) == 0xc;
	return 0;
}

static int set_local_apic(struct acpi *acpi, const struct acpi_entry *entry)
{
	acpi->local_apic = acpi_get(entry, 4, 8);
	return 0;
}

static int add_gicc(struct acpi *acpi, const struct acpi_entry *entry)
{
	struct acpi_gicc *gicc = acpi_append(acpi, giccs);

	if (!gicc)
		return -ENOMEM;
	gicc->uid = (uint32_t)acpi_get(entry, 8, 4);
	gicc->enabled = acpi_get(entry, 12, 4) & FLAG_ENABLED;
	gicc->gicc = acpi_get(entry, 32, 8);
	gicc->gicv = acpi_get(entry, 40, 8);
	gicc->gich = acpi_get(entry, 48, 8);
	gicc->maintenance = (uint32_t)acpi_get(entry, 56, 4);
	gicc->gicr = acpi_get(entry, 60, 8);
	gicc->mpidr = acpi_get(entry, 68, 8);
	gicc->offset = entry->offset;
	return 0;
}

static int set_gicd(struct acpi *acpi, const struct acpi_entry *entry)
{
	acpi->gicd = acpi_get(entry, 8, 8);
	acpi->gic_version = (uint8_t)acpi_get(entry, 20, 1);
	return 0;
}

static int add_gicr(struct acpi *acpi, const struct acpi_entry *entry)
{
	struct acpi_gicr *gicr = acpi_append(acpi, gicrs);

	if (!gicr)
		return -ENOMEM;
	gicr->base = acpi_get(entry, 4, 8);
	gicr->length = (uint32_t)acpi_get(entry, 12, 4);
	return 0;
}

static int set_its(struct acpi *acpi, const struct acpi_entry *entry)
{
	acpi->its = acpi_get(entry, 8, 8);
	return 0;
}

static const struct {
	uint8_t type;
	uint8_t size; /* at least */
	int (*add)(struct acpi *acpi, const struct acpi_entry *entry);
} madt_entries[] = {
	{ 0x0, 8, add_lapic },	   { 0x1, 12, add_ioapic },
	{ 0x2, 10, add_override }, { 0x5, 12, set_local_apic },
	{ 0x9, 16, add_x2apic },   { 0xb, 76, add_gicc },
	{ 0xc, 24, set_gicd },	   { 0xe, 16, add_gicr },
	{ 0xf, 20, set_its },
};

static int add_madt_entry(const struct acpi_table *table,
			  const struct acpi_entry *entry)
{
	const size_t count = sizeof(madt_entries) / sizeof(madt_entries[0]);

	for (size_t n = 0; n < count; n++) {
		if (madt_entries[n].type != entry->type)
			continue;
		if (entry->size < madt_entries[n].size)
			return acpi_refuse(table, entry->offset,
					   "an entry is shorter than its kind");
		return madt_entries[n].add(table->acpi, entry);
	}
	return 0;
}

int acpi_read_madt(const struct acpi_table *table)
{
	static const struct acpi_layout layout = {
		.type_width = 1,
		.length_at = 1,
		.length_width = 1,
		.minimum = 2,
	};

	table->acpi->local_apic = jhcfg_get_le(table->data + LOCAL_APIC_AT, 4);
	return acpi_each(table, MADT_ENTRIES_AT, table->size, &layout,
			 add_madt_entry);
}

/* --- MCFG ----------------------------------------------------------------- */

#define MCFG_ENTRIES_AT 44
#define MCFG_ENTRY	16

int acpi_read_mcfg(const struct acpi_table *table)
{
	for (size_t at = MCFG_ENTRIES_AT; table->size - at >= MCFG_ENTRY;
	     at += MCFG_ENTRY) {
		const uint8_t *data = table->data + at;
		struct acpi_ecam *ecam;

		if (data[11] < data[10])
			return acpi_refuse(table, at,
					   "the last bus is before the first");
		ecam = acpi_append(table->acpi, ecams);
		if (!ecam)
			return -ENOMEM;
		ecam->base = jhcfg_get_le(data, 8);
		ecam->segment = (uint16_t)jhcfg_get_le(data + 8, 2);
		ecam->first_bus = data[10];
		ecam->last_bus = data[11];
		ecam->offset = at;
	}
	return 0;
}

/* --- FADT ----------------------------------------------------------------- */

#define PM_TMR_BLK   76
#define ARM_BOOT     129
#define X_PM_TMR_BLK 208 /* a generic address: space, ..., address @4 */
#define SPACE_IO     1
#define ARM_PSCI     1
#define ARM_PSCI_HVC 2

int acpi_read_fadt(const struct acpi_table *table)
{
	const struct acpi_entry all = { .data = table->data,
					.size = table->size };
	uint64_t timer = acpi_get(&all, PM_TMR_BLK, 4);
	unsigned int arm = (unsigned int)acpi_get(&all, ARM_BOOT, 2);

	if (acpi_get(&all, X_PM_TMR_BLK, 1) == SPACE_IO &&
	    acpi_get(&all, X_PM_TMR_BLK + 4, 8))
		timer = acpi_get(&all, X_PM_TMR_BLK + 4, 8);
	if (timer <= 0xfffc)
		table->acpi->pm_timer = (uint16_t)timer;
	table->acpi->psci = arm & ARM_PSCI;
	table->acpi->psci_hvc = arm & ARM_PSCI_HVC;
	return 0;
}
