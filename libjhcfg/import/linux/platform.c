// SPDX-License-Identifier: LGPL-2.1-or-later
/* Interrupt controllers, IOMMUs and PCI hosts of ACPI machines. */
#include <stdio.h>

#include <jailhouse/cell-config.h>

#include "import/linux/linux.h"
#include "import/linux/text.h"

#define TABLES		"/sys/firmware/acpi/tables/"
#define IOAPIC_SIZE	0x1000
#define IOAPIC_PINS	24 /* fewest that one has since the 82093AA */
#define IOAPIC_MAX_PINS 120
#define MAX_IOAPICS	256
#define MAX_HOSTS	256
#define MAX_WINDOWS	64
#define BUS_SIZE	(1ULL << 20) /* of configuration space */
#define IVHD_SIZE	0x4000	     /* 48882, 3.4: without counters */
#define PCI_CAP_MSI	0x05

/* A device with one register window. @where it was found and its name are its
 * path, which no other device has. */
static size_t add_device(struct linux_import *import,
			 enum jhcfg_hw_device_kind kind, const char *name,
			 const char *where, struct jhcfg_range window,
			 const char *source)
{
	char path[MACHINE_MAX_NAME];

	snprintf(path, sizeof(path), "%s:%s", where, name);
	return jhcfg_board_add_device(import->board,
				      &(struct jhcfg_hw_device){
					      .kind = kind,
					      .name = name,
					      .path = path,
					      .status = "okay",
					      .parent = JHCFG_NO_INDEX,
					      .windows = &window,
					      .num_windows = !!window.size,
					      .source = source,
				      });
}

/* --- IOAPICs ------------------------------------------------------------- */

/* Nothing in /proc or /sys says how many pins one has, but where the next one
 * begins, and which pins are in use. */
static uint32_t count_pins(const struct linux_import *import, size_t index)
{
	const struct acpi_ioapic *ioapics = import->acpi.ioapics;
	uint32_t base = ioapics[index].gsi_base, pins = 0;

	for (size_t n = 0; n < import->acpi.num_ioapics; n++) {
		uint32_t next = ioapics[n].gsi_base;

		if (next > base && (!pins || next - base < pins))
			pins = next - base;
	}
	if (pins)
		return pins < IOAPIC_MAX_PINS ? pins : IOAPIC_MAX_PINS;
	pins = IOAPIC_PINS;
	for (size_t n = 0;
	     import->acpi.num_ioapics == 1 && n < import->interrupts.count;
	     n++) {
		uint32_t pin = import->interrupts.items[n].pin;

		if (pin >= pins && pin < IOAPIC_MAX_PINS)
			pins = pin + 1;
	}
	return pins;
}

static void add_ioapic(struct linux_import *import, size_t index)
{
	const struct acpi_ioapic *ioapic = &import->acpi.ioapics[index];
	struct jhcfg_hw_irqchip chip = {
		.kind = JHCFG_HW_IOAPIC,
		.gicd = { ioapic->address, IOAPIC_SIZE },
		.id = ioapic->id,
		.gsi_base = ioapic->gsi_base,
		.num_pins = count_pins(import, index),
	};
	char source[LINUX_MAX_SOURCE], name[16];

	linux_table_source(import, "APIC", ioapic->offset, source);
	snprintf(name, sizeof(name), "ioapic%u", ioapic->id);
	chip.iommu = linux_iommu_of_ioapic(import, ioapic->id, &chip.bdf);
	chip.device = add_device(import, JHCFG_HW_DEVICE_IRQCHIP, name,
				 TABLES "APIC", chip.gicd, source);
	chip.source = source;
	jhcfg_board_add_irqchip(import->board, &chip);
}

void linux_add_irqchips(struct linux_import *import)
{
	const struct acpi *acpi = &import->acpi;
	char source[LINUX_MAX_SOURCE];

	for (size_t n = 0; n < acpi->num_ioapics && n < MAX_IOAPICS; n++)
		add_ioapic(import, n);
	if (!acpi->local_apic)
		return;
	linux_table_source(import, "APIC", 0x24, source);
	add_device(import, JHCFG_HW_DEVICE_IRQCHIP, "local-apic", TABLES "APIC",
		   (struct jhcfg_range){ acpi->local_apic, IOAPIC_SIZE },
		   source);
}

/* --- IOMMUs -------------------------------------------------------------- */

/* What Linux claims of its registers says more than the table. */
static uint32_t claimed_size(const struct linux_import *import, uint64_t base,
			     uint64_t size)
{
	size_t n = resources_at(&import->iomem, base);

	if (n != JHCFG_NO_INDEX && import->iomem.items[n].leaf &&
	    import->iomem.items[n].range.size > size)
		size = import->iomem.items[n].range.size;
	return size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
}

static void add_iommu(struct linux_import *import, struct jhcfg_iommu *unit,
		      const char *table, size_t offset, size_t n)
{
	char source[LINUX_MAX_SOURCE], name[32], path[64];
	struct jhcfg_range window = { unit->base, unit->size };

	snprintf(path, sizeof(path), TABLES "%s", table);
	snprintf(name, sizeof(name), "iommu%zu", n);
	linux_table_source(import, table, offset, source);
	jhcfg_board_add_iommu(
		import->board,
		&(struct jhcfg_hw_iommu){
			.unit = *unit,
			.device = add_device(import, JHCFG_HW_DEVICE_IOMMU,
					     name, path, window, source),
			.source = source,
		});
}

static void add_drhd(struct linux_import *import, size_t n)
{
	const struct acpi_drhd *drhd = &import->acpi.drhds[n];
	struct jhcfg_iommu unit = {
		.type = JAILHOUSE_IOMMU_INTEL,
		.base = drhd->base,
		.size = claimed_size(import, drhd->base, drhd->size),
	};

	add_iommu(import, &unit, "DMAR", drhd->offset, n);
}

/* The offset of the IOMMU's MSI capability; 0: none, or not recorded. */
static uint8_t find_msi(const struct linux_import *import,
			const struct acpi_ivhd *ivhd)
{
	const struct linux_pci *pci =
		linux_find_pci(import, ivhd->segment, ivhd->bdf);
	uint8_t at, seen = 0;

	if (!pci || pci->function.config_size < 256)
		return 0;
	/* PCI 3.0, 6.7: each is a dword at least, and behind the header */
	for (at = pci->function.config[0x34] & 0xfc; at >= 0x40 && ++seen < 48;
	     at = pci->function.config[at + 1] & 0xfc)
		if (pci->function.config[at] == PCI_CAP_MSI)
			return at;
	return 0;
}

static void add_ivhd(struct linux_import *import, size_t n)
{
	const struct acpi_ivhd *ivhd = &import->acpi.ivhds[n];
	struct jhcfg_iommu unit = {
		.type = JAILHOUSE_IOMMU_AMD,
		.base = ivhd->base,
		.size = claimed_size(import, ivhd->base, IVHD_SIZE),
		.amd_bdf = ivhd->bdf,
		.amd_base_cap = ivhd->capability,
		.amd_msi_cap = find_msi(import, ivhd),
		.amd_features = ivhd->features,
	};

	add_iommu(import, &unit, "IVRS", ivhd->offset, n);
}

void linux_add_iommus(struct linux_import *import)
{
	if (import->acpi.num_drhds && import->acpi.num_ivhds)
		jhcfg_diags_add(import->diags, JHCFG_WARNING, "L11", "machine",
				import->machine->name, NULL,
				"it has tables of both Intel and AMD IOMMUs: "
				"the latter are ignored");
	for (size_t n = 0; n < import->acpi.num_drhds; n++)
		add_drhd(import, n);
	for (size_t n = 0;
	     !import->acpi.num_drhds && n < import->acpi.num_ivhds; n++)
		add_ivhd(import, n);
}

/* --- PCI hosts ----------------------------------------------------------- */

/* "PCI Bus 0000:00": domain and bus */
static bool parse_bus(const char *name, uint64_t *domain, uint64_t *bus)
{
	return text_expect(&name, "PCI Bus ") && text_hex(&name, domain) &&
	       text_expect(&name, ":") && text_hex(&name, bus) && !*name;
}

struct windows {
	struct jhcfg_hw_pci_window items[MAX_WINDOWS];
	size_t count;
};

/* Windows of root buses are outermost, but for what is reserved. */
static void add_windows(const struct resources *resources,
			enum jhcfg_hw_pci_space space,
			const struct acpi_ecam *ecam, struct windows *windows)
{
	for (size_t n = 0; n < resources->count && windows->count < MAX_WINDOWS;
	     n++) {
		const struct resource *resource = &resources->items[n];
		struct jhcfg_range range = resource->range;
		uint64_t domain, bus;

		if (!parse_bus(resource->name, &domain, &bus) ||
		    resource->parent != JHCFG_NO_INDEX ||
		    domain != ecam->segment || bus < ecam->first_bus ||
		    bus > ecam->last_bus)
			continue;
		windows->items[windows->count++] = (struct jhcfg_hw_pci_window){
			.space = space == JHCFG_PCI_MEM32 && range.start >> 32
					 ? JHCFG_PCI_MEM64
					 : space,
			.bus = range.start,
			.cpu = range,
		};
	}
}

static void add_host(struct linux_import *import, const struct acpi_ecam *ecam,
		     const char *source, struct jhcfg_range range)
{
	struct windows windows = { .count = 0 };
	struct jhcfg_hw_pci_host host = {
		.domain = ecam->segment,
		.first_bus = ecam->first_bus,
		.last_bus = ecam->last_bus,
		.ecam = range,
		.source = source,
	};
	char name[32];

	add_windows(&import->iomem, JHCFG_PCI_MEM32, ecam, &windows);
	add_windows(&import->ioports, JHCFG_PCI_IO, ecam, &windows);
	host.windows = windows.items;
	host.num_windows = windows.count;
	snprintf(name, sizeof(name), "pci%04x:%02x", ecam->segment,
		 ecam->first_bus);
	host.device = add_device(import, JHCFG_HW_DEVICE_PCI_HOST, name,
				 range.size ? TABLES "MCFG" : "/sys/bus/pci",
				 range, source);
	jhcfg_board_add_pci_host(import->board, &host);
}

void linux_add_pci_hosts(struct linux_import *import)
{
	static const struct acpi_ecam all = { .last_bus = 0xff };
	const struct acpi *acpi = &import->acpi;
	char source[LINUX_MAX_SOURCE];

	for (size_t n = 0; n < acpi->num_ecams && n < MAX_HOSTS; n++) {
		const struct acpi_ecam *ecam = &acpi->ecams[n];
		uint64_t skipped = ecam->first_bus * BUS_SIZE;
		uint64_t buses = ecam->last_bus - ecam->first_bus + 1u;

		if (ecam->base > UINT64_MAX - skipped - buses * BUS_SIZE)
			continue;
		linux_table_source(import, "MCFG", ecam->offset, source);
		add_host(import, ecam, source,
			 (struct jhcfg_range){ ecam->base + skipped,
					       buses * BUS_SIZE });
	}
	/* configuration space by ports only */
	if (!acpi->num_ecams && import->num_pci) {
		snprintf(source, sizeof(source), "%s/sys/bus/pci",
			 import->machine->name);
		add_host(import, &all, source, (struct jhcfg_range){ 0 });
	}
}
