// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which IOMMU is responsible for whom. */
#include "import/linux/linux.h"

/*
 * Walks the path of a DMAR scope through bridges to the bus of its last pair
 * (VT-d 8.3.1). False if there is no such bridge.
 */
static bool scope_bdf(const struct linux_import *import,
		      const struct acpi_scope *scope, uint16_t *bdf)
{
	uint16_t segment = import->acpi.drhds[scope->drhd].segment;
	unsigned int bus = scope->bus;

	for (size_t n = 0; n < scope->path_length; n++) {
		uint8_t slot = scope->path[2 * n];
		uint8_t function = scope->path[2 * n + 1];
		const struct linux_pci *bridge;

		if (slot > 0x1f || function > 7)
			return false;
		*bdf = (uint16_t)(bus << 8 | slot << 3 | function);
		if (n + 1 == scope->path_length)
			return true;
		bridge = linux_find_pci(import, segment, *bdf);
		if (!bridge || bridge->function.header_type != 1)
			return false;
		bus = bridge->function.secondary_bus;
	}
	return false;
}

void linux_find_scopes(struct linux_import *import)
{
	for (size_t n = 0; n < import->acpi.num_scopes; n++) {
		struct acpi_scope *scope = &import->acpi.scopes[n];
		const struct linux_pci *bridge;

		scope->found = scope_bdf(import, scope, &scope->bdf);
		if (!scope->found || scope->type != ACPI_SCOPE_BRIDGE)
			continue;
		bridge = linux_find_pci(import,
					import->acpi.drhds[scope->drhd].segment,
					scope->bdf);
		if (!bridge || bridge->function.header_type != 1)
			continue;
		scope->first_bus = bridge->function.secondary_bus;
		scope->last_bus = bridge->function.subordinate_bus;
	}
}

/* The function that is named, or below a bridge that is. */
static bool scope_covers(const struct acpi_scope *scope, uint16_t bdf)
{
	if (!scope->found || (scope->type != ACPI_SCOPE_ENDPOINT &&
			      scope->type != ACPI_SCOPE_BRIDGE))
		return false;
	return scope->bdf == bdf ||
	       (scope->first_bus && bdf >> 8 >= scope->first_bus &&
		bdf >> 8 <= scope->last_bus);
}

static int drhd_of(const struct linux_import *import, uint16_t domain,
		   uint16_t bdf)
{
	const struct acpi *acpi = &import->acpi;

	for (size_t n = 0; n < acpi->num_scopes; n++) {
		const struct acpi_scope *scope = &acpi->scopes[n];

		if (acpi->drhds[scope->drhd].segment == domain &&
		    scope_covers(scope, bdf))
			return (int)scope->drhd;
	}
	for (size_t n = 0; n < acpi->num_drhds; n++)
		if (acpi->drhds[n].all && acpi->drhds[n].segment == domain)
			return (int)n;
	return -1;
}

static int ivhd_of(const struct linux_import *import, uint16_t domain,
		   uint16_t bdf)
{
	const struct acpi *acpi = &import->acpi;
	int all = -1;

	for (size_t n = 0; n < acpi->num_ivhd_devices; n++) {
		const struct acpi_ivhd_devices *devices =
			&acpi->ivhd_devices[n];

		if (acpi->ivhds[devices->ivhd].segment != domain ||
		    devices->is_ioapic || bdf < devices->first ||
		    bdf > devices->last)
			continue;
		if (devices->first || devices->last != 0xffff)
			return (int)devices->ivhd;
		all = (int)devices->ivhd;
	}
	return all;
}

int linux_iommu_of(const struct linux_import *import, uint16_t domain,
		   uint16_t bdf)
{
	return import->acpi.num_drhds ? drhd_of(import, domain, bdf)
				      : ivhd_of(import, domain, bdf);
}

int linux_iommu_of_ioapic(const struct linux_import *import, uint8_t id,
			  uint16_t *bdf)
{
	const struct acpi *acpi = &import->acpi;

	*bdf = 0;
	for (size_t n = 0; n < acpi->num_scopes; n++)
		if (acpi->scopes[n].type == ACPI_SCOPE_IOAPIC &&
		    acpi->scopes[n].id == id) {
			*bdf = acpi->scopes[n].bdf;
			return (int)acpi->scopes[n].drhd;
		}
	for (size_t n = 0; n < acpi->num_ivhd_devices; n++)
		if (acpi->ivhd_devices[n].is_ioapic &&
		    acpi->ivhd_devices[n].id == id) {
			*bdf = acpi->ivhd_devices[n].first;
			return (int)acpi->ivhd_devices[n].ivhd;
		}
	return -1;
}
