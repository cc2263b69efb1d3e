// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Metrics, in Prometheus' text format or as OpenMetrics: they differ in the
 * names of families of counters and in how they end.
 */
#include <inttypes.h>
#include <string.h>

#include "out/out.h"

struct writer {
	FILE *out;
	enum out_metrics form;
	const struct tui_model *model;
	const char *name; /* of the family */
};

/* The family of what follows. Names of counters end with _total. */
static void family(struct writer *writer, const char *name, const char *type,
		   const char *help)
{
	size_t length = strlen(name);

	writer->name = name;
	if (writer->form == OUT_METRICS_OPEN && !strcmp(type, "counter"))
		length -= strlen("_total");
	fprintf(writer->out, "# HELP %.*s %s\n# TYPE %.*s %s\n", (int)length,
		name, help, (int)length, name, type);
}

/* --- samples: a name, labels, a value ------------------------------------- */

static void begin(struct writer *writer)
{
	fputs(writer->name, writer->out);
}

static void label(struct writer *writer, char separator, const char *name,
		  const char *value)
{
	fprintf(writer->out, "%c%s=", separator, name);
	out_quoted(writer->out, value);
}

static void label_number(struct writer *writer, char separator,
			 const char *name, size_t value)
{
	fprintf(writer->out, "%c%s=\"%zu\"", separator, name, value);
}

static void value(struct writer *writer, bool labels, uint64_t number)
{
	fprintf(writer->out, "%s %" PRIu64 "\n", labels ? "}" : "", number);
}

/* What is not known has no sample. */
static void plain(struct writer *writer, uint64_t number)
{
	if (number == TUI_NO_VALUE)
		return;
	begin(writer);
	value(writer, false, number);
}

static void labelled(struct writer *writer, const char *name, const char *text,
		     uint64_t number)
{
	if (number == TUI_NO_VALUE)
		return;
	begin(writer);
	label(writer, '{', name, text);
	value(writer, true, number);
}

static void begin_cell(struct writer *writer, const struct tui_cell *cell)
{
	begin(writer);
	label(writer, '{', "cell", cell->name);
	label_number(writer, ',', "id", cell->id);
}

/* --- families ------------------------------------------------------------- */

static void machine(struct writer *writer)
{
	const struct tui_model *model = writer->model;

	family(writer, "jailhouse_up", "gauge",
	       "1 if the target could be looked at.");
	plain(writer,
	      model->attach != TUI_LOST && model->attach != TUI_CONNECTING);
	family(writer, "jailhouse_enabled", "gauge",
	       "1 if the hypervisor is enabled.");
	plain(writer, model->attach == TUI_ENABLED);
	family(writer, "jailhouse_pool_pages", "gauge",
	       "Pages that a pool of the hypervisor has.");
	labelled(writer, "pool", "mem", model->mem_pool.size);
	labelled(writer, "pool", "remap", model->remap_pool.size);
	family(writer, "jailhouse_pool_used_pages", "gauge",
	       "Pages of a pool of the hypervisor that are in use.");
	labelled(writer, "pool", "mem", model->mem_pool.used);
	labelled(writer, "pool", "remap", model->remap_pool.used);
	family(writer, "jailhouse_console_bytes_total", "counter",
	       "Bytes on the hypervisor's console that were seen.");
	plain(writer, model->console_bytes.total);
	family(writer, "jailhouse_budgets_exceeded_total", "counter",
	       "Times that a cell began to exceed an exit budget.");
	plain(writer, model->budgets_exceeded);
	family(writer, "jailhouse_cells", "gauge", "Cells that exist.");
	plain(writer, model->num_cells);
}

static void cell_state(struct writer *writer)
{
	const struct tui_model *model = writer->model;

	family(writer, "jailhouse_cell_state", "gauge",
	       "1 for the state that a cell is in.");
	for (size_t n = 0; n < model->num_cells; n++) {
		begin_cell(writer, &model->cells[n]);
		label(writer, ',', "state", model->cells[n].state_name);
		value(writer, true, 1);
	}
}

static uint64_t cpus_of(const struct tui_cell *cell)
{
	return cell->num_cpus;
}

static uint64_t failed_of(const struct tui_cell *cell)
{
	return cell->num_failed;
}

static uint64_t ram_of(const struct tui_cell *cell)
{
	return cell->ram;
}

/* A number of each cell. */
static const struct cell_row {
	const char *name, *help;
	uint64_t (*get)(const struct tui_cell *cell);
} cell_rows[] = {
	{ "jailhouse_cell_cpus", "CPUs that a cell has.", cpus_of },
	{ "jailhouse_cell_failed_cpus", "CPUs that were stopped for a fault.",
	  failed_of },
	{ "jailhouse_cell_memory_bytes", "Memory that a cell has.", ram_of },
};

static void cell_numbers(struct writer *writer)
{
	const struct tui_model *model = writer->model;

	for (size_t r = 0; r < sizeof(cell_rows) / sizeof(*cell_rows); r++) {
		family(writer, cell_rows[r].name, "gauge", cell_rows[r].help);
		for (size_t n = 0; n < model->num_cells; n++) {
			uint64_t number = cell_rows[r].get(&model->cells[n]);

			if (number == TUI_NO_VALUE)
				continue;
			begin_cell(writer, &model->cells[n]);
			value(writer, true, number);
		}
	}
}

static void exits_of(struct writer *writer, const struct tui_cell *cell,
		     const struct tui_cell_cpu *cpu)
{
	const struct tui_model *model = writer->model;

	/* "total" is what those of all reasons add up to */
	for (size_t r = 1; r < model->num_reasons; r++) {
		if (cpu->counters[r].total == TUI_NO_VALUE)
			continue;
		begin_cell(writer, cell);
		label_number(writer, ',', "cpu", cpu->cpu);
		label(writer, ',', "reason", model->reasons[r].name);
		value(writer, true, cpu->counters[r].total);
	}
}

static void exits(struct writer *writer)
{
	const struct tui_model *model = writer->model;

	family(writer, "jailhouse_cell_exits_total", "counter",
	       "Exits to the hypervisor by reason; a counter of a CPU starts "
	       "again after 2147483647.");
	for (size_t n = 0; n < model->num_cells; n++) {
		const struct tui_cell *cell = &model->cells[n];

		for (size_t c = 0; c < cell->num_cpus; c++)
			exits_of(writer, cell, &cell->cpus[c]);
	}
}

static void links(struct writer *writer)
{
	const struct tui_model *model = writer->model;

	family(writer, "jailhouse_link_interrupts_total", "counter",
	       "Interrupts of an ivshmem device that the root took.");
	for (size_t n = 0; n < model->num_links; n++)
		labelled(writer, "link", model->links[n].name,
			 model->links[n].irqs.total);
	family(writer, "jailhouse_link_received_bytes_total", "counter",
	       "Bytes that the root received by a network link.");
	for (size_t n = 0; n < model->num_links; n++)
		labelled(writer, "link", model->links[n].name,
			 model->links[n].rx_bytes.total);
	family(writer, "jailhouse_link_sent_bytes_total", "counter",
	       "Bytes that the root sent by a network link.");
	for (size_t n = 0; n < model->num_links; n++)
		labelled(writer, "link", model->links[n].name,
			 model->links[n].tx_bytes.total);
}

void out_metrics_write(FILE *out, const struct tui_model *model,
		       enum out_metrics form)
{
	struct writer writer = { .out = out, .form = form, .model = model };

	machine(&writer);
	cell_state(&writer);
	cell_numbers(&writer);
	exits(&writer);
	links(&writer);
	if (form == OUT_METRICS_OPEN)
		fputs("# EOF\n", out);
}
