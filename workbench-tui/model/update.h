/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One moment after the other: samples into the model. */
#ifndef TUI_UPDATE_H
#define TUI_UPDATE_H

#include "model/sample.h"

/*
 * The sample is of @clock_ms, and of @time_ms by the clock of people. Tells in
 * events what is different. -ENOMEM: the model is not complete.
 */
int update_model(struct tui_store *store, const struct sample *sample,
		 uint64_t clock_ms, int64_t time_ms);
/* How the target is attached, other than by a sample: connecting or lost. */
void update_attach(struct tui_store *store, enum tui_attach attach,
		   const char *reason);
/* As if nothing had been seen, for a jump back in time. */
void update_begin_again(struct tui_store *store);

/* update_cells.c */
int update_cells(struct tui_store *store, const struct sample *sample);
/* All are gone, without a word about each. */
void update_no_cells(struct tui_store *store);
/* update_machine.c: CPUs and pools */
int update_machine(struct tui_store *store, const struct sample *sample);

#endif
