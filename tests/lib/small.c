// SPDX-License-Identifier: GPL-2.0-or-later
#include "small.h"

#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include <jailhouse/cell-config.h>
#include <jhcfg/project.h>

#include "model/board.h"

#define GICD 0x08000000ULL
#define UART 0x09000000ULL
#define RAM  0x40000000ULL
#define MIB  0x100000ULL

#define IO  (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)
#define RWX (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE)

static struct jhcfg_board *make_board(void)
{
	const struct jhcfg_range window = { UART, 0x1000 };
	const struct jhcfg_hw_irq irq = { .number = 33, .name = "" };
	struct jhcfg_board *board = jhcfg_board_new(JAILHOUSE_ARM64);

	if (!board)
		return NULL;
	jhcfg_board_set_name(board, "small", "");
	jhcfg_board_add_cpu(board,
			    &(struct jhcfg_hw_cpu){ .enable_method = "psci" });
	jhcfg_board_add_memory(
		board, &(struct jhcfg_hw_memory){ .kind = JHCFG_HW_RAM,
						  .range = { RAM, 16 * MIB } });
	jhcfg_board_add_irqchip(
		board, &(struct jhcfg_hw_irqchip){ .kind = JHCFG_HW_GICV3,
						   .device = JHCFG_NO_INDEX,
						   .gicd = { GICD, 0x10000 } });
	jhcfg_board_add_device(
		board, &(struct jhcfg_hw_device){ .name = "serial",
						  .path = "serial",
						  .status = "okay",
						  .parent = JHCFG_NO_INDEX,
						  .windows = &window,
						  .num_windows = 1,
						  .irqs = &irq,
						  .num_irqs = 1 });
	if (!jhcfg_board_finish(board))
		return board;
	jhcfg_board_free(board);
	return NULL;
}

static int add_region(struct jhcfg_config *config, uint64_t start,
		      uint64_t size, uint64_t flags)
{
	const struct jhcfg_memory memory = {
		.phys_start = start,
		.virt_start = start,
		.size = size,
		.flags = flags,
	};

	return jhcfg_config_insert_memory(config, SIZE_MAX, &memory);
}

static int fill(struct jhcfg_config *config)
{
	int err = jhcfg_config_set_name(config, "small");

	if (!err)
		err = add_region(config, UART, 0x1000, IO);
	if (!err)
		err = add_region(config, RAM, 16 * MIB, RWX);
	if (!err)
		err = jhcfg_config_add_cpu(config, 0);
	if (!err)
		err = jhcfg_config_add_irq(config, GICD, 33);
	return err;
}

struct jhcfg_workspace *small_system(void)
{
	struct jhcfg_board *board = make_board();
	struct jhcfg_workspace *workspace =
		board ? jhcfg_workspace_new(JAILHOUSE_ARM64, board) : NULL;
	int err = workspace ? jhcfg_workspace_begin(workspace, "Fill") : -1;

	jhcfg_board_free(board);
	if (!err) {
		err = fill(
			jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY));
		jhcfg_workspace_end(workspace);
	}
	if (!err)
		return workspace;
	jhcfg_workspace_free(workspace);
	return NULL;
}

struct jhcfg_board *small_board(const char *name)
{
	struct jhcfg_board *board = NULL;
	char text[256];

	snprintf(text, sizeof(text),
		 "{\"$schema\": \"jailhouse-workbench/board-1\", "
		 "\"name\": \"%s\", \"architecture\": \"arm64\", "
		 "\"later\": true}",
		 name);
	assert_int_equal(jhcfg_board_read(text, strlen(text), NULL, &board), 0);
	return board;
}

uint32_t small_add_cell(struct jhcfg_workspace *workspace, const char *name)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	uint32_t key = 0;

	assert_int_equal(jhcfg_config_set_name(config, name), 0);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Add cell"), 0);
	assert_int_equal(jhcfg_workspace_add_cell(workspace, config, &key), 0);
	jhcfg_workspace_end(workspace);
	jhcfg_config_free(config);
	return key;
}
