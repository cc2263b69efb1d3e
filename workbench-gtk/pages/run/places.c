// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/places.h"

#include <jailhouse/cell-config.h>
#include <jhcfg/recording.h>
#include <string.h>

#include "model/owner.h"

static gboolean has_address(const struct jhcfg_cell *cell, uint64_t address)
{
	for (size_t n = 0; n < jhcfg_cell_num_memory(cell); n++) {
		const struct jhcfg_memory *memory = jhcfg_cell_memory(cell, n);

		if (address >= memory->phys_start && address - memory->phys_start < memory->size)
			return TRUE;
	}
	return FALSE;
}

/* Also those that the tree disables, since that is how one is kept for a cell. */
static gboolean is_uart(const struct jhcfg_hw_device *device)
{
	return device->kind == JHCFG_HW_DEVICE_UART && device->num_windows;
}

static guint number_of(const struct jhcfg_board *board, uint64_t address)
{
	guint number = 0;

	for (size_t n = 0; n < jhcfg_board_num_devices(board); n++) {
		const struct jhcfg_hw_device *device = jhcfg_board_device(board, n);

		number += is_uart(device) && device->windows[0].start < address;
	}
	return number;
}

guint jhw_cell_uart(const struct jhcfg_workspace *workspace, uint32_t key)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);

	if (!board || !cell)
		return JHW_NO_UART;
	for (size_t n = 0; n < jhcfg_board_num_devices(board); n++) {
		const struct jhcfg_hw_device *device = jhcfg_board_device(board, n);

		if (is_uart(device) && has_address(cell, device->windows[0].start))
			return number_of(board, device->windows[0].start);
	}
	return JHW_NO_UART;
}

JhwConsolePlace jhw_cell_place(const struct jhcfg_workspace *workspace, uint32_t key, guint id,
			       const struct jhcfg_target *target)
{
	const struct jhcfg_cell *cell = key ? jhw_cell(workspace, key) : NULL;
	const char *name = jhcfg_target_name(target);
	guint uart;

	if (jhcfg_target_recording(target))
		return (JhwConsolePlace){ .source = JHW_CONSOLE_FED, .number = id };
	if (jhcfg_target_kind(target) != JHCFG_TARGET_EMULATED || !cell ||
	    CELL_FLAGS_VIRTUAL_CONSOLE_PERMITTED(jhcfg_cell_flags(cell)))
		return (JhwConsolePlace){ .source = JHW_CONSOLE_CELL, .number = id };
	uart = jhw_cell_uart(workspace, key);
	if (uart == JHW_NO_UART)
		return (JhwConsolePlace){ .source = JHW_CONSOLE_CELL, .number = id };
	return (JhwConsolePlace){
		.source = JHW_CONSOLE_UART,
		.number = uart,
		.path = name + strlen("emu://"),
	};
}
