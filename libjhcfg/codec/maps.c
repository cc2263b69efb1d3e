// SPDX-License-Identifier: LGPL-2.1-or-later
#include "codec/maps.h"

#include <jailhouse/cell-config.h>

#define MOVES(table)                                                           \
	.moves = table, .num_moves = sizeof(table) / sizeof((table)[0])

#define COLORING                                                               \
	(JHCFG_MEM_COLORED | JHCFG_MEM_COLORED_NO_COPY |                       \
	 JHCFG_MEM_TMP_ROOT_REMAP)

/* clang-format off */
static const struct codec_move memory_flags_v11[] = {
	{ JAILHOUSE_MEM_IO_UNALIGNED, 0x0100, 1 },
};
const struct codec_map codec_memory_flags_v11 = {
	.is_flags = true, .foreign = COLORING | JAILHOUSE_MEM_NO_HUGEPAGES, MOVES(memory_flags_v11)
};
const struct codec_map codec_memory_flags = {
	.is_flags = true, .foreign = COLORING
};
const struct codec_map codec_memory_flags_colored = {
	.is_flags = true, .foreign = COLORING & ~JHCFG_MEM_COLORED
};
const struct codec_map codec_memory_flags_omnivisor = {
	.is_flags = true, .foreign = 0
};

#define FORK_CELL_FLAGS \
	(JHCFG_CELL_USE_VIRT_CPUID | JHCFG_CELL_DEBUG_CONSOLE)

static const struct codec_move cell_flags_v9[] = {
	{ JHCFG_CELL_DEBUG_CONSOLE,   0x0002, 1 },
	{ JAILHOUSE_CELL_TEST_DEVICE, 0x0004, 1 },
};
const struct codec_map codec_cell_flags_v9 = {
	.is_flags = true,
	.foreign = JHCFG_CELL_USE_VIRT_CPUID | JAILHOUSE_CELL_AARCH32 |
		JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED |
		JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE,
	MOVES(cell_flags_v9)
};
const struct codec_map codec_cell_flags_v10 = {
	.is_flags = true, .foreign = FORK_CELL_FLAGS | JAILHOUSE_CELL_AARCH32
};
const struct codec_map codec_cell_flags = {
	.is_flags = true, .foreign = FORK_CELL_FLAGS
};
const struct codec_map codec_cell_flags_openeuler = {
	.is_flags = true, .foreign = JHCFG_CELL_DEBUG_CONSOLE
};

static const struct codec_move console_type_v9[] = {
	{ JHCFG_CON_TYPE_VGA, 1, 1 },
};
const struct codec_map codec_console_type_v9 = { MOVES(console_type_v9) };

/* bit 4 of the file's number is bit 0 here */
static const struct codec_move console_flags_v9[] = {
	{ JHCFG_CON_SECOND_ON_ROOT_PAGE, 0x0010, 1 },
};
const struct codec_map codec_console_flags_v9 = {
	.is_flags = true,
	.foreign = JAILHOUSE_CON_FB_1920x1080 | JAILHOUSE_CON_INVERTED_GATE |
		JAILHOUSE_CON_MDR_QUIRK,
	MOVES(console_flags_v9)
};
const struct codec_map codec_console_flags = {
	.is_flags = true, .foreign = JHCFG_CON_SECOND_ON_ROOT_PAGE
};

static const struct codec_move console_type_bu[] = {
	{ JHCFG_CON_TYPE_LINFLEX, 9, 1 },
};
const struct codec_map codec_console_type_bu = { MOVES(console_type_bu) };
const struct codec_map codec_console_type = { .is_flags = false };

static const struct codec_move protocol_v11[] = {
	{ JAILHOUSE_SHMEM_PROTO_VETH,   0x0100, 1 },
	{ JAILHOUSE_SHMEM_PROTO_CUSTOM, 0x8000, 0x4000 },
};
const struct codec_map codec_protocol_v11 = { MOVES(protocol_v11) };

/* 0 is AMD there, and unused slots are 0, too: see the record's complete() */
static const struct codec_move iommu_type_ti[] = {
	{ JAILHOUSE_IOMMU_AMD, 0, 4 },
	{ 0,                   0, 1 },
};
const struct codec_map codec_iommu_type_ti = { MOVES(iommu_type_ti) };
/* clang-format on */

static uint64_t flags_encode(const struct codec_map *map, uint64_t value)
{
	uint64_t flags = 0;

	value &= ~map->foreign;
	for (unsigned int n = 0; n < map->num_moves; n++) {
		if (value & map->moves[n].model)
			flags |= map->moves[n].file;
		value &= ~map->moves[n].model;
	}
	/* a bit that nobody knows must not turn into one that means more */
	for (unsigned int n = 0; n < map->num_moves; n++)
		value &= ~map->moves[n].file;
	return flags | value;
}

static uint64_t flags_decode(const struct codec_map *map, uint64_t value)
{
	uint64_t flags = 0;

	for (unsigned int n = 0; n < map->num_moves; n++) {
		if (value & map->moves[n].file)
			flags |= map->moves[n].model;
		value &= ~map->moves[n].file;
	}
	for (unsigned int n = 0; n < map->num_moves; n++)
		value &= ~map->moves[n].model;
	return flags | (value & ~map->foreign);
}

uint64_t codec_map_encode(const struct codec_map *map, uint64_t value)
{
	if (map->is_flags)
		return flags_encode(map, value);
	for (unsigned int n = 0; n < map->num_moves; n++) {
		const struct codec_move *move = &map->moves[n];

		if (value - move->model < move->count)
			return value - move->model + move->file;
	}
	/* what the file would understand as something else */
	for (unsigned int n = 0; n < map->num_moves; n++) {
		if (value - map->moves[n].file < map->moves[n].count)
			return 0;
	}
	return value;
}

uint64_t codec_map_decode(const struct codec_map *map, uint64_t value)
{
	if (map->is_flags)
		return flags_decode(map, value);
	for (unsigned int n = 0; n < map->num_moves; n++) {
		const struct codec_move *move = &map->moves[n];

		if (value - move->file < move->count)
			return value - move->file + move->model;
	}
	for (unsigned int n = 0; n < map->num_moves; n++) {
		if (value - map->moves[n].model < map->moves[n].count)
			return 0;
	}
	return value;
}
