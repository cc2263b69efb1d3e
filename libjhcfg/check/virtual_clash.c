// SPDX-License-Identifier: LGPL-2.1-or-later
/* Virtual devices and real ones: V12; and Linux: V11, V13. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/pci.h"
#include "check/shmem.h"

/* --- V12 ------------------------------------------------------------------
 */

#define ANY_DOMAIN 0xffffU /* Linux chooses one */
#define SLOTS	   32U

static bool is_real_domain(const struct check *check, uint32_t domain)
{
	const struct jhcfg_hw_pci_host *host;

	for (size_t n = 0; (host = jhcfg_board_pci_host(check->board, n)); n++)
		if (host->domain == domain)
			return true;
	return false;
}

static void check_domain(struct check *check, const struct check_cell *root)
{
	const struct found found = { .element = JHCFG_AT_PLATFORM };
	const uint16_t domain = check->platform->pci_domain;

	if (domain != ANY_DOMAIN && is_real_domain(check, domain))
		check_report(check, &found,
			     "cell \"%s\": the virtual PCI host at 0x%" PRIx64
			     " has domain 0x%x, as a host bridge of the board "
			     "\"%s\"",
			     root->name, check->platform->pci_mmconfig_base,
			     domain, jhcfg_board_name(check->board));
}

/* A function of the board, or what the root cell takes for one. */
static bool is_real(const struct check *check, uint16_t domain, uint16_t bdf)
{
	const struct jhcfg_pci_device device = { .domain = domain, .bdf = bdf };
	const struct jhcfg_pci_device *other;

	if (pci_function(check->board, &device))
		return true;
	for (size_t n = 0;
	     (other = jhcfg_cell_pci_device(check->all[0].cell, n)); n++)
		if (other->type != JAILHOUSE_PCI_TYPE_IVSHMEM && other->type &&
		    other->bdf == bdf && other->domain == domain)
			return true;
	return false;
}

static void check_devices(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(root->cell, n));
	     n++) {
		const struct found found = {
			.cell = root,
			.element = JHCFG_AT_PCI_DEVICE,
			.index = n,
			.related = root,
			.related_element = JHCFG_AT_PLATFORM,
		};

		if (shmem_is_end(device) &&
		    is_real(check, device->domain, device->bdf))
			check_report(check, &found,
				     "cell \"%s\" has a link as PCI device %s, "
				     "which is a real device of the board "
				     "\"%s\"",
				     root->name,
				     bdf_text(device->domain, device->bdf).text,
				     jhcfg_board_name(check->board));
	}
}

void virtual_check_clash(struct check *check, const struct check_cell *root)
{
	if (check->platform->pci_is_virtual && !check_is_x86(check))
		check_domain(check, root);
	else
		check_devices(check, root);
}

static bool is_taken(const struct check *check, uint16_t domain, uint16_t bdf)
{
	const struct jhcfg_pci_device *device;

	for (size_t c = 0; c < check->num_all; c++)
		for (size_t n = 0;
		     (device = jhcfg_cell_pci_device(check->all[c].cell, n));
		     n++)
			if (device->bdf == bdf)
				return true;
	return is_real(check, domain, bdf);
}

/* Of the same line as before: its interrupt stays. */
static int free_bdf(const struct check *check, uint16_t domain, uint16_t old)
{
	for (unsigned int slot = (old >> 3 & 3U) + 4; slot < SLOTS; slot += 4)
		if (!is_taken(check, domain, (uint16_t)(slot << 3)))
			return (int)(slot << 3);
	return -1;
}

/* Changes every device of links that @old names: all of them for domains. */
static int renumber(const struct fix *fix, const struct check_cell *cell,
		    const uint16_t *old_bdf, uint16_t domain, uint16_t bdf)
{
	struct jhcfg_config *config = NULL;
	struct jhcfg_pci_device device;
	int err = 0;

	for (size_t n = 0; !err && n < cell->num_own_pci; n++) {
		device = *jhcfg_cell_pci_device(cell->cell, n);
		if (device.type != JAILHOUSE_PCI_TYPE_IVSHMEM ||
		    (old_bdf && device.bdf != *old_bdf))
			continue;
		device.domain = domain;
		if (old_bdf)
			device.bdf = bdf;
		if (!config)
			config = fix_edit_cell(fix, cell);
		err = config ? jhcfg_config_replace_pci_device(config, n,
							       &device)
			     : -ENOMEM;
	}
	return err;
}

static int renumber_all(const struct fix *fix, const uint16_t *old_bdf,
			uint16_t domain, uint16_t bdf)
{
	int err = 0;

	for (size_t n = 0; !err && n < fix->check->num_all; n++)
		err = renumber(fix, &fix->check->all[n], old_bdf, domain, bdf);
	return err;
}

static int renumber_links(const struct fix *fix, uint16_t old_bdf, uint16_t bdf)
{
	const struct jhcfg_link *link;
	struct jhcfg_link copy;
	int err = 0;

	for (size_t n = 0;
	     !err && (link = jhcfg_workspace_link(fix->workspace, n)); n++) {
		if (link->bdf != old_bdf)
			continue;
		copy = *link;
		copy.bdf = bdf;
		err = jhcfg_workspace_set_link(fix->workspace, &copy, NULL);
	}
	return err;
}

static int fix_domain(const struct fix *fix)
{
	struct jhcfg_platform platform = *fix->check->platform;
	struct jhcfg_config *config = fix_edit(fix);
	uint16_t domain = 0;

	if (!config)
		return -ENOMEM;
	while (domain < ANY_DOMAIN - 1 && is_real_domain(fix->check, domain))
		domain++;
	platform.pci_domain = domain;
	jhcfg_config_set_platform(config, &platform);
	return renumber_all(fix, NULL, domain, 0);
}

int virtual_fix_clash(struct fix *fix)
{
	const struct jhcfg_pci_device *device;
	int bdf, err;

	if (fix->finding->at.element == JHCFG_AT_PLATFORM)
		return fix_domain(fix);
	device = jhcfg_cell_pci_device(fix->cell->cell, fix->finding->at.index);
	bdf = free_bdf(fix->check, device->domain, device->bdf);
	if (bdf < 0)
		return fix_refuse(fix, "remove a link", "no slot is free");
	err = renumber_all(fix, &device->bdf, device->domain, (uint16_t)bdf);
	return err ? err : renumber_links(fix, device->bdf, (uint16_t)bdf);
}

/* --- V11 ------------------------------------------------------------------
 */

/* What the driver needs to show virtual devices to Linux. Ours has no version
 * and registers the host bridge itself; the established one has a version, and
 * does it by a device tree overlay. */
static const struct {
	const char *option;
	bool established;
} options[] = {
	{ "CONFIG_PCI", false },
	{ "CONFIG_OF_OVERLAY", true },
	{ "CONFIG_PCI_HOST_GENERIC", true },
};

static bool has_links(const struct check_cell *cell)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n)); n++)
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			return true;
	return false;
}

void virtual_check_kernel(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_live *live = check->live;
	const bool established =
		jhcfg_live_knows(live, JHCFG_LIVE_MODULE_VERSION) &&
		live->module_version && *live->module_version;
	const struct found found = {
		.element = JHCFG_AT_TARGET,
		.related = root,
	};

	if (check_is_x86(check) || !check->platform->pci_is_virtual ||
	    !has_links(root) ||
	    !jhcfg_live_knows(live, JHCFG_LIVE_KERNEL_CONFIG))
		return;
	for (size_t n = 0; n < sizeof(options) / sizeof(options[0]); n++)
		if ((established || !options[n].established) &&
		    !strcmp(jhcfg_live_kernel_option(live, options[n].option),
			    "n"))
			check_report(
				check, &found,
				"the kernel of %s has no %s: links of cell "
				"\"%s\" behind the virtual host at 0x%" PRIx64
				" stay invisible",
				live->source ? live->source : "the target",
				options[n].option, root->name,
				check->platform->pci_mmconfig_base);
}

/* --- V13 ------------------------------------------------------------------
 */

void virtual_check_network(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_live *live = check->live;
	const struct found found = {
		.element = JHCFG_AT_TARGET,
		.related = root,
	};

	if (!jhcfg_live_knows(live, JHCFG_LIVE_NET))
		return;
	for (size_t n = 0; n < live->num_nets; n++)
		if (!strcmp(live->nets[n].driver, "ivshmem-net") &&
		    *live->nets[n].manager)
			check_report(
				check, &found,
				"interface \"%s\" (%s) of cell \"%s\" is a "
				"link that %s configures: it is down until "
				"the peer is up, and loses its address "
				"again to DHCP",
				live->nets[n].name, live->nets[n].device,
				root->name, live->nets[n].manager);
}
