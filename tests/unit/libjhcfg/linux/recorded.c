// SPDX-License-Identifier: GPL-2.0-or-later
#include "recorded.h"

#include <cmocka_all.h>
#include <stdio.h>

struct jhcfg_board *recorded_board(const char *name, struct jhcfg_diags **diags)
{
	struct jhcfg_board *board = NULL;
	char path[512];

	*diags = jhcfg_diags_new();
	snprintf(path, sizeof(path), MACHINES "/%s.tar.gz", name);
	assert_int_equal(jhcfg_import_machine(path, *diags, &board), 0);
	return board;
}

const struct jhcfg_hw_device *recorded_device(const struct jhcfg_board *board,
					      const char *name)
{
	size_t n = jhcfg_board_find_device(board, name);

	if (n == JHCFG_NO_INDEX)
		fail_msg("no device \"%s\"", name);
	return jhcfg_board_device(board, n);
}

const struct jhcfg_hw_pci_function *recorded_function(
	const struct jhcfg_board *board, uint16_t bdf)
{
	const struct jhcfg_hw_pci_function *function;

	for (size_t n = 0; (function = jhcfg_board_pci_function(board, n)); n++)
		if (function->bdf == bdf)
			return function;
	fail_msg("no PCI function 0x%x", bdf);
	return NULL;
}
