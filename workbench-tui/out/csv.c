// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A line for each counter of each cell and CPU: columns are the same whatever
 * the machine counts. What is not known is empty. RFC 4180, but with the line
 * ends of this system.
 */
#include <inttypes.h>

#include "out/out.h"

static void field(FILE *out, const char *text)
{
	putc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	putc('"', out);
}

static void number(FILE *out, uint64_t value)
{
	putc(',', out);
	if (value != TUI_NO_VALUE)
		fprintf(out, "%" PRIu64, value);
}

static void milli(FILE *out, uint64_t value)
{
	putc(',', out);
	if (value != TUI_NO_VALUE)
		out_milli(out, value);
}

/* @cpu NULL: of all of them */
static void line(FILE *out, const struct tui_model *model,
		 const struct tui_cell *cell, const struct tui_cell_cpu *cpu,
		 size_t reason)
{
	const struct tui_counter *counter =
		cpu ? &cpu->counters[reason] : &cell->counters[reason];

	fprintf(out, "%" PRId64 ",", model->time_ms);
	field(out, model->target);
	fprintf(out, ",%u,", cell->id);
	field(out, cell->name);
	putc(',', out);
	field(out, cell->state_name);
	putc(',', out);
	if (cpu)
		fprintf(out, "%u", cpu->cpu);
	fprintf(out, ",%s", model->reasons[reason].name);
	number(out, counter->total);
	milli(out, counter->rate_milli);
	milli(out, counter->peak_milli);
	milli(out, cpu ? TUI_NO_VALUE : cell->budget_milli[reason]);
	putc('\n', out);
}

static void refresh(struct out_state *state, const struct tui_model *model)
{
	FILE *out = state->out;

	if (!state->refreshes)
		fputs("time_ms,target,id,cell,state,cpu,reason,total,rate,"
		      "peak,budget\n",
		      out);
	for (size_t n = 0; n < model->num_cells; n++) {
		const struct tui_cell *cell = &model->cells[n];

		for (size_t r = 0; r < model->num_reasons; r++)
			line(out, model, cell, NULL, r);
		for (size_t c = 0; c < cell->num_cpus; c++) {
			for (size_t r = 0; r < model->num_reasons; r++)
				line(out, model, cell, &cell->cpus[c], r);
		}
	}
}

const struct out_format out_csv = { TUI_OUT_CSV, refresh };
