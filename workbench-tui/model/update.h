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
/* The cell was given this configuration, which is the store's from now on; it
 * is freed if the cell is gone. */
void update_config(struct tui_store *store, uint32_t serial,
		   struct jhcfg_config *config);
/* Of which cell a configuration is wanted, and was not asked for yet: it
 * counts as asked for from here on. -1: of none. */
int update_config_wanted(struct tui_store *store);
/* All of them are wanted once more. */
void update_configs_again(struct tui_store *store);
/* update_map.c: whose memory is where, as configurations say */
int update_map(struct tui_store *store);
/* update_machine.c: CPUs and pools */
int update_machine(struct tui_store *store, const struct sample *sample);

#endif
