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

struct tui_store {
	struct tui_model model; /* first: what everybody else sees */
	struct tui_reason reasons[TUI_MAX_REASONS];
	struct tui_event events[TUI_MAX_EVENTS]; /* by serial, a ring */
	struct tui_line lines[TUI_MAX_LINES];
	struct tui_budgets budgets;
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
	__attribute__((format(printf, 5, 6)));
struct tui_line *tui_store_line(struct tui_store *store);

/* Copies up to @length bytes of @text as the model has texts: UTF-8 without
 * control characters, and what is none of it as '?'; cut if @size is less. */
void tui_text_copy(char *to, size_t size, const char *text, size_t length);

#endif
