// SPDX-License-Identifier: LGPL-2.1-or-later
/* PCI functions, from /sys/bus/pci/devices: their configuration space, and
 * where Linux says their registers are. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/linux.h"
#include "import/linux/list.h"
#include "import/linux/text.h"
#include "util/bytes.h"

#define DEVICES	    "sys/bus/pci/devices"
#define HEADER_SIZE 64
#define CONFIG_MAX  4096
#define NUM_BARS    6

/* Linux' include/linux/ioport.h; part of what sysfs tells */
#define RESOURCE_IO	  0x00000100
#define RESOURCE_MEM	  0x00000200
#define RESOURCE_PREFETCH 0x00002000
#define RESOURCE_MEM_64	  0x00100000
#define RESOURCE_UNSET	  0x20000000

/* "0000:00:1f.2" */
static bool parse_name(const char *name, struct jhcfg_hw_pci_function *function)
{
	uint64_t domain, bus, slot, number;

	if (!text_hex(&name, &domain) || !text_expect(&name, ":") ||
	    !text_hex(&name, &bus) || !text_expect(&name, ":") ||
	    !text_hex(&name, &slot) || !text_expect(&name, ".") ||
	    !text_hex(&name, &number) || *name)
		return false;
	/* Domains beyond 16 bits are made up by drivers (VMD) */
	if (domain > 0xffff || bus > 0xff || slot > 0x1f || number > 7)
		return false;
	function->domain = (uint16_t)domain;
	function->bdf = (uint16_t)(bus << 8 | slot << 3 | number);
	return true;
}

static void read_header(struct jhcfg_hw_pci_function *function)
{
	const uint8_t *config = function->config;

	function->vendor = (uint16_t)jhcfg_get_le(config, 2);
	function->device = (uint16_t)jhcfg_get_le(config + 2, 2);
	function->class_code = (uint32_t)jhcfg_get_le(config + 9, 3);
	function->header_type = config[0xe] & 0x7f;
	function->interrupt_pin = config[0x3d];
	if (function->header_type == 1) {
		function->secondary_bus = config[0x19];
		function->subordinate_bus = config[0x1a];
	}
}

/* "0x00000000fe800000 0x00000000fe81ffff 0x0000000000040200" for each BAR */
static bool parse_bar(const char *line, struct jhcfg_hw_pci_function *function,
		      size_t n)
{
	uint64_t first, last, flags;
	const char *at = line;

	if (!text_expect(&at, "0x") || !text_hex(&at, &first) ||
	    !text_expect(&at, " 0x") || !text_hex(&at, &last) ||
	    !text_expect(&at, " 0x") || !text_hex(&at, &flags))
		return false;
	if (!(flags & (RESOURCE_IO | RESOURCE_MEM)) || flags & RESOURCE_UNSET ||
	    last <= first || last - first == UINT64_MAX)
		return true;
	function->bar[n].range.start = first;
	function->bar[n].range.size = last - first + 1;
	function->bar[n].io = flags & RESOURCE_IO;
	function->bar[n].is_64bit = flags & RESOURCE_MEM_64;
	function->bar[n].prefetchable = flags & RESOURCE_PREFETCH;
	return true;
}

static int read_bars(struct linux_import *import, struct linux_pci *pci)
{
	size_t bars = pci->function.header_type == 1 ? 2 : NUM_BARS, size;
	char path[MACHINE_MAX_PATH], *text;
	struct text_lines lines = { 0 };
	const char *line;
	int err;

	snprintf(path, sizeof(path), DEVICES "/%s/resource", pci->name);
	err = machine_read(import->machine, path, &text, &size);
	if (err == -ENOMEM)
		return err;
	if (!err) {
		lines.next = text;
		for (size_t n = 0;
		     n < bars && !err && (line = text_next_line(&lines)); n++)
			if (!parse_bar(line, &pci->function, n))
				err = -EINVAL;
		free(text);
	}
	if (err)
		jhcfg_diags_add(import->diags, JHCFG_WARNING, "L08", pci->name,
				path, NULL,
				"where its registers are cannot be read");
	return 0;
}

static void read_rest(struct linux_import *import, struct linux_pci *pci)
{
	char text[MACHINE_MAX_NAME], source[LINUX_MAX_SOURCE];
	uint64_t number;

	pci->function.iommu_group = -1;
	pci->function.iommu = -1;
	if (machine_link(import->machine, text, sizeof(text),
			 DEVICES "/%s/iommu_group", pci->name) &&
	    text_number(text, &number) && number < INT32_MAX)
		pci->function.iommu_group = (int)number;
	machine_link(import->machine, text, sizeof(text), DEVICES "/%s/driver",
		     pci->name);
	pci->function.driver = jhcfg_arena_text(&import->arena, text);
	if (machine_number(import->machine, &number, DEVICES "/%s/irq",
			   pci->name) &&
	    number <= UINT32_MAX)
		pci->irq = (uint32_t)number;
	snprintf(source, sizeof(source), "%s/" DEVICES "/%s",
		 import->machine->name, pci->name);
	pci->function.source = jhcfg_arena_text(&import->arena, source);
}

static int read_function(struct linux_import *import, struct linux_pci *pci,
			 bool *cut)
{
	char path[MACHINE_MAX_PATH], *config;
	size_t size;
	int err;

	snprintf(path, sizeof(path), DEVICES "/%s/config", pci->name);
	err = machine_read(import->machine, path, &config, &size);
	if (err == -ENOMEM)
		return err;
	if (err || size < HEADER_SIZE || size > CONFIG_MAX) {
		if (!err)
			free(config);
		jhcfg_diags_add(import->diags, JHCFG_WARNING, "L08", pci->name,
				path, NULL,
				"its configuration space cannot be read: it "
				"is left out");
		return -ENOENT;
	}
	pci->function.config =
		jhcfg_arena_copy(&import->arena, config, size, 1);
	pci->function.config_size = size;
	free(config);
	if (!pci->function.config)
		return -ENOMEM;
	*cut |= size == HEADER_SIZE;
	read_header(&pci->function);
	read_rest(import, pci);
	return read_bars(import, pci);
}

static int add_function(struct linux_import *import, const char *name,
			bool *cut)
{
	struct linux_pci pci = { .device = JHCFG_NO_INDEX };
	void *items;
	int err;

	if (strlen(name) >= sizeof(pci.name) ||
	    !parse_name(name, &pci.function)) {
		jhcfg_diags_add(import->diags, JHCFG_INFO, "L08", name, DEVICES,
				NULL,
				"functions in domains that drivers make up "
				"cannot be named in configurations");
		return 0;
	}
	strcpy(pci.name, name);
	err = read_function(import, &pci, cut);
	if (err)
		return err == -ENOENT ? 0 : err;
	items = list_room(import->pci, import->num_pci, sizeof(pci));
	if (!items)
		return -ENOMEM;
	import->pci = items;
	import->pci[import->num_pci++] = pci;
	return 0;
}

static int compare_pci(const void *a, const void *b)
{
	const struct linux_pci *x = a, *y = b;
	uint32_t one = (uint32_t)x->function.domain << 16 | x->function.bdf;
	uint32_t other = (uint32_t)y->function.domain << 16 | y->function.bdf;

	return (one > other) - (one < other);
}

int linux_read_pci(struct linux_import *import)
{
	struct machine_names names;
	bool cut = false;
	int err = machine_list(import->machine, DEVICES, &names);

	for (size_t n = 0; !err && n < names.count; n++)
		err = add_function(import, names.items[n], &cut);
	machine_names_clear(&names);
	if (err)
		return err;
	if (import->num_pci)
		qsort(import->pci, import->num_pci, sizeof(*import->pci),
		      compare_pci);
	if (cut)
		jhcfg_diags_add(import->diags, JHCFG_WARNING, "L09", "machine",
				DEVICES, "read or record it as root",
				"Linux shows only the first 64 bytes of "
				"configuration spaces: capabilities are "
				"missing");
	return 0;
}

struct linux_pci *linux_find_pci(const struct linux_import *import,
				 uint16_t domain, uint16_t bdf)
{
	const struct linux_pci key = {
		.function = { .domain = domain, .bdf = bdf },
	};

	if (!import->num_pci)
		return NULL;
	return bsearch(&key, import->pci, import->num_pci, sizeof(key),
		       compare_pci);
}
