/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reasons of exits: the counters that a machine has. */
#ifndef TUI_REASON_H
#define TUI_REASON_H

#include "model/store.h"

/* Counters come in the same order for each CPU: which came after each one. */
struct reason_hint {
	int last;
	unsigned char next[TUI_MAX_REASONS];
};

/*
 * Index of the reason that the counter called @name is of; it is added if it
 * is new. -1: it is none that we show (a time, a strange name), or there are
 * too many. Index 0 is "vmexits_total", whatever comes first.
 */
int reason_find(struct tui_store *store, const char *name,
		struct reason_hint *hint);

#endif
