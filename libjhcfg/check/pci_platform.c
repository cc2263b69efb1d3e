// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about configuration space and IOMMUs: P02, P08, P10, P11. */
#include <errno.h>
#include <inttypes.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/pci.h"

static struct found at_platform(void)
{
	return (struct found){ .element = JHCFG_AT_PLATFORM };
}

/* --- the window: P02 ------------------------------------------------------
 */

/* The host whose window it is, or the first that has one; NULL: none has. */
static const struct jhcfg_hw_pci_host *host_of(const struct check *check)
{
	const struct jhcfg_hw_pci_host *host, *first = NULL;

	for (size_t n = 0; (host = jhcfg_board_pci_host(check->board, n));
	     n++) {
		if (!host->ecam.size)
			continue;
		if (host->ecam.start == check->platform->pci_mmconfig_base)
			return host;
		if (!first)
			first = host;
	}
	return first;
}

void pci_check_window(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_platform *platform = check->platform;
	const struct jhcfg_hw_pci_host *host = host_of(check);
	const struct found found = at_platform();

	if (platform->pci_is_virtual || !platform->pci_mmconfig_base || !host)
		return;
	if (host->ecam.start != platform->pci_mmconfig_base ||
	    host->last_bus != platform->pci_mmconfig_end_bus)
		check_report(check, &found,
			     "cell \"%s\": PCI configuration is at 0x%" PRIx64
			     " for buses up to 0x%x, but the board \"%s\" has "
			     "it at 0x%" PRIx64 " for buses up to 0x%x (%s)",
			     root->name, platform->pci_mmconfig_base,
			     platform->pci_mmconfig_end_bus,
			     jhcfg_board_name(check->board), host->ecam.start,
			     host->last_bus, host->source);
}

int pci_fix_window(struct fix *fix)
{
	const struct jhcfg_hw_pci_host *host = host_of(fix->check);
	struct jhcfg_platform platform = *fix->check->platform;
	struct jhcfg_config *config = fix_edit(fix);

	if (!config || !host)
		return -ENOMEM;
	platform.pci_mmconfig_base = host->ecam.start;
	platform.pci_mmconfig_end_bus = host->last_bus;
	jhcfg_config_set_platform(config, &platform);
	return 0;
}

/* --- the unit of a device: P08 --------------------------------------------
 */

/* The configuration's number of the unit that the board says; -1: it has
 * none. */
static int unit_of(const struct check *check,
		   const struct jhcfg_hw_pci_function *function)
{
	const struct jhcfg_hw_iommu *iommu =
		function->iommu < 0
			? NULL
			: jhcfg_board_iommu(check->board,
					    (size_t)function->iommu);

	for (int n = 0; iommu && n < JHCFG_MAX_IOMMU_UNITS; n++)
		if (check->platform->iommu_units[n].base &&
		    check->platform->iommu_units[n].base == iommu->unit.base)
			return n;
	return -1;
}

static void check_unit(struct check *check, const struct pci_entry *entry,
		       int unit)
{
	struct found found = at_pci_device(entry->cell, entry->index);

	if (unit < 0 || entry->device->iommu == unit)
		return;
	found.detail[0] = (uint64_t)unit;
	check_report(check, &found,
		     "cell \"%s\" PCI device %s names IOMMU unit %u, but unit "
		     "%d at 0x%" PRIx64 " is responsible for it",
		     entry->cell->name,
		     bdf_text(entry->device->domain, entry->device->bdf).text,
		     entry->device->iommu, unit,
		     check->platform->iommu_units[unit].base);
}

void pci_check_iommu(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_hw_pci_function *function;
	struct pci_index index;

	(void)root;
	if (pci_index_make(check, &index)) {
		check_no_memory(check);
		return;
	}
	for (size_t n = 0;
	     (function = jhcfg_board_pci_function(check->board, n)); n++) {
		const uint32_t address =
			pci_address(function->domain, function->bdf);
		const int unit = unit_of(check, function);

		for (size_t i = pci_index_from(&index, address);
		     i < index.count && index.entries[i].address == address;
		     i++)
			check_unit(check, &index.entries[i], unit);
	}
	pci_index_clear(&index);
}

int pci_fix_iommu(struct fix *fix)
{
	const size_t index = fix->finding->at.index;
	struct jhcfg_config *config = fix_edit(fix);
	struct jhcfg_pci_device device;

	if (!config)
		return -ENOMEM;
	device = *jhcfg_cell_pci_device(jhcfg_config_cell(config), index);
	device.iommu = (uint8_t)fix->finding->detail[0];
	return jhcfg_config_replace_pci_device(config, index, &device);
}

/* --- interrupts that are remapped: P10 ------------------------------------
 */

/* What established tools set aside for IOAPICs, and the size of the largest
 * table (Intel VT-d, IRTA_REG). */
#define IOAPIC_ENTRIES 120U
#define MAX_LIMIT      0x10000U

static bool has_vtd(const struct check *check)
{
	return check_is_x86(check) && check->platform->iommu_units[0].base &&
	       check->platform->iommu_units[0].type == JAILHOUSE_IOMMU_INTEL;
}

static uint64_t vectors_needed(const struct check_cell *root)
{
	const struct jhcfg_pci_device *device;
	uint64_t sum = IOAPIC_ENTRIES;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(root->cell, n)); n++)
		sum += device->num_msi_vectors > device->num_msix_vectors
			       ? device->num_msi_vectors
			       : device->num_msix_vectors;
	return sum;
}

void pci_check_limit(struct check *check, const struct check_cell *root)
{
	const uint64_t needed = vectors_needed(root);
	struct found found = at_platform();

	if (!has_vtd(check) || needed <= check->platform->vtd_interrupt_limit)
		return;
	found.unfixable = needed >= MAX_LIMIT;
	check_report(check, &found,
		     "cell \"%s\": vtd_interrupt_limit is %u (0x%x), but its "
		     "devices and IOAPICs need %" PRIu64 " (0x%" PRIx64 ")",
		     root->name, check->platform->vtd_interrupt_limit,
		     check->platform->vtd_interrupt_limit, needed, needed);
}

int pci_fix_limit(struct fix *fix)
{
	const uint64_t needed = vectors_needed(&fix->check->all[0]);
	struct jhcfg_platform platform = *fix->check->platform;
	struct jhcfg_config *config = fix_edit(fix);
	uint32_t limit = 1;

	if (!config)
		return -ENOMEM;
	while (limit < needed)
		limit *= 2;
	/* 65536 is one more than the field of the hypervisor takes */
	platform.vtd_interrupt_limit =
		limit < MAX_LIMIT ? limit : MAX_LIMIT - 1;
	jhcfg_config_set_platform(config, &platform);
	return 0;
}

/* --- the list of units: P11 -----------------------------------------------
 */

static struct found at_unit(size_t index)
{
	return (struct found){
		.element = JHCFG_AT_IOMMU,
		.index = index,
	};
}

static bool is_of_arm(uint32_t type)
{
	return type == JAILHOUSE_IOMMU_SMMUV3 || type == JAILHOUSE_IOMMU_PVU ||
	       type == JAILHOUSE_IOMMU_ARM_MMU500;
}

/* Units of both makers of PCs, or of the other architecture. */
static bool is_misfit(const struct check *check, size_t index)
{
	const struct jhcfg_iommu *units = check->platform->iommu_units;
	const uint32_t type = units[index].type;

	if (!type)
		return false;
	return check_is_x86(check) ? is_of_arm(type) || type != units[0].type
				   : !is_of_arm(type);
}

static bool units_overlap(const struct jhcfg_iommu *a,
			  const struct jhcfg_iommu *b)
{
	return check_overlaps(a->base, a->size, b->base, b->size) ||
	       check_overlaps(a->base, a->size, b->tlb_base, b->tlb_size) ||
	       check_overlaps(a->tlb_base, a->tlb_size, b->base, b->size) ||
	       check_overlaps(a->tlb_base, a->tlb_size, b->tlb_base,
			      b->tlb_size);
}

static void check_others(struct check *check, const char *root, size_t index)
{
	const struct jhcfg_iommu *units = check->platform->iommu_units;
	const struct jhcfg_iommu *unit = &units[index];
	struct found found = at_unit(index);

	for (size_t n = 0; n < index; n++) {
		if (!units[n].base)
			check_report(check, &found,
				     "cell \"%s\": IOMMU unit %zu at 0x%" PRIx64
				     " comes after the empty unit %zu, which "
				     "ends the list",
				     root, index, unit->base, n);
		else if (units_overlap(unit, &units[n])) {
			found.unfixable = unit->base != units[n].base;
			check_report(check, &found,
				     "cell \"%s\": IOMMU unit %zu at 0x%" PRIx64
				     " and unit %zu at 0x%" PRIx64 " overlap",
				     root, index, unit->base, n, units[n].base);
		} else {
			continue;
		}
		return;
	}
}

void pci_check_units(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_iommu *units = check->platform->iommu_units;
	struct found found;

	for (size_t n = 0; n < JHCFG_MAX_IOMMU_UNITS; n++) {
		if (!units[n].base)
			continue;
		check_others(check, root->name, n);
		found = at_unit(n);
		found.unfixable = true;
		if (is_misfit(check, n))
			check_report(
				check, &found,
				"cell \"%s\": IOMMU unit %zu at 0x%" PRIx64
				" has type %u, unit 0 type %u: they cannot "
				"be together here",
				root->name, n, units[n].base, units[n].type,
				units[0].type);
	}
}

/* Units move up, each base is kept once; @now says where each is. */
static void compact(struct jhcfg_platform *platform, uint8_t *now)
{
	struct jhcfg_iommu *units = platform->iommu_units;
	size_t used = 0, same;

	for (size_t n = 0; n < JHCFG_MAX_IOMMU_UNITS; n++) {
		for (same = 0; same < used; same++)
			if (units[same].base == units[n].base)
				break;
		now[n] = (uint8_t)(units[n].base ? same : n);
		if (units[n].base && same == used)
			units[used++] = units[n];
	}
	for (size_t n = used; n < JHCFG_MAX_IOMMU_UNITS; n++)
		units[n] = (struct jhcfg_iommu){ 0 };
}

/* The devices follow their units. */
static int renumber(const struct fix *fix, const struct check_cell *cell,
		    const uint8_t *now)
{
	struct jhcfg_config *config = NULL;
	const struct jhcfg_pci_device *old;
	struct jhcfg_pci_device device;
	int err = 0;

	for (size_t n = 0; !err && n < cell->num_own_pci; n++) {
		old = jhcfg_cell_pci_device(cell->cell, n);
		if (old->iommu >= JHCFG_MAX_IOMMU_UNITS ||
		    now[old->iommu] == old->iommu)
			continue;
		if (!config)
			config = fix_edit_cell(fix, cell);
		device = *old;
		device.iommu = now[old->iommu];
		err = config ? jhcfg_config_replace_pci_device(config, n,
							       &device)
			     : -ENOMEM;
	}
	return err;
}

int pci_fix_units(struct fix *fix)
{
	struct jhcfg_platform platform = *fix->check->platform;
	struct jhcfg_config *config = fix_edit(fix);
	uint8_t now[JHCFG_MAX_IOMMU_UNITS];
	int err = 0;

	if (!config)
		return -ENOMEM;
	compact(&platform, now);
	jhcfg_config_set_platform(config, &platform);
	for (size_t n = 0; !err && n < fix->check->num_all; n++)
		err = renumber(fix, &fix->check->all[n], now);
	return err;
}
