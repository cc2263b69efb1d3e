/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_TREES_SAME_BOARD_H
#define TESTS_TREES_SAME_BOARD_H

#include <jhcfg/board.h>

/* NULL if both say the same of every fact that the model has, else where they
 * first differ. */
const char *same_board(const struct jhcfg_board *a,
		       const struct jhcfg_board *b);

#endif
