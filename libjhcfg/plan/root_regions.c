// SPDX-License-Identifier: LGPL-2.1-or-later
/* The memory regions of an Arm board's root cell. */
#include <stdio.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "plan/root.h"
#include "plan/root_system.h"

/* The devices whose registers are in the range: the first one's name, and how
 * many more there are. Windows of PCI hosts have none. */
static const struct jhcfg_hw_device *name_registers(const struct root *root,
						    struct jhcfg_range range,
						    char *text, size_t size)
{
	const struct jhcfg_hw_device *first;
	size_t position = 0, more = 0, last, index;

	index = last = jhcfg_board_device_at(root->board, range, &position);
	first = jhcfg_board_device(root->board, index);
	if (!first) {
		snprintf(text, size, "PCI");
		return NULL;
	}
	for (; index != JHCFG_NO_INDEX; last = index) {
		index = jhcfg_board_device_at(root->board, range, &position);
		more += index != JHCFG_NO_INDEX && index != last;
	}
	if (more)
		snprintf(text, size, "%s and %zu more", first->name, more);
	else
		snprintf(text, size, "%s", first->name);
	return first;
}

static int add_registers(struct root *root, struct jhcfg_range range)
{
	const uint64_t flags =
		JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO;
	char name[128];
	const struct jhcfg_hw_device *first =
		name_registers(root, range, name, sizeof(name));

	return root_add_region(root->config, range, flags, name,
			       first ? first->source : "");
}

/* Takes from each set what is another's. */
static void separate(struct root *root)
{
	/* Both are registers from here on: nothing of them in "ram". */
	ranges_subtract(&root->mmio, &root->ram);
	ranges_add(&root->firmware, root->inmates.start, root->inmates.size);
	ranges_add(&root->firmware, root->hypervisor.start,
		   root->hypervisor.size);
	ranges_merge(&root->firmware);
	ranges_subtract(&root->ram, &root->firmware);
	ranges_add(&root->registers, root->platform.pci_mmconfig_base,
		   ROOT_PCI_WINDOW);
	ranges_merge(&root->registers);
	ranges_subtract(&root->mmio, &root->registers);
	ranges_subtract(&root->mmio, &root->firmware);
	ranges_subtract(&root->ram, &root->registers);
}

int root_add_regions(struct root *root)
{
	const uint64_t flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			       JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA;
	int err = 0;

	separate(root);
	for (size_t n = 0; !err && n < root->mmio.count; n++)
		err = add_registers(root, root->mmio.items[n]);
	for (size_t n = 0; !err && n < root->ram.count; n++)
		err = root_add_region(root->config, root->ram.items[n], flags,
				      "RAM", "");
	if (!err)
		err = root_add_region(root->config, root->inmates, flags,
				      "inmate RAM", "");
	return err;
}
