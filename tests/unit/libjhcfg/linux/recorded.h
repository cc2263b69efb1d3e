/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The recordings of tests/fixtures/machines. */
#ifndef TESTS_LINUX_RECORDED_H
#define TESTS_LINUX_RECORDED_H

#include <jhcfg/jhcfg.h>

/* The board of a recording ("q35-intel"); its findings are in *@diags, both
 * are the caller's. Fails the test if it cannot be read. */
struct jhcfg_board *recorded_board(const char *name,
				   struct jhcfg_diags **diags);

/* The device of this name, or a failed test. */
const struct jhcfg_hw_device *recorded_device(const struct jhcfg_board *board,
					      const char *name);
/* The PCI function, or a failed test. */
const struct jhcfg_hw_pci_function *recorded_function(
	const struct jhcfg_board *board, uint16_t bdf);

#endif
