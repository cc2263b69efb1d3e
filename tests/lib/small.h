/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The least that can be shared: one CPU, 16 MiB of memory, a UART. */
#ifndef TESTS_SMALL_H
#define TESTS_SMALL_H

#include <jhcfg/workspace.h>

/* A system with nothing but the root, for such a board; NULL if it cannot be
 * made. The caller frees it. */
struct jhcfg_workspace *small_system(void);

#endif
