// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a boot loader adds to a device tree: memory and /chosen */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#include "emit/linux_cell_dt.h"

/* Nodes, names and properties that may be new, generously */
#define NEW_NODES 1024

size_t jhcfg_linux_dt_limit(size_t size, const struct jhcfg_config *cell,
			    const char *cmdline)
{
	size_t regions = jhcfg_cell_num_memory(jhcfg_config_cell(cell));

	return size + NEW_NODES + regions * 2 * sizeof(uint64_t) +
	       (cmdline ? strlen(cmdline) + 1 : 0);
}

/* The small region that a loader at address 0 runs in is not for Linux. */
static bool is_for_linux(const struct jhcfg_memory *mem)
{
	return jhcfg_linux_is_ram(mem) &&
	       (mem->virt_start || mem->size > 0x10000);
}

static int find_or_add(void *fdt, const char *path, const char *name)
{
	int node = fdt_path_offset(fdt, path);

	return node == -FDT_ERR_NOTFOUND ? fdt_add_subnode(fdt, 0, name) : node;
}

static bool is_memory(const char *name)
{
	return name && !strncmp(name, "memory", 6) &&
	       (!name[6] || name[6] == '@');
}

/* What the tree says of memory before, but for one node: /memory, or
 * /memory@…, which fdt_path_offset() finds as well */
static int drop_memory(void *fdt)
{
	int first = fdt_path_offset(fdt, "/memory"), node, err = 0;

	while (!err && first >= 0) {
		node = fdt_next_subnode(fdt, first);
		while (node >= 0 && !is_memory(fdt_get_name(fdt, node, NULL)))
			node = fdt_next_subnode(fdt, node);
		if (node < 0)
			break;
		err = fdt_del_node(fdt, node);
	}
	return err;
}

static int set_memory(void *fdt, const struct jhcfg_cell *cell)
{
	int address_cells = fdt_address_cells(fdt, 0);
	int size_cells = fdt_size_cells(fdt, 0);
	const struct jhcfg_memory *mem;
	int node, err;

	if (address_cells != 2 || size_cells < 1 || size_cells > 2)
		return -FDT_ERR_BADNCELLS;
	err = drop_memory(fdt);
	node = err ? err : find_or_add(fdt, "/memory", "memory");
	if (node < 0)
		return node;
	err = fdt_setprop_string(fdt, node, "device_type", "memory");
	if (!err)
		err = fdt_setprop(fdt, node, "reg", NULL, 0);
	for (size_t n = 0; !err && (mem = jhcfg_cell_memory(cell, n)); n++) {
		if (!is_for_linux(mem))
			continue;
		if (size_cells == 1 && mem->size > UINT32_MAX)
			return -FDT_ERR_BADNCELLS;
		err = fdt_appendprop_u64(fdt, node, "reg", mem->virt_start);
		if (!err && size_cells == 2)
			err = fdt_appendprop_u64(fdt, node, "reg", mem->size);
		else if (!err)
			err = fdt_appendprop_u32(fdt, node, "reg",
						 (uint32_t)mem->size);
	}
	return err;
}

static int set_chosen(void *fdt, const char *cmdline, uint64_t initrd,
		      uint64_t initrd_size)
{
	int node = find_or_add(fdt, "/chosen", "chosen");
	int err = node < 0 ? node : 0;

	if (!err && cmdline)
		err = fdt_setprop_string(fdt, node, "bootargs", cmdline);
	if (!err && initrd_size)
		err = fdt_setprop_u64(fdt, node, "linux,initrd-start", initrd);
	if (!err && initrd_size)
		err = fdt_setprop_u64(fdt, node, "linux,initrd-end",
				      initrd + initrd_size);
	return err;
}

int jhcfg_linux_complete_dt(const void *dtb, size_t size,
			    const struct jhcfg_config *config,
			    const char *cmdline, uint64_t initrd,
			    uint64_t initrd_size, struct jhcfg_diags *diags,
			    void **result)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	size_t limit = jhcfg_linux_dt_limit(size, config, cmdline);
	void *fdt;
	int err = fdt_check_full(dtb, size);

	fdt = calloc(1, limit);
	if (!fdt)
		return -ENOMEM;
	if (!err)
		err = fdt_open_into(dtb, fdt, (int)limit);
	if (!err)
		err = set_memory(fdt, cell);
	if (!err)
		err = set_chosen(fdt, cmdline, initrd, initrd_size);
	if (!err)
		err = fdt_pack(fdt);
	if (!err) {
		*result = fdt;
		return 0;
	}
	free(fdt);
	jhcfg_diags_add(diags, JHCFG_ERROR, "B08", jhcfg_cell_name(cell), "",
			"is it the device tree of an arm64 cell?",
			"device tree: %s", fdt_strerror(err));
	return -EINVAL;
}
