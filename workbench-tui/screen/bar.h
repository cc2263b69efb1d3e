/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much of a line something gets. */
#ifndef TUI_BAR_H
#define TUI_BAR_H

#include <stddef.h>
#include <stdint.h>

/*
 * Shares @width columns between @count parts as their sizes are, so that all
 * are given away and none that there is vanishes, as far as there are enough.
 * If all sizes are 0, none gets any.
 */
void tui_bar_share(const uint64_t *sizes, size_t count, unsigned int width,
		   unsigned int *columns);
/* Columns of @width that @used of @size fills; 1 at least if it is any. */
unsigned int tui_bar_fill(uint64_t used, uint64_t size, unsigned int width);

#endif
