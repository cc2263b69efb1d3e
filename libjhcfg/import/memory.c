// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * RAM: Devicetree Specification v0.4, 3.4 (memory), 3.5 (reserved-memory) and
 * 5.3 (the reservation block).
 */
#include <inttypes.h>
#include <libfdt.h>
#include <stdio.h>
#include <string.h>

#include "import/address.h"
#include "import/device_tree.h"

/* What firmware keeps, by the name or binding of the reservation. */
static const struct {
	const char *part; /* of the name */
	enum jhcfg_hw_memory_kind kind;
} reserved_kinds[] = {
	{ "optee", JHCFG_HW_FIRMWARE },	    { "tfa", JHCFG_HW_FIRMWARE },
	{ "atf", JHCFG_HW_FIRMWARE },	    { "bl31", JHCFG_HW_FIRMWARE },
	{ "secmon", JHCFG_HW_FIRMWARE },    { "secure", JHCFG_HW_FIRMWARE },
	{ "trusted", JHCFG_HW_FIRMWARE },   { "tee", JHCFG_HW_FIRMWARE },
	{ "tz", JHCFG_HW_FIRMWARE },	    { "hyp", JHCFG_HW_FIRMWARE },
	{ "hwrom", JHCFG_HW_FIRMWARE },	    { "psci", JHCFG_HW_FIRMWARE },
	{ "xbl", JHCFG_HW_FIRMWARE },	    { "smem", JHCFG_HW_FIRMWARE },
	{ "cma", JHCFG_HW_SHARED },	    { "dma", JHCFG_HW_SHARED },
	{ "framebuffer", JHCFG_HW_SHARED }, { "vdev", JHCFG_HW_SHARED },
	{ "rproc", JHCFG_HW_SHARED },
};

static enum jhcfg_hw_memory_kind reserved_kind(const struct dt_tree *tree,
					       uint32_t node)
{
	const char *name = tree->nodes[node].name;

	if (dt_compatible(tree, node, "shared-dma-pool"))
		return JHCFG_HW_SHARED;
	for (size_t n = 0;
	     n < sizeof(reserved_kinds) / sizeof(reserved_kinds[0]); n++)
		if (strstr(name, reserved_kinds[n].part))
			return reserved_kinds[n].kind;
	return JHCFG_HW_RESERVED;
}

static void add_node(struct dt_tree *tree, struct jhcfg_board *board,
		     uint32_t node, enum jhcfg_hw_memory_kind kind)
{
	size_t count = dt_num_reg(tree, node);
	char source[DT_MAX_SOURCE];
	struct jhcfg_hw_memory memory = {
		.kind = kind,
		.no_map = dt_prop(tree, node, "no-map") != NULL,
		.reusable = dt_prop(tree, node, "reusable") != NULL,
		.name = tree->nodes[node].name,
		.source = source,
	};

	dt_source(tree, node, source, sizeof(source));
	for (size_t n = 0; n < count; n++)
		if (dt_reg(tree, node, n, &memory.range))
			jhcfg_board_add_memory(board, &memory);
}

static bool is_memory(const struct dt_tree *tree, uint32_t node)
{
	return !strcmp(dt_text(tree, node, "device_type"), "memory");
}

/* A bank of no bytes: the boot loader fills in what is there. Where it begins
 * is known all the same. */
static void note_unsized(struct dt_tree *tree, struct jhcfg_board *board,
			 uint32_t node)
{
	const struct dt_prop *reg = dt_prop(tree, node, "reg");
	uint32_t cells = tree->nodes[0].address_cells;
	uint64_t start = 0;

	if (dt_num_cells(reg) && dt_number(reg, 0, cells, &start) && !start) {
		const char *at = strchr(tree->nodes[node].name, '@');

		/* Only the unit address may say it. */
		if (at)
			sscanf(at + 1, "%" SCNx64, &start);
	}
	jhcfg_board_set_ram_start(board, start);
}

static void add_banks(struct dt_tree *tree, struct jhcfg_board *board)
{
	uint32_t child = DT_NONE, unsized = DT_NONE;
	size_t before = jhcfg_board_num_memories(board);

	while ((child = dt_next_child(tree, 0, child)) != DT_NONE) {
		if (!is_memory(tree, child))
			continue;
		add_node(tree, board, child, JHCFG_HW_RAM);
		unsized = child;
	}
	if (unsized == DT_NONE || jhcfg_board_num_memories(board) > before)
		return;
	note_unsized(tree, board, unsized);
	dt_complain(tree, JHCFG_INFO, "D03", unsized,
		    "read /sys/firmware/fdt on the running board",
		    "it has no size: the boot loader fills it in");
}

static void add_reservations(struct dt_tree *tree, struct jhcfg_board *board,
			     const void *blob)
{
	char source[DT_MAX_SOURCE];
	int count = fdt_num_mem_rsv(blob);

	snprintf(source, sizeof(source), "%s /memreserve/", tree->file);
	for (int n = 0; n < count; n++) {
		struct jhcfg_hw_memory memory = {
			.kind = JHCFG_HW_RESERVED,
			.name = "memreserve",
			.source = source,
		};

		if (!fdt_get_mem_rsv(blob, n, &memory.range.start,
				     &memory.range.size) &&
		    memory.range.size &&
		    memory.range.start <= UINT64_MAX - (memory.range.size - 1))
			jhcfg_board_add_memory(board, &memory);
	}
}

void dt_add_memory(struct dt_tree *tree, struct jhcfg_board *board,
		   const void *blob)
{
	uint32_t folder = dt_find_path(tree, "/reserved-memory");
	uint32_t child = DT_NONE;

	add_banks(tree, board);
	while (folder != DT_NONE &&
	       (child = dt_next_child(tree, folder, child)) != DT_NONE)
		add_node(tree, board, child, reserved_kind(tree, child));
	add_reservations(tree, board, blob);
}
