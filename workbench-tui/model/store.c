// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/store.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tui_store *tui_store_new(void)
{
	struct tui_store *store = calloc(1, sizeof(*store));
	struct tui_model *model;

	if (!store)
		return NULL;
	model = &store->model;
	model->target = "";
	model->reasons = store->reasons;
	model->mem_pool = model->remap_pool = model->memory =
		(struct tui_gauge){ TUI_NO_VALUE, TUI_NO_VALUE };
	for (size_t n = 0; n < 3; n++)
		model->load_milli[n] = TUI_NO_VALUE;
	model->console_bytes = TUI_NO_COUNTER;
	return store;
}

void tui_store_free(struct tui_store *store)
{
	struct tui_life *lives;

	if (!store)
		return;
	lives = store->lives.items;
	for (size_t n = 0; n < store->lives.capacity; n++) {
		jhcfg_config_free(lives[n].config);
		free(lives[n].cpus.items);
		free(lives[n].counters.items);
	}
	free(store->lives.items);
	free(store->cells.items);
	free(store->cpus.items);
	free(store->segments.items);
	free(store->links.items);
	free(store->irqs.items);
	free(store->bounds.items);
	free(store);
}

int tui_pool_reserve(struct tui_pool *pool, size_t count, size_t size)
{
	size_t wanted = pool->capacity ? pool->capacity : count;
	void *grown;

	if (count <= pool->capacity)
		return 0;
	if (wanted < 8)
		wanted = 8;
	while (wanted < count) {
		if (__builtin_mul_overflow(wanted, 2, &wanted))
			return -ENOMEM;
	}
	grown = reallocarray(pool->items, wanted, size);
	if (!grown)
		return -ENOMEM;
	memset((char *)grown + pool->capacity * size, 0,
	       (wanted - pool->capacity) * size);
	pool->items = grown;
	pool->capacity = wanted;
	return 0;
}

/* --- rings ---------------------------------------------------------------- */

struct tui_event *tui_store_event(struct tui_store *store,
				  enum tui_event_kind kind,
				  enum tui_severity severity,
				  const struct tui_cell *cell,
				  const char *format, ...)
{
	struct tui_model *model = &store->model;
	struct tui_event *event =
		&store->events[model->num_events++ % TUI_MAX_EVENTS];
	va_list args;

	*event = (struct tui_event){
		.serial = model->num_events,
		.time_ms = model->time_ms,
		.kind = kind,
		.severity = severity,
		.cell_serial = cell ? cell->serial : 0,
	};
	va_start(args, format);
	vsnprintf(event->text, sizeof(event->text), format, args);
	va_end(args);
	/* a name may have been cut in the middle of a character */
	tui_text_copy(event->text, sizeof(event->text), event->text,
		      strlen(event->text));
	return event;
}

struct tui_line *tui_store_line(struct tui_store *store)
{
	struct tui_model *model = &store->model;
	struct tui_line *line =
		&store->lines[model->num_lines++ % TUI_MAX_LINES];

	memset(line, 0, sizeof(*line));
	line->serial = model->num_lines;
	line->time_ms = model->time_ms;
	return line;
}

/* Is @serial among the last @size of @count? */
static bool in_ring(uint64_t serial, uint64_t count, uint64_t size)
{
	return serial && serial <= count && count - serial < size;
}

const struct tui_event *tui_model_event(const struct tui_model *model,
					uint64_t serial)
{
	const struct tui_store *store = (const struct tui_store *)model;

	return in_ring(serial, model->num_events, TUI_MAX_EVENTS)
		       ? &store->events[(serial - 1) % TUI_MAX_EVENTS]
		       : NULL;
}

const struct tui_line *tui_model_line(const struct tui_model *model,
				      uint64_t serial)
{
	const struct tui_store *store = (const struct tui_store *)model;

	return in_ring(serial, model->num_lines, TUI_MAX_LINES)
		       ? &store->lines[(serial - 1) % TUI_MAX_LINES]
		       : NULL;
}

void tui_store_line_meaning(struct tui_store *store, uint64_t serial,
			    const char *meaning)
{
	struct tui_line *line = &store->lines[(serial - 1) % TUI_MAX_LINES];

	if (in_ring(serial, store->model.num_lines, TUI_MAX_LINES))
		tui_text_copy(line->meaning, sizeof(line->meaning), meaning,
			      strlen(meaning));
}

/* --- look-ups ------------------------------------------------------------- */

uint64_t tui_history_at(const struct tui_history *history, unsigned int age)
{
	uint32_t rate;

	if (age >= history->count || age >= TUI_HISTORY)
		return TUI_NO_VALUE;
	rate = history->rate_milli[(history->next + TUI_HISTORY - 1 - age) %
				   TUI_HISTORY];
	return rate == UINT32_MAX ? TUI_NO_VALUE : rate;
}

int tui_model_find_cell(const struct tui_model *model, uint32_t serial)
{
	for (size_t n = 0; n < model->num_cells; n++) {
		if (model->cells[n].serial == serial)
			return (int)n;
	}
	return -1;
}

int tui_model_find_reason(const struct tui_model *model, const char *name)
{
	for (size_t n = 0; n < model->num_reasons; n++) {
		if (!strcmp(model->reasons[n].name, name))
			return (int)n;
	}
	return -1;
}
