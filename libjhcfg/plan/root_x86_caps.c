// SPDX-License-Identifier: LGPL-2.1-or-later
/* PCI Local Bus Specification 3.0, 6.7; PCI Express Base Specification 5.0,
 * 7.5 to 7.9. */
#include "plan/root_x86_caps.h"

#include <stdbool.h>

#include <jailhouse/cell-config.h>

#include "util/bytes.h"

#define VENDOR_INTEL  0x8086
#define STATUS	      0x06
#define STATUS_CAPS   0x10
#define CAPS_POINTER  0x34
#define FIRST_CAP     0x40
#define CONFIG_SIZE   0x100
#define EXTENDED_SIZE 0x1000
#define MSI_64BIT     0x80
#define MSI_MASKABLE  0x100
#define EXP_VERSION   0xf
#define CAP_MSI	      0x05
#define CAP_VENDOR    0x09
#define CAP_EXP	      0x10
#define CAP_MSIX      0x11

/*
 * How long a capability is, and whether the root may write to it: what drivers
 * and the PCI core need to write while they run. What would move registers,
 * hand out functions or change who can reach whom (SR-IOV, resizable BARs,
 * ACS) stays as the firmware left it.
 */
static const struct {
	uint16_t id;
	uint16_t length;
	bool write;
} kinds[] = {
	{ 0x01, 8, true }, /* power management */
	{ 0x03, 8, true }, /* vital product data: reading writes an address */
	{ CAP_MSI, 10, true },
	{ 0x08, 4, false }, /* HyperTransport */
	{ 0x0a, 4, false }, /* debug port */
	{ 0x0d, 8, false }, /* subsystem of a bridge */
	{ CAP_EXP, 20, true },
	{ CAP_MSIX, 12, true },
	{ 0x12, 8, false }, /* SATA */
	{ 0x13, 6, false }, /* advanced features: reset */
	{ JAILHOUSE_PCI_EXT_CAP | 0x01, 0x48, true },  /* error reporting */
	{ JAILHOUSE_PCI_EXT_CAP | 0x02, 0x10, false }, /* virtual channels */
	{ JAILHOUSE_PCI_EXT_CAP | 0x03, 0x0c, false }, /* serial number */
	{ JAILHOUSE_PCI_EXT_CAP | 0x04, 0x10, false }, /* power budgeting */
	{ JAILHOUSE_PCI_EXT_CAP | 0x0b, 0x08, false }, /* vendor */
	{ JAILHOUSE_PCI_EXT_CAP | 0x0d, 0x08, false }, /* ACS */
	{ JAILHOUSE_PCI_EXT_CAP | 0x0e, 0x08, false }, /* ARI */
	{ JAILHOUSE_PCI_EXT_CAP | 0x0f, 0x08, false }, /* ATS */
	{ JAILHOUSE_PCI_EXT_CAP | 0x10, 0x40, false }, /* SR-IOV */
	{ JAILHOUSE_PCI_EXT_CAP | 0x13, 0x10, false }, /* page requests */
	{ JAILHOUSE_PCI_EXT_CAP | 0x15, 0x10, false }, /* resizable BARs */
	{ JAILHOUSE_PCI_EXT_CAP | 0x18, 0x08, true },  /* latency tolerance */
	{ JAILHOUSE_PCI_EXT_CAP | 0x19, 0x10, false }, /* secondary PCIe */
	{ JAILHOUSE_PCI_EXT_CAP | 0x1b, 0x08, false }, /* PASID */
	{ JAILHOUSE_PCI_EXT_CAP | 0x1e, 0x10, true },  /* L1 substates */
	{ JAILHOUSE_PCI_EXT_CAP | 0x1f, 0x0c, true },  /* PTM */
};

/*
 * What Linux' drivers write to although it is no capability: Intel 100 to 500
 * series PCH datasheets, volume 2: HCFG of the SMBus host, ACTL of the power
 * management controller.
 */
static const struct {
	uint16_t bdf;
	uint32_t class_code;
	uint16_t start, length;
} fields[] = {
	{ 0x1f << 3 | 3, 0x0c0500, 0x40, 4 },
	{ 0x1f << 3 | 4, 0x0c0500, 0x40, 4 },
	{ 0x1f << 3 | 2, 0x058000, 0x44, 4 },
};

uint32_t x86_config(const struct jhcfg_hw_pci_function *function, size_t at,
		    size_t width)
{
	if (at > function->config_size || width > function->config_size - at)
		return 0;
	return (uint32_t)jhcfg_get_le(function->config + at, width);
}

/* Some are longer with what they say that they have. */
static uint16_t length_of(const struct jhcfg_hw_pci_function *function,
			  const struct jhcfg_pci_cap *cap, uint16_t usual)
{
	uint32_t control = x86_config(function, cap->start + 2u, 2);

	switch (cap->id) {
	case CAP_MSI:
		return (uint16_t)((control & MSI_64BIT ? 14 : 10) +
				  (control & MSI_MASKABLE ? 10 : 0));
	case CAP_EXP:
		return (control & EXP_VERSION) >= 2 ? 60 : usual;
	case CAP_VENDOR:
		return (control & 0xff) >= 3 ? control & 0xff : 3;
	default:
		return usual;
	}
}

static void add(const struct jhcfg_hw_pci_function *function,
		struct x86_caps *caps, uint16_t id, uint16_t start)
{
	struct jhcfg_pci_cap *cap = &caps->items[caps->count++];
	bool extended = id & JAILHOUSE_PCI_EXT_CAP;
	uint16_t usual = extended ? 4 : 2;

	*cap = (struct jhcfg_pci_cap){ .id = id, .start = start };
	for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++)
		if (kinds[n].id == id) {
			usual = kinds[n].length;
			cap->flags =
				kinds[n].write ? JAILHOUSE_PCICAPS_WRITE : 0;
		}
	cap->len = length_of(function, cap, usual);
}

static void add_fields(const struct jhcfg_hw_pci_function *function,
		       struct x86_caps *caps)
{
	for (size_t n = 0; n < sizeof(fields) / sizeof(fields[0]); n++) {
		if (function->vendor != VENDOR_INTEL || function->domain ||
		    function->bdf != fields[n].bdf ||
		    function->class_code != fields[n].class_code ||
		    caps->count == X86_MAX_CAPS)
			continue;
		caps->items[caps->count++] = (struct jhcfg_pci_cap){
			.start = fields[n].start,
			.len = fields[n].length,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		};
	}
}

/* None is so long that it covers the next one. */
static void trim(struct x86_caps *caps)
{
	for (size_t n = 0; n < caps->count; n++) {
		struct jhcfg_pci_cap *cap = &caps->items[n];
		unsigned int end = cap->id & JAILHOUSE_PCI_EXT_CAP
					   ? EXTENDED_SIZE
					   : CONFIG_SIZE;

		for (size_t i = 0; i < caps->count; i++)
			if (caps->items[i].start > cap->start &&
			    caps->items[i].start < end)
				end = caps->items[i].start;
		if (cap->len > end - cap->start)
			cap->len = (uint16_t)(end - cap->start);
	}
}

static bool is_known(const struct x86_caps *caps, uint16_t start)
{
	for (size_t n = 0; n < caps->count; n++)
		if (caps->items[n].start == start)
			return true;
	return false;
}

static void find_standard(const struct jhcfg_hw_pci_function *function,
			  struct x86_caps *caps)
{
	uint16_t at = x86_config(function, CAPS_POINTER, 1) & 0xfc;

	if (!(x86_config(function, STATUS, 2) & STATUS_CAPS))
		return;
	while (at >= FIRST_CAP && caps->count < X86_MAX_CAPS &&
	       at + 2u <= function->config_size && !is_known(caps, at)) {
		uint16_t id = (uint16_t)x86_config(function, at, 1);

		if (id == CAP_MSI)
			caps->msi = at;
		if (id == CAP_MSIX)
			caps->msix = at;
		add(function, caps, id, at);
		at = x86_config(function, at + 1u, 1) & 0xfc;
	}
}

static void find_extended(const struct jhcfg_hw_pci_function *function,
			  struct x86_caps *caps)
{
	uint16_t at = CONFIG_SIZE;

	while (at >= CONFIG_SIZE && caps->count < X86_MAX_CAPS &&
	       at + 4u <= function->config_size && !is_known(caps, at)) {
		uint32_t header = x86_config(function, at, 4);

		/* the list is empty, or the space is not there */
		if (!header || header == UINT32_MAX)
			return;
		if (header & 0x7fff)
			add(function, caps,
			    (uint16_t)(JAILHOUSE_PCI_EXT_CAP |
				       (header & 0x7fff)),
			    at);
		at = (header >> 20) & 0xffc;
	}
}

void x86_find_caps(const struct jhcfg_hw_pci_function *function,
		   struct x86_caps *caps)
{
	caps->count = 0;
	caps->msi = caps->msix = 0;
	find_standard(function, caps);
	find_extended(function, caps);
	add_fields(function, caps);
	trim(caps);
}
