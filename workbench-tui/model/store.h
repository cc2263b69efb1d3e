/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The model with the memory behind it, for the files that fill it. */
#ifndef TUI_STORE_H
#define TUI_STORE_H

#include "model/budget.h"
#include "model/model.h"

#define TUI_MAX_EVENTS 512
#define TUI_MAX_LINES  1024

/* An array that only ever grows. */
struct tui_pool {
	void *items;
	size_t capacity; /* items */
};

/* What only update.c has to know of a cell; same index as in model->cells. */
struct tui_life {
	struct tui_pool cpus;	  /* struct tui_cell_cpu, of cell->cpus */
	struct tui_pool counters; /* struct tui_counter, of these */
	size_t num_reasons;	  /* that each CPU has counters of */
	struct jhcfg_config *config;
	bool config_asked; /* it was read, or cannot be */
};

struct tui_store {
	struct tui_model model; /* first: what everybody else sees */
	struct tui_reason reasons[TUI_MAX_REASONS];
	struct tui_event events[TUI_MAX_EVENTS]; /* by serial, a ring */
	struct tui_line lines[TUI_MAX_LINES];
	struct tui_budgets budgets;
	struct tui_pool cells; /* struct tui_cell, of model->cells */
	struct tui_pool lives; /* struct tui_life */
	struct tui_pool cpus, segments, links, irqs;
	struct tui_pool bounds; /* see update_map.c */
	/* what configurations say has changed: see update_map() */
	bool map_changed;
	uint32_t last_serial; /* of cells */
	uint64_t before_ms;   /* clock_ms of the refresh before */
	bool pool_full[2];    /* it was said that it is above 90 % */
	bool seen;	      /* there was a refresh with the hypervisor */
};

struct tui_store *tui_store_new(void);
void tui_store_free(struct tui_store *store);

/* Room for @count items of @size bytes, those in it are kept. -ENOMEM. */
int tui_pool_reserve(struct tui_pool *pool, size_t count, size_t size);

/* The next event or line, empty but for its serial and time. */
struct tui_event *tui_store_event(struct tui_store *store,
				  enum tui_event_kind kind,
				  enum tui_severity severity,
				  const struct tui_cell *cell,
				  const char *format, ...)
	__attribute__((format(printf, 5, 6), nonnull(5)));
struct tui_line *tui_store_line(struct tui_store *store);
/* Says of a line that is there still what the fault that it tells of means. */
void tui_store_line_meaning(struct tui_store *store, uint64_t serial,
			    const char *meaning);

/* A counter that nothing is known of. */
#define TUI_NO_COUNTER                                                         \
	((struct tui_counter){ TUI_NO_VALUE, TUI_NO_VALUE, TUI_NO_VALUE })

/*
 * The counter is @value now, @ms after it was what it is. It has no rate where
 * there is nothing to compare with: at the first sight, when it was not known,
 * or when it went back, since then it has begun anew.
 */
bool tui_counter_added(uint64_t before, uint64_t value, uint64_t *added);
void tui_counter_set(struct tui_counter *counter, uint64_t value, uint64_t ms);
void tui_history_add(struct tui_history *history, uint64_t rate_milli);

/* Copies up to @length bytes of @text as the model has texts: UTF-8 without
 * control characters, and what is none of it as '?'; cut if @size is less. */
void tui_text_copy(char *to, size_t size, const char *text, size_t length);

#endif
