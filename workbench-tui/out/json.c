// SPDX-License-Identifier: GPL-2.0-or-later
/* A JSON object a refresh, on a line: see jh-top.schema.json. */
#include <inttypes.h>

#include "out/out.h"

/* A member's name; the first one of an object has no comma before it. */
static void key(FILE *out, bool *first, const char *name)
{
	if (!*first)
		putc(',', out);
	*first = false;
	out_quoted(out, name);
	putc(':', out);
}

static void number(FILE *out, uint64_t value)
{
	if (value == TUI_NO_VALUE)
		fputs("null", out);
	else
		fprintf(out, "%" PRIu64, value);
}

static void milli(FILE *out, uint64_t value)
{
	if (value == TUI_NO_VALUE)
		fputs("null", out);
	else
		out_milli(out, value);
}

static void text(FILE *out, const char *value)
{
	if (value && *value)
		out_quoted(out, value);
	else
		fputs("null", out);
}

static void boolean(FILE *out, bool value)
{
	fputs(value ? "true" : "false", out);
}

static void comma(FILE *out, size_t index)
{
	if (index)
		putc(',', out);
}

static void gauge(FILE *out, bool *first, const char *name,
		  const struct tui_gauge *value)
{
	key(out, first, name);
	fputs("{\"used\":", out);
	number(out, value->used);
	fputs(",\"size\":", out);
	number(out, value->size);
	putc('}', out);
}

/* Members of a counter, without the braces. */
static void counter(FILE *out, const struct tui_counter *value)
{
	fputs("\"total\":", out);
	number(out, value->total);
	fputs(",\"rate\":", out);
	milli(out, value->rate_milli);
	fputs(",\"peak\":", out);
	milli(out, value->peak_milli);
}

static void whole_counter(FILE *out, const struct tui_counter *value)
{
	putc('{', out);
	counter(out, value);
	putc('}', out);
}

/* --- cells ---------------------------------------------------------------- */

static void cell_cpus(FILE *out, const struct tui_model *model,
		      const struct tui_cell *cell)
{
	for (size_t n = 0; n < cell->num_cpus; n++) {
		const struct tui_cell_cpu *cpu = &cell->cpus[n];

		comma(out, n);
		fprintf(out, "{\"cpu\":%u,\"failed\":%s,\"exits\":{", cpu->cpu,
			cpu->failed ? "true" : "false");
		for (size_t r = 0; r < model->num_reasons; r++) {
			comma(out, r);
			out_quoted(out, model->reasons[r].name);
			putc(':', out);
			whole_counter(out, &cpu->counters[r]);
		}
		fputs("}}", out);
	}
}

static void cell_exits(FILE *out, const struct tui_model *model,
		       const struct tui_cell *cell)
{
	for (size_t r = 0; r < model->num_reasons; r++) {
		comma(out, r);
		out_quoted(out, model->reasons[r].name);
		fputs(":{", out);
		counter(out, &cell->counters[r]);
		fputs(",\"budget\":", out);
		milli(out, cell->budget_milli[r]);
		fputs(",\"exceeded\":", out);
		boolean(out, cell->over[r] == TUI_BUDGET_EXCEEDED);
		putc('}', out);
	}
}

static void cells(FILE *out, const struct tui_model *model)
{
	for (size_t n = 0; n < model->num_cells; n++) {
		const struct tui_cell *cell = &model->cells[n];

		comma(out, n);
		fprintf(out,
			"{\"id\":%u,\"serial\":%" PRIu32 ",\"name\":", cell->id,
			cell->serial);
		out_quoted(out, cell->name);
		fputs(",\"state\":", out);
		out_quoted(out, cell->state_name);
		fputs(",\"ram\":", out);
		number(out, cell->ram);
		fputs(",\"unchanged_ms\":", out);
		number(out, cell->since_ms == TUI_NO_VALUE
				    ? TUI_NO_VALUE
				    : model->clock_ms - cell->since_ms);
		fputs(",\"exits\":{", out);
		cell_exits(out, model, cell);
		fputs("},\"cpus\":[", out);
		cell_cpus(out, model, cell);
		fputs("]}", out);
	}
}

/* --- links and interrupts ------------------------------------------------- */

static void link_ends(FILE *out, const struct tui_link *link)
{
	for (size_t n = 0; n < link->num_ends && n < TUI_MAX_END; n++) {
		comma(out, n);
		fprintf(out, "{\"id\":%zu,\"cell\":", n);
		text(out, link->ends[n].cell);
		fputs(",\"up\":", out);
		boolean(out, link->ends[n].up);
		putc('}', out);
	}
}

static void links(FILE *out, const struct tui_model *model)
{
	for (size_t n = 0; n < model->num_links; n++) {
		const struct tui_link *link = &model->links[n];
		bool first = true;

		comma(out, n);
		putc('{', out);
		key(out, &first, "name");
		out_quoted(out, link->name);
		key(out, &first, "device");
		text(out, link->bdf);
		key(out, &first, "driver");
		text(out, link->driver);
		key(out, &first, "kind");
		text(out, link->kind);
		key(out, &first, "state");
		out_quoted(out, out_link_state_name(link->state));
		key(out, &first, "ends");
		putc('[', out);
		link_ends(out, link);
		putc(']', out);
		key(out, &first, "irqs");
		whole_counter(out, &link->irqs);
		key(out, &first, "vectors");
		putc('[', out);
		for (size_t v = 0; v < link->num_vectors; v++) {
			comma(out, v);
			whole_counter(out, &link->vectors[v]);
		}
		putc(']', out);
		key(out, &first, "rx_bytes");
		whole_counter(out, &link->rx_bytes);
		key(out, &first, "tx_bytes");
		whole_counter(out, &link->tx_bytes);
		putc('}', out);
	}
}

static void irqs(FILE *out, const struct tui_model *model)
{
	for (size_t n = 0; n < model->num_irqs; n++) {
		const struct tui_irq *irq = &model->irqs[n];

		comma(out, n);
		fprintf(out, "{\"number\":%u,\"owner\":", irq->number);
		text(out, out_owner(model, irq->owner));
		fputs(",\"name\":", out);
		text(out, irq->name);
		fputs(",\"count\":", out);
		whole_counter(out, &irq->count);
		putc('}', out);
	}
}

/* --- the machine ---------------------------------------------------------- */

static void cpus(FILE *out, const struct tui_model *model)
{
	for (size_t n = 0; n < model->num_cpus; n++) {
		const struct tui_cpu *cpu = &model->cpus[n];

		comma(out, n);
		fprintf(out, "{\"cpu\":%u,\"owner\":", cpu->cpu);
		text(out, out_owner(model, cpu->owner));
		fputs(",\"failed\":", out);
		boolean(out, cpu->failed);
		putc('}', out);
	}
}

static void segments(FILE *out, const struct tui_model *model)
{
	for (size_t n = 0; n < model->num_segments; n++) {
		comma(out, n);
		fputs("{\"owner\":", out);
		text(out, out_owner(model, model->segments[n].owner));
		fputs(",\"bytes\":", out);
		number(out, model->segments[n].bytes);
		putc('}', out);
	}
}

static void events(struct out_state *state, const struct tui_model *model)
{
	static const char *const severities[] = {
		[TUI_INFO] = "info",
		[TUI_WARNING] = "warning",
		[TUI_ERROR] = "error",
	};
	static const char *const kinds[] = {
		[TUI_EVENT_ATTACH] = "attach", [TUI_EVENT_CELL] = "cell",
		[TUI_EVENT_CPU] = "cpu",       [TUI_EVENT_POOL] = "pool",
		[TUI_EVENT_BUDGET] = "budget", [TUI_EVENT_FAULT] = "fault",
		[TUI_EVENT_ACTION] = "action",
	};
	FILE *out = state->out;
	size_t count = 0;

	for (; state->events < model->num_events; state->events++) {
		const struct tui_event *event =
			tui_model_event(model, state->events + 1);

		if (!event)
			continue;
		comma(out, count++);
		fprintf(out,
			"{\"time_ms\":%" PRId64
			",\"kind\":\"%s\",\"severity\":\"%s\",\"text\":",
			event->time_ms, kinds[event->kind],
			severities[event->severity]);
		out_quoted(out, event->text);
		putc('}', out);
	}
}

static void load(FILE *out, const struct tui_model *model)
{
	for (size_t n = 0; n < 3; n++) {
		comma(out, n);
		milli(out, model->load_milli[n]);
	}
}

static void refresh(struct out_state *state, const struct tui_model *model)
{
	FILE *out = state->out;
	bool first = true;

	putc('{', out);
	key(out, &first, "time_ms");
	fprintf(out, "%" PRId64, model->time_ms);
	key(out, &first, "clock_ms");
	number(out, model->clock_ms);
	key(out, &first, "target");
	out_quoted(out, model->target);
	key(out, &first, "state");
	out_quoted(out, out_attach_name(model->attach));
	key(out, &first, "reason");
	text(out, model->reason);
	key(out, &first, "root");
	text(out, model->board);
	key(out, &first, "architecture");
	text(out, model->arch);
	key(out, &first, "version");
	text(out, model->version);
	key(out, &first, "irqchip");
	text(out, model->irqchip);
	gauge(out, &first, "mem_pool", &model->mem_pool);
	gauge(out, &first, "remap_pool", &model->remap_pool);
	gauge(out, &first, "memory", &model->memory);
	key(out, &first, "load");
	putc('[', out);
	load(out, model);
	putc(']', out);
	key(out, &first, "console_bytes");
	whole_counter(out, &model->console_bytes);
	key(out, &first, "budgets_exceeded");
	number(out, model->budgets_exceeded);
	key(out, &first, "cpus");
	putc('[', out);
	cpus(out, model);
	putc(']', out);
	key(out, &first, "segments");
	putc('[', out);
	segments(out, model);
	putc(']', out);
	key(out, &first, "cells");
	putc('[', out);
	cells(out, model);
	putc(']', out);
	key(out, &first, "links");
	putc('[', out);
	links(out, model);
	putc(']', out);
	key(out, &first, "irqs");
	putc('[', out);
	irqs(out, model);
	putc(']', out);
	key(out, &first, "events");
	putc('[', out);
	events(state, model);
	fputs("]}\n", out);
}

const struct out_format out_json = { TUI_OUT_JSON, refresh };
