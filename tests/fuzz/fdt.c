// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a flattened device tree. What is accepted is a board whose
 * indices lead somewhere. */
#include <stdlib.h>

#include <jhcfg/jhcfg.h>

#include "fuzz.h"

static void check_index(const struct jhcfg_board *board, size_t index)
{
	if (index != JHCFG_NO_INDEX && index >= jhcfg_board_num_devices(board))
		abort();
}

static void check_board(const struct jhcfg_board *board)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++) {
		check_index(board, device->parent);
		for (size_t i = 0; i < device->num_refs; i++)
			check_index(board, device->refs[i].device);
		for (size_t i = 0; i < device->num_irqs; i++)
			check_index(board, device->irqs[i].controller);
		for (size_t i = 0; i < device->num_windows; i++)
			if (!device->windows[i].size)
				abort();
	}
}

int fuzz_target(const uint8_t *data, size_t size)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;

	if (!jhcfg_import_fdt(data, size, "fuzz.dtb", diags, &board))
		check_board(board);
	else if (!jhcfg_diags_count(diags, JHCFG_ERROR))
		abort();
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
	return 0;
}
