// SPDX-License-Identifier: LGPL-2.1-or-later
/* Functions of Intel's chipsets whose configuration space Linux' drivers write
 * to outside of capabilities: P06. */

#include <errno.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/pci.h"

#define INTEL 0x8086U

/* A field that a driver writes to. */
struct sideband {
	const char *name;
	uint16_t bdf; /* in all chipsets that have it */
	uint32_t class_code, class_mask;
	uint16_t start, len;
};

#define BDF(device, function) ((device) << 3 | (function))

/* Intel 100 to 500 series PCH datasheets, volume 2: SMBus HCFG at 0x40 (host
 * enable), P2SB control at 0xe0 (its bit 8 hides the function), PMC at 0x1f.2
 * ACTL at 0x44. */
static const struct sideband sidebands[] = {
	{ "an SMBus host", BDF(0x1f, 3), 0x0c0500, 0xffff00, 0x40, 4 },
	{ "an SMBus host", BDF(0x1f, 4), 0x0c0500, 0xffff00, 0x40, 4 },
	{ "a P2SB bridge", BDF(0x1f, 1), 0x058000, 0xffff00, 0xe0, 4 },
	{ "a power management controller", BDF(0x1f, 2), 0x058000, 0xffff00,
	  0x44, 4 },
};

/* Chipsets whose P2SB is there although it hides, by the ids of their LPC or
 * eSPI bridge at 00:1f.0. */
static const struct {
	uint16_t first, last;
} with_p2sb[] = {
	{ 0x0280, 0x029f }, { 0x0680, 0x069f }, { 0x3480, 0x349f },
	{ 0x4380, 0x439f }, { 0x9d40, 0x9d5f }, { 0x9d80, 0x9d9f },
	{ 0xa080, 0xa09f }, { 0xa140, 0xa15f }, { 0xa2c0, 0xa2df },
	{ 0xa300, 0xa31f },
};

#define P2SB_BDF  BDF(0x1f, 1)
#define P2SB_CTRL 0xe0

static const struct sideband *find_sideband(
	const struct jhcfg_hw_pci_function *function)
{
	for (size_t n = 0; n < sizeof(sidebands) / sizeof(sidebands[0]); n++)
		if (function->vendor == INTEL && !function->domain &&
		    function->bdf == sidebands[n].bdf &&
		    (function->class_code & sidebands[n].class_mask) ==
			    sidebands[n].class_code)
			return &sidebands[n];
	return NULL;
}

static bool is_writable(const struct check_cell *cell,
			const struct jhcfg_pci_device *device,
			const struct sideband *field)
{
	const struct jhcfg_pci_cap *cap;

	for (size_t n = 0; n < device->num_caps; n++) {
		cap = jhcfg_cell_pci_cap(cell->cell, device->caps_start + n);
		if (cap && cap->flags & JAILHOUSE_PCICAPS_WRITE &&
		    cap->start <= field->start &&
		    cap->start + cap->len >= field->start + field->len)
			return true;
	}
	return false;
}

static void check_function(struct check *check, const struct pci_index *index,
			   const struct jhcfg_hw_pci_function *function)
{
	const struct sideband *field = find_sideband(function);
	const struct pci_entry *owner =
		pci_index_owner(index, function->domain, function->bdf);
	struct found found;

	if (!field || !owner || is_writable(owner->cell, owner->device, field))
		return;
	found = at_pci_device(owner->cell, owner->index);
	found.detail[0] = field->start;
	found.detail[1] = field->len;
	check_report(check, &found,
		     "cell \"%s\" PCI device %s is %s: its driver writes to "
		     "[0x%x-0x%x] of configuration space, which no capability "
		     "permits",
		     owner->cell->name, bdf_text(0, function->bdf).text,
		     field->name, field->start, field->start + field->len - 1);
}

/* A function that hides is not found, but drivers of Linux unhide it. */
static void check_hidden(struct check *check, const struct pci_index *index,
			 const struct jhcfg_hw_pci_function *function)
{
	const struct found found = {
		.cell = check->cells[0],
		.detail = { P2SB_CTRL, 4 },
	};

	if (function->vendor != INTEL || function->domain ||
	    function->bdf != BDF(0x1f, 0) || pci_index_find(index, 0, P2SB_BDF))
		return;
	for (size_t n = 0; n < sizeof(with_p2sb) / sizeof(with_p2sb[0]); n++)
		if (function->device >= with_p2sb[n].first &&
		    function->device <= with_p2sb[n].last)
			check_report(
				check, &found,
				"cell \"%s\" lacks PCI device %s, the P2SB "
				"bridge that belongs to %s (8086:%04x) and "
				"hides: Linux writes to it at 0x%x",
				check->cells[0]->name,
				bdf_text(0, P2SB_BDF).text,
				bdf_text(0, function->bdf).text,
				function->device, P2SB_CTRL);
}

void pci_check_sideband(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_hw_pci_function *function;
	struct pci_index index;

	(void)root;
	if (!check_is_x86(check))
		return;
	if (pci_index_make(check, &index)) {
		check_no_memory(check);
		return;
	}
	for (size_t n = 0;
	     (function = jhcfg_board_pci_function(check->board, n)); n++) {
		check_function(check, &index, function);
		check_hidden(check, &index, function);
	}
	pci_index_clear(&index);
}

/* The capabilities of the device, which others may share, again at the end of
 * the list, and behind them one that stands for the field. */
static int add_cap(struct jhcfg_config *config, size_t index,
		   const struct jhcfg_pci_cap *added)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	struct jhcfg_pci_device device = *jhcfg_cell_pci_device(cell, index);
	const size_t start = jhcfg_cell_num_pci_caps(cell);
	struct jhcfg_pci_cap cap;
	int err = 0;

	if (start + device.num_caps >= UINT16_MAX)
		return -EINVAL;
	for (size_t n = 0; !err && n < device.num_caps; n++) {
		const struct jhcfg_pci_cap *old =
			jhcfg_cell_pci_cap(cell, device.caps_start + n);

		if (!old)
			return -EINVAL;
		cap = *old;
		err = jhcfg_config_insert_pci_cap(config, SIZE_MAX, &cap);
	}
	if (!err)
		err = jhcfg_config_insert_pci_cap(config, SIZE_MAX, added);
	device.caps_start = (uint16_t)start;
	device.num_caps++;
	return err ? err
		   : jhcfg_config_replace_pci_device(config, index, &device);
}

int pci_fix_sideband(struct fix *fix)
{
	const struct jhcfg_pci_cap cap = {
		.start = (uint16_t)fix->finding->detail[0],
		.len = (uint16_t)fix->finding->detail[1],
		.flags = JAILHOUSE_PCICAPS_WRITE,
	};
	const struct jhcfg_pci_device hidden = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = P2SB_BDF,
	};
	struct jhcfg_config *config = fix_edit(fix);
	size_t index = fix->finding->at.index;
	int err = config ? 0 : -ENOMEM;

	if (!err && fix->finding->at.element != JHCFG_AT_PCI_DEVICE) {
		index = jhcfg_cell_num_pci_devices(jhcfg_config_cell(config));
		err = jhcfg_config_insert_pci_device(config, index, &hidden);
	}
	return err ? err : add_cap(config, index, &cap);
}
