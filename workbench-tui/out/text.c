// SPDX-License-Identifier: GPL-2.0-or-later
/* The screen's tables as lines, for logs and for people without a terminal. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "out/out.h"

#define MAX_SHOWN TUI_MAX_COLUMNS

static void print_time(FILE *out, int64_t time_ms)
{
	time_t seconds = (time_t)(time_ms / 1000);
	struct tm tm;
	char text[32] = "-";

	if (localtime_r(&seconds, &tm))
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	fprintf(out, "%s.%03d", text, (int)(time_ms % 1000));
}

static void gauge(FILE *out, const char *name, const struct tui_gauge *gauge,
		  void (*format)(uint64_t value, char *text, size_t size))
{
	char used[24], size[24];

	format(gauge->used, used, sizeof(used));
	format(gauge->size, size, sizeof(size));
	fprintf(out, "%s %s/%s  ", name, used, size);
}

static void head(FILE *out, const struct tui_model *model)
{
	char text[24];

	fputs("jh-top ", out);
	print_time(out, model->time_ms);
	fprintf(out, "  %s  hypervisor %s%s%s\n",
		*model->board ? model->board : model->target,
		out_attach_name(model->attach), *model->reason ? ": " : "",
		model->reason);
	if (model->attach == TUI_CONNECTING || model->attach == TUI_LOST)
		return;
	gauge(out, "pool", &model->mem_pool, tui_format_count);
	gauge(out, "remap", &model->remap_pool, tui_format_count);
	gauge(out, "memory", &model->memory, tui_format_bytes);
	fputs("load", out);
	for (size_t n = 0; n < 3; n++) {
		if (model->load_milli[n] == TUI_NO_VALUE)
			fputs(" -", out);
		else
			fprintf(out, " %" PRIu64 ".%02" PRIu64,
				model->load_milli[n] / 1000,
				model->load_milli[n] % 1000 / 10);
	}
	tui_format_bytes(model->console_bytes.rate_milli == TUI_NO_VALUE
				 ? TUI_NO_VALUE
				 : model->console_bytes.rate_milli / 1000,
			 text, sizeof(text));
	fprintf(out, "  console %s/s\nCPU", text);
	for (size_t n = 0; n < model->num_cpus; n++) {
		const struct tui_cpu *cpu = &model->cpus[n];
		const char *owner = out_owner(model, cpu->owner);

		fprintf(out, " %u[%s%s]", cpu->cpu, owner ? owner : "-",
			cpu->failed ? "!" : "");
	}
	putc('\n', out);
}

/* --- the table ------------------------------------------------------------ */

/* Columns that were asked for, else all; @count of them. */
static size_t choose(const struct out_state *state,
		     const struct tui_column *shown[MAX_SHOWN])
{
	const char *at = state->options->columns;
	size_t count = 0;

	for (size_t n = 0; !at && n < state->columns.count; n++)
		shown[count++] = &state->columns.all[n];
	while (at && *at && count < MAX_SHOWN) {
		size_t length = strcspn(at, ",");
		char name[48];

		snprintf(name, sizeof(name), "%.*s", (int)length, at);
		shown[count] = tui_columns_find(&state->columns, name);
		count += !!shown[count];
		at += length + (at[length] == ',');
	}
	return count;
}

static void print_cell(FILE *out, const struct tui_column *column,
		       const char *text)
{
	int width = (int)column->width;

	if (column->right)
		fprintf(out, " %*s", width, text);
	else
		fprintf(out, " %-*s", width, text);
}

static void table(struct out_state *state, const struct tui_model *model)
{
	const struct tui_column *shown[MAX_SHOWN];
	const struct tui_row *row;
	size_t count;

	if (!model->num_cells)
		return;
	if (state->columns.num_reasons != model->num_reasons ||
	    !state->columns.count)
		tui_columns_set(&state->columns, model);
	tui_rows_update(state->rows, model, &state->columns);
	count = choose(state, shown);
	for (size_t n = 0; n < count; n++)
		print_cell(state->out, shown[n], shown[n]->title);
	putc('\n', state->out);
	for (size_t r = 0; (row = tui_rows_at(state->rows, r)); r++) {
		for (size_t n = 0; n < count; n++) {
			char text[TUI_COLUMN_TEXT];

			tui_column_format(model, shown[n], row, text);
			print_cell(state->out, shown[n], text);
		}
		putc('\n', state->out);
	}
}

static void links(FILE *out, const struct tui_model *model)
{
	for (size_t n = 0; n < model->num_links; n++) {
		const struct tui_link *link = &model->links[n];
		char rate[24], total[32];

		tui_format_rate(link->irqs.rate_milli, rate, sizeof(rate));
		tui_format_count(link->irqs.total, total, sizeof(total));
		fprintf(out, "link %s  %s  %s  irq/s %s  total %s ", link->name,
			*link->bdf ? link->bdf : "-",
			out_link_state_name(link->state), rate, total);
		for (size_t e = 0; e < link->num_ends; e++)
			fprintf(out, " %s%s",
				*link->ends[e].cell ? link->ends[e].cell : "-",
				link->ends[e].up ? "" : "(down)");
		putc('\n', out);
	}
}

static void events(struct out_state *state, const struct tui_model *model)
{
	for (; state->events < model->num_events; state->events++) {
		const struct tui_event *event =
			tui_model_event(model, state->events + 1);

		if (!event)
			continue;
		print_time(state->out, event->time_ms);
		fprintf(state->out, "  %s\n", event->text);
	}
}

static void refresh(struct out_state *state, const struct tui_model *model)
{
	if (state->refreshes)
		putc('\n', state->out);
	head(state->out, model);
	table(state, model);
	links(state->out, model);
	events(state, model);
}

const struct out_format out_text = { TUI_OUT_TEXT, refresh };
