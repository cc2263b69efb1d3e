/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_MACHINE_CHECK_H
#define TESTS_MACHINE_CHECK_H

#include "import/linux/machine.h"

struct jhcfg_board;

/* Imports the machine, and makes a root cell of it. Aborts if the board is not
 * sound, or if there is a failure without a reason. */
void machine_check(struct machine *machine);
void machine_check_board(struct jhcfg_board *board);

#endif
