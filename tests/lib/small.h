/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The least that can be shared, one CPU, 16 MiB of memory and a UART, and cells
 * without anything. */
#ifndef TESTS_SMALL_H
#define TESTS_SMALL_H

#include <jhcfg/workspace.h>

/* A system with nothing but the root, for such a board; NULL if it cannot be
 * made. The caller frees it. */
struct jhcfg_workspace *small_system(void);

/* A board with a name and nothing else, and what it says of "later", of a newer
 * format. The caller frees it; a test fails if it cannot be made. */
struct jhcfg_board *small_board(const char *name);

/* Adds a cell with a name and nothing else, as a step "Add cell" of its own.
 * Its key; a test fails if it cannot. */
uint32_t small_add_cell(struct jhcfg_workspace *workspace, const char *name);

#endif
