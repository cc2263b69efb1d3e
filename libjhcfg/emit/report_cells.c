// SPDX-License-Identifier: LGPL-2.1-or-later
/* Cells, and what each is sure to have: CPUs and memory, and the chips' pins.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "emit/report.h"
#include "emit/reserved.h"
#include "model/names.h"
#include "util/number.h"

/* --- cells --- */

static void list_cpus(const struct jhcfg_cell *cell, char *text)
{
	char run[32];

	for (unsigned int cpu = 0; cpu < JHCFG_MAX_CPUS; cpu++) {
		unsigned int last = cpu;

		if (!jhcfg_cell_has_cpu(cell, cpu))
			continue;
		while (jhcfg_cell_has_cpu(cell, last + 1))
			last++;
		if (last == cpu)
			snprintf(run, sizeof(run), "%u", cpu);
		else
			snprintf(run, sizeof(run), "%u-%u", cpu, last);
		report_append(text, run);
		cpu = last;
	}
}

static uint64_t count_ram(const struct jhcfg_cell *cell)
{
	const struct jhcfg_memory *memory;
	uint64_t size = 0;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (emit_is_ram(memory) &&
		    !(memory->flags & JAILHOUSE_MEM_ROOTSHARED))
			size += memory->size;
	return size;
}

static void set_console(struct report_row *row, unsigned int column,
			const struct jhcfg_console *console)
{
	const char *type = jhcfg_name_of(jhcfg_console_types, console->type);

	if (!console->type && !console->address)
		return;
	REPORT_SET(row, column, "%s at 0x%08" PRIx64, type ? type : "unknown",
		   console->address);
}

void report_fill_cells(const struct report *report,
		       struct report_section *section)
{
	for (size_t n = 0; n < report->num_cells; n++) {
		const struct jhcfg_cell *cell = report_cell(report, n);
		struct report_row *row = report_add(section);

		REPORT_SET(row, 0, "%s", jhcfg_cell_name(cell));
		list_cpus(cell, row->text[1]);
		report_set_size(row, 2, count_ram(cell));
		set_console(row, 3, jhcfg_cell_console(cell));
		report_append_flags(row->text[4], jhcfg_cell_flag_names,
				    jhcfg_cell_flags(cell));
	}
}

/* --- CPUs --- */

/* The cells that want it; the root has what nobody else wants. */
static void list_owners(const struct report *report, unsigned int cpu,
			char *text)
{
	for (size_t n = 1; n < report->num_cells; n++)
		if (jhcfg_cell_has_cpu(report_cell(report, n), cpu))
			report_append(text, report_cell_name(report, n));
	if (!*text && jhcfg_cell_has_cpu(report_cell(report, 0), cpu))
		report_append(text, report_cell_name(report, 0));
}

static const struct jhcfg_hw_cpu *find_cpu(const struct report *report,
					   unsigned int id)
{
	const struct jhcfg_hw_cpu *cpu;

	for (size_t n = 0;
	     report->board && (cpu = jhcfg_board_cpu(report->board, n)); n++)
		if (cpu->id == id)
			return cpu;
	return NULL;
}

void report_fill_cpus(const struct report *report,
		      struct report_section *section)
{
	for (unsigned int id = 0; id < JHCFG_MAX_CPUS; id++) {
		char owners[REPORT_TEXT_SIZE] = "";
		const struct jhcfg_hw_cpu *cpu;
		struct report_row *row;

		list_owners(report, id, owners);
		if (!*owners)
			continue;
		row = report_add(section);
		cpu = find_cpu(report, id);
		REPORT_SET(row, 0, "%u", id);
		REPORT_SET(row, 1, "%s", owners);
		if (!cpu)
			continue;
		REPORT_SET(row, 2, "0x%" PRIx64, cpu->phys_id);
		REPORT_SET(row, 3, "%u", cpu->cluster);
		REPORT_SET(row, 4, "%s", cpu->compatible);
	}
}

/* --- memory --- */

struct piece {
	uint64_t start, size, flags;
	size_t cell; /* SIZE_MAX: the hypervisor */
	size_t index;
};

static int compare_pieces(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->start != y->start)
		return x->start > y->start ? 1 : -1;
	return (x->cell > y->cell) - (x->cell < y->cell);
}

static size_t count_pieces(const struct report *report)
{
	size_t count = 1;

	for (size_t n = 0; n < report->num_cells; n++)
		count += jhcfg_cell_num_memory(report_cell(report, n));
	return count;
}

static size_t collect_pieces(const struct report *report, struct piece *pieces)
{
	const struct jhcfg_memory *memory = jhcfg_system_hypervisor_memory(
		jhcfg_config_system(report->cells[0]));
	size_t count = 0;

	pieces[count++] = (struct piece){
		.start = memory->phys_start,
		.size = memory->size,
		.cell = SIZE_MAX,
	};
	for (size_t cell = 0; cell < report->num_cells; cell++)
		for (size_t n = 0;
		     (memory = jhcfg_cell_memory(report_cell(report, cell), n));
		     n++) {
			if (!memory->size ||
			    memory->flags & JAILHOUSE_MEM_COMM_REGION)
				continue;
			pieces[count++] = (struct piece){
				.start = memory->phys_start,
				.size = memory->size,
				.flags = memory->flags,
				.cell = cell,
				.index = n,
			};
		}
	return count;
}

static void add_piece(const struct report *report,
		      struct report_section *section, const struct piece *piece)
{
	struct report_row *row = report_add(section);
	char note[REPORT_TEXT_SIZE];

	if (!piece->size)
		return;
	report_set_range(row, 0, piece->start, piece->size);
	report_set_size(row, 1, piece->size);
	if (piece->cell == SIZE_MAX) {
		REPORT_SET(row, 2, "(hypervisor)");
		return;
	}
	REPORT_SET(row, 2, "%s", report_cell_name(report, piece->cell));
	report_append_flags(row->text[3], jhcfg_memory_flag_names,
			    piece->flags);
	if (jhcfg_config_memory_note(report->cells[piece->cell], piece->index,
				     "name", note, sizeof(note)))
		REPORT_SET(row, 4, "%s", note);
}

void report_fill_memory(const struct report *report,
			struct report_section *section)
{
	struct piece *pieces = calloc(count_pieces(report), sizeof(*pieces));
	size_t count;

	if (!pieces) {
		section->failed = true;
		return;
	}
	count = collect_pieces(report, pieces);
	qsort(pieces, count, sizeof(*pieces), compare_pieces);
	for (size_t n = 0; n < count; n++)
		add_piece(report, section, &pieces[n]);
	free(pieces);
}
