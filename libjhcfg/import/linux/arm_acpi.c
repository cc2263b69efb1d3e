// SPDX-License-Identifier: LGPL-2.1-or-later
/* Arm machines with ACPI: CPUs and GIC of the MADT, PSCI of the FADT. */

#include "import/linux/arm.h"

#define GICD_SIZE 0x10000 /* ARM IHI 0069H, 12.8: 64 KiB frames */
#define GICR_SIZE 0x20000 /* two frames; GICv4 has four */
#define GICC_SIZE 0x2000
#define ITS_SIZE  0x20000
#define MAX_GICR  1024
#define MAX_CPUS  4096
#define GICV3	  3

/* Linux numbers CPUs in the order of the MADT; it boots on the first one, as a
 * rule. */
void linux_add_giccs(struct linux_import *import)
{
	const struct acpi *acpi = &import->acpi;
	char source[LINUX_MAX_SOURCE];
	unsigned int id = 0;

	for (size_t n = 0; n < acpi->num_giccs && id < MAX_CPUS; n++) {
		const struct acpi_gicc *gicc = &acpi->giccs[n];

		if (!gicc->enabled)
			continue;
		linux_table_source(import, "APIC", gicc->offset, source);
		jhcfg_board_add_cpu(
			import->board,
			&(struct jhcfg_hw_cpu){
				.id = id,
				.phys_id = gicc->mpidr,
				.package = (gicc->mpidr >> 16) & 0xff,
				.cluster = (gicc->mpidr >> 8) & 0xff,
				.core = gicc->mpidr & 0xff,
				.enable_method = acpi->psci ? "psci" : "",
				.source = source,
			});
		id++;
	}
	if (acpi->psci)
		jhcfg_board_set_psci(import->board,
				     acpi->psci_hvc ? "hvc" : "smc");
}

/* Redistributors are told as regions or, where they are not contiguous, with
 * each CPU. */
static size_t find_gicr(const struct acpi *acpi, struct jhcfg_range *gicr)
{
	size_t count = 0;

	for (size_t n = 0; n < acpi->num_gicrs && count < MAX_GICR; n++)
		if (acpi->gicrs[n].base && acpi->gicrs[n].length)
			gicr[count++] =
				(struct jhcfg_range){ acpi->gicrs[n].base,
						      acpi->gicrs[n].length };
	for (size_t n = 0;
	     !acpi->num_gicrs && n < acpi->num_giccs && count < MAX_GICR; n++)
		if (acpi->giccs[n].enabled && acpi->giccs[n].gicr)
			gicr[count++] =
				(struct jhcfg_range){ acpi->giccs[n].gicr,
						      GICR_SIZE };
	return count;
}

void linux_add_gic(struct linux_import *import)
{
	const struct acpi *acpi = &import->acpi;
	struct jhcfg_range gicr[MAX_GICR];
	char source[LINUX_MAX_SOURCE];
	struct jhcfg_hw_irqchip chip = {
		.kind = acpi->gic_version >= GICV3 ? JHCFG_HW_GICV3
						   : JHCFG_HW_GICV2,
		.gicd = { acpi->gicd, GICD_SIZE },
		.iommu = -1,
		.gicr = gicr,
		.source = source,
	};
	const struct acpi_gicc *first = acpi->giccs;

	if (!acpi->gicd)
		return;
	linux_table_source(import, "APIC", 0, source);
	chip.num_gicr = find_gicr(acpi, gicr);
	if (acpi->its)
		chip.its = (struct jhcfg_range){ acpi->its, ITS_SIZE };
	if (acpi->num_giccs) {
		chip.maintenance_irq = first->maintenance;
		if (first->gicc)
			chip.gicc =
				(struct jhcfg_range){ first->gicc, GICC_SIZE };
		if (first->gich)
			chip.gich =
				(struct jhcfg_range){ first->gich, GICC_SIZE };
		if (first->gicv)
			chip.gicv =
				(struct jhcfg_range){ first->gicv, GICC_SIZE };
	}
	chip.device = jhcfg_board_add_device(
		import->board, &(struct jhcfg_hw_device){
				       .kind = JHCFG_HW_DEVICE_IRQCHIP,
				       .name = "gic",
				       .path = "/sys/firmware/acpi/tables/APIC",
				       .status = "okay",
				       .parent = JHCFG_NO_INDEX,
				       .windows = &chip.gicd,
				       .num_windows = 1,
				       .source = source,
			       });
	jhcfg_board_add_irqchip(import->board, &chip);
}
