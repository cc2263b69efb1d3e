// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Arm machines with a device tree: the tree that Linux keeps, as a blob or as
 * folders, and what Linux knows better than it.
 */
#include "import/linux/arm.h"

#include <errno.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/import.h>

#include "import/tree.h"

#define BLOB	  "sys/firmware/fdt"
#define BLOB_MAX  (4u << 20)
#define MAX_DEPTH 24
#define MAX_BANKS 64
#define MAX_NODES 65536

/* Where kernels show the tree as folders */
static const char *const trees[] = { "proc/device-tree",
				     "sys/firmware/devicetree/base" };

struct builder {
	struct linux_import *import;
	char *blob;
	size_t nodes;
};

/* --- from folders to a blob ----------------------------------------------- */

static int error_of(int fdt_error)
{
	return fdt_error == -FDT_ERR_NOSPACE ? -EFBIG : -EINVAL;
}

/* A file is a property, a folder a node. They are told by trying, since an
 * archive has no entry for a folder. */
static bool add_property(struct builder *builder, const char *path,
			 const char *name, int *err)
{
	char *data;
	size_t size;

	*err = machine_read(builder->import->machine, path, &data, &size);
	if (*err)
		return false;
	*err = fdt_property(builder->blob, name, data, (int)size);
	if (*err)
		*err = error_of(*err);
	free(data);
	return true;
}

static int add_node(struct builder *builder, const char *path,
		    unsigned int depth);

/* libfdt wants properties before nodes. */
static int add_contents(struct builder *builder, const char *path,
			struct machine_names *names, unsigned int depth)
{
	char below[MACHINE_MAX_PATH];
	size_t folders = 0;
	int err = 0;

	for (size_t n = 0; n < names->count; n++) {
		/* Linux makes up the property "name" */
		if (!strcmp(names->items[n], "name"))
			continue;
		if (snprintf(below, sizeof(below), "%s/%s", path,
			     names->items[n]) >= (int)sizeof(below))
			return -ENAMETOOLONG;
		if (!add_property(builder, below, names->items[n], &err))
			memmove(names->items[folders++], names->items[n],
				MACHINE_MAX_NAME);
		else if (err)
			return err;
	}
	err = 0;
	for (size_t n = 0; !err && n < folders; n++) {
		snprintf(below, sizeof(below), "%s/%s", path, names->items[n]);
		err = fdt_begin_node(builder->blob, names->items[n]);
		err = err ? error_of(err) : add_node(builder, below, depth + 1);
		if (!err && fdt_end_node(builder->blob))
			err = -EFBIG;
	}
	return err;
}

static int add_node(struct builder *builder, const char *path,
		    unsigned int depth)
{
	struct machine_names names;
	int err;

	if (depth == MAX_DEPTH || builder->nodes++ == MAX_NODES)
		return -EFBIG;
	err = machine_list(builder->import->machine, path, &names);
	if (!err)
		err = add_contents(builder, path, &names, depth);
	machine_names_clear(&names);
	return err;
}

static int build(struct builder *builder, const char *path)
{
	int err = fdt_create(builder->blob, BLOB_MAX);

	if (!err)
		err = fdt_finish_reservemap(builder->blob);
	if (!err)
		err = fdt_begin_node(builder->blob, "");
	if (err)
		return error_of(err);
	err = add_node(builder, path, 0);
	if (err)
		return err;
	err = fdt_end_node(builder->blob);
	if (!err)
		err = fdt_finish(builder->blob);
	return err ? error_of(err) : 0;
}

/* -ENOENT: the machine has no such folders. */
static int build_blob(struct linux_import *import, char **blob, size_t *size)
{
	struct builder builder = { .import = import };
	char path[MACHINE_MAX_PATH];
	int err = -ENOENT;

	for (size_t n = 0; err == -ENOENT && n < 2; n++) {
		snprintf(path, sizeof(path), "%s/compatible", trees[n]);
		if (!machine_exists(import->machine, path))
			continue;
		builder.blob = calloc(1, BLOB_MAX);
		err = builder.blob ? build(&builder, trees[n]) : -ENOMEM;
	}
	if (err) {
		free(builder.blob);
		return err;
	}
	*blob = builder.blob;
	*size = fdt_totalsize(builder.blob);
	return 0;
}

/* --- memory --------------------------------------------------------------- */

static bool has_memory(const void *blob)
{
	int node = -1;

	while ((node = fdt_node_offset_by_prop_value(blob, node, "device_type",
						     "memory", 7)) >= 0)
		if (fdt_getprop(blob, node, "reg", NULL))
			return true;
	return false;
}

static int add_bank(void *blob, struct jhcfg_range range)
{
	int cells = fdt_address_cells(blob, 0), sizes = fdt_size_cells(blob, 0);
	fdt64_t start = cpu_to_fdt64(range.start);
	fdt64_t size = cpu_to_fdt64(range.size);
	char name[32];
	uint8_t reg[16];
	int node, err;

	if (cells < 1 || cells > 2 || sizes < 1 || sizes > 2)
		return -EINVAL;
	snprintf(name, sizeof(name), "memory@%llx",
		 (unsigned long long)range.start);
	memcpy(reg, (char *)&start + 8 - 4 * cells, 4 * (size_t)cells);
	memcpy(reg + 4 * cells, (char *)&size + 8 - 4 * sizes,
	       4 * (size_t)sizes);
	node = fdt_add_subnode(blob, 0, name);
	if (node < 0)
		return -EINVAL;
	err = fdt_setprop_string(blob, node, "device_type", "memory");
	if (!err)
		err = fdt_setprop(blob, node, "reg", reg, 4 * (cells + sizes));
	return err ? -EINVAL : 0;
}

/* A kernel that was started by EFI has taken memory out of the tree, since
 * EFI tells it: /proc/iomem has it then. */
static int add_memory(struct linux_import *import, char **blob, size_t *size)
{
	size_t room = *size + MAX_BANKS * 128, banks = 0;
	char *larger;
	int err;

	if (dt_blob_error(*blob, *size) || has_memory(*blob))
		return 0;
	larger = calloc(1, room);
	if (!larger)
		return -ENOMEM;
	err = fdt_open_into(*blob, larger, (int)room);
	for (size_t n = 0; !err && n < import->iomem.count && banks < MAX_BANKS;
	     n++)
		if (!strcmp(import->iomem.items[n].name, "System RAM")) {
			err = add_bank(larger, import->iomem.items[n].range);
			banks++;
		}
	if (err) {
		free(larger);
		return 0;
	}
	free(*blob);
	*blob = larger;
	*size = room;
	return 0;
}

/* --- CPUs ----------------------------------------------------------------- */

/*
 * The importer of trees numbers CPUs in the tree's order, and so does Linux,
 * but for the one that it boots on: that is number 0. Configurations name CPUs
 * by Linux' numbers.
 */
static void check_cpus(struct linux_import *import,
		       const struct jhcfg_board *board)
{
	const struct jhcfg_hw_cpu *cpu;
	char node[MACHINE_MAX_NAME], object[32];

	for (size_t n = 0; (cpu = jhcfg_board_cpu(board, n)); n++) {
		const char *slash = strrchr(cpu->source, '/');

		if (!slash ||
		    !machine_link(import->machine, node, sizeof(node),
				  "sys/devices/system/cpu/cpu%u/of_node",
				  cpu->id) ||
		    !strcmp(slash + 1, node))
			continue;
		snprintf(object, sizeof(object), "CPU %u", cpu->id);
		jhcfg_diags_add(import->diags, JHCFG_WARNING, "L12", object,
				cpu->source,
				"mind which CPU is which when you give some "
				"to cells",
				"Linux numbers CPUs in another order than the "
				"tree: its CPU %u is %s",
				cpu->id, node);
	}
}

int linux_import_arm(struct linux_import *import, struct jhcfg_board **board)
{
	char *blob, name[LINUX_MAX_SOURCE];
	size_t size;
	int err = machine_read(import->machine, BLOB, &blob, &size);

	snprintf(name, sizeof(name), "%s/%s", import->machine->name,
		 err ? trees[0] : BLOB);
	if (err)
		err = build_blob(import, &blob, &size);
	if (err)
		return err;
	err = add_memory(import, &blob, &size);
	if (!err)
		err = jhcfg_import_fdt(blob, size, name, import->diags, board);
	free(blob);
	if (!err)
		check_cpus(import, *board);
	return err;
}
