// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sample.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SYSFS "/sys/devices/jailhouse/"

const char *const sample_paths[] = {
	"/sys/devices/jailhouse",
	"/sys/devices/jailhouse/console",
	"/sys/devices/system/cpu/possible",
	"/proc/loadavg",
	"/proc/meminfo",
	"/proc/interrupts",
	"/proc/net/dev",
	NULL,
};

/* --- words ---------------------------------------------------------------- */

uint64_t sample_number(const char *text, size_t length)
{
	uint64_t value = 0;
	size_t n;

	for (n = 0; n < length && text[n] != '\n'; n++) {
		unsigned int digit = (unsigned char)text[n] - '0';

		/* nineteen digits cannot overflow */
		if (digit > 9 || n > 18)
			return TUI_NO_VALUE;
		value = value * 10 + digit;
	}
	return n ? value : TUI_NO_VALUE;
}

static bool take_cpu(struct sample_text *list, unsigned int *cpu)
{
	unsigned int value = 0;
	size_t n = 0;

	while (n < list->length && list->text[n] >= '0' &&
	       list->text[n] <= '9' && value <= SAMPLE_MAX_CPU)
		value = value * 10 + (unsigned int)(list->text[n++] - '0');
	if (!n || value > SAMPLE_MAX_CPU)
		return false;
	list->text += n;
	list->length -= n;
	*cpu = value;
	return true;
}

bool sample_next_range(struct sample_text *list, unsigned int *first,
		       unsigned int *last)
{
	if (!take_cpu(list, first))
		return false;
	*last = *first;
	if (list->length && *list->text == '-') {
		list->text++;
		list->length--;
		if (!take_cpu(list, last) || *last < *first)
			return false;
	}
	if (!list->length)
		return true;
	if (*list->text != ',')
		return false;
	list->text++;
	list->length--;
	return true;
}

static struct sample_text first_line(const struct jhcfg_tree_file *file)
{
	const char *end = memchr(file->text, '\n', file->size);

	return (struct sample_text){
		.text = file->text,
		.length = end ? (size_t)(end - file->text) : file->size,
	};
}

/* --- cells ---------------------------------------------------------------- */

struct parser {
	struct sample *sample;
	struct tui_store *store;
	struct sample_cell *cell; /* of the last file; NULL: refused */
	uint64_t id;		  /* its id, or what was refused */
	/* of the counter before, and where those beside it go; NULL: that was
	 * none */
	const char *folder;
	uint64_t *values;
	int err;
};

/* So many more rows, of which nothing is known. */
static int add_rows(struct sample *sample, size_t count)
{
	const size_t rows = sample->num_rows + count;
	int err = tui_pool_reserve(&sample->values, rows * sample->num_reasons,
				   sizeof(uint64_t));

	if (err)
		return err;
	for (uint64_t *value = sample_row(sample, sample->num_rows);
	     value < sample_row(sample, rows); value++)
		*value = TUI_NO_VALUE;
	sample->num_rows = rows;
	return 0;
}

static void begin_cell(struct parser *parser, uint64_t id)
{
	struct sample *sample = parser->sample;

	parser->id = id;
	parser->cell = NULL;
	if (id > UINT32_MAX || sample->num_cells == SAMPLE_MAX_CELLS)
		return;
	parser->err = tui_pool_reserve(&sample->cells, sample->num_cells + 1,
				       sizeof(*parser->cell));
	if (!parser->err)
		parser->err = add_rows(sample, 1);
	if (parser->err)
		return;
	parser->cell =
		(struct sample_cell *)sample->cells.items + sample->num_cells++;
	*parser->cell = (struct sample_cell){
		.id = (unsigned int)id,
		.first_cpu = sample->num_cpus,
		.row = sample->num_rows - 1,
	};
}

/* The list of CPUs comes before the statistics: 'c' < 's'. */
static void begin_cpus(struct parser *parser, struct sample_text list)
{
	struct sample *sample = parser->sample;
	struct sample_cell *cell = parser->cell;
	unsigned int first, last;
	long before = -1;

	cell->cpus = list;
	while (sample_next_range(&list, &first, &last)) {
		size_t count = last - first + 1;

		if ((long)first <= before ||
		    count > SAMPLE_MAX_CPUS - sample->num_cpus)
			return;
		before = (long)last;
		parser->err = tui_pool_reserve(
			&sample->cpus, sample->num_cpus + count, sizeof(first));
		if (!parser->err)
			parser->err = add_rows(sample, count);
		if (parser->err)
			return;
		for (unsigned int cpu = first; cpu <= last; cpu++)
			((unsigned int *)
				 sample->cpus.items)[sample->num_cpus++] = cpu;
		cell->num_cpus += count;
	}
}

/* The row of a CPU of the cell; NULL: it has no such one. */
static uint64_t *find_cpu(const struct parser *parser, uint64_t cpu)
{
	const struct sample_cell *cell = parser->cell;
	const unsigned int *cpus = parser->sample->cpus.items;
	size_t low = 0, high = cell->num_cpus;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		unsigned int found = cpus[cell->first_cpu + middle];

		if (found == cpu)
			return sample_row(parser->sample,
					  cell->row + 1 + middle);
		if (found < cpu)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void set_value(struct parser *parser, const char *name,
		      const struct jhcfg_tree_file *file)
{
	struct sample *sample = parser->sample;
	int reason = reason_find(parser->store, name, &sample->hint);

	if (reason >= 0 && (size_t)reason < sample->num_reasons)
		parser->values[reason] = sample_number(file->text, file->size);
}

/* @rest: of its folder, "" or "cpu3/" */
static void take_counter(struct parser *parser, const char *rest,
			 const struct jhcfg_tree_file *file)
{
	size_t length = strcspn(rest, "/");

	parser->values = sample_row(parser->sample, parser->cell->row);
	if (*rest) {
		if (strncmp(rest, "cpu", 3) || rest[length + 1])
			return;
		parser->values =
			find_cpu(parser, sample_number(rest + 3, length - 3));
	}
	if (!parser->values)
		return;
	parser->folder = file->folder;
	set_value(parser, file->name, file);
}

/* Most files are counters beside the one before. */
static bool take_next_counter(struct parser *parser,
			      const struct jhcfg_tree_file *file)
{
	if (file->folder != parser->folder)
		return false;
	set_value(parser, file->name, file);
	return true;
}

/* What is directly below the folder of a cell. */
static const struct attribute {
	const char *name;
	size_t offset;
} attributes[] = {
	{ "cpus_failed_list", offsetof(struct sample_cell, failed) },
	{ "name", offsetof(struct sample_cell, name) },
	{ "state", offsetof(struct sample_cell, state) },
};

static void take_attribute(struct parser *parser,
			   const struct jhcfg_tree_file *file)
{
	if (!strcmp(file->name, "cpus_assigned_list")) {
		begin_cpus(parser, first_line(file));
		return;
	}
	for (size_t n = 0; n < sizeof(attributes) / sizeof(*attributes); n++) {
		if (strcmp(file->name, attributes[n].name))
			continue;
		*(struct sample_text *)((char *)parser->cell +
					attributes[n].offset) =
			first_line(file);
	}
}

/* @rest: of its folder, below "cells/": "1/statistics/" */
static void take_cell_file(struct parser *parser, const char *rest,
			   const struct jhcfg_tree_file *file)
{
	static const char statistics[] = "statistics/";
	const char *slash = strchr(rest, '/');
	uint64_t id;

	parser->folder = NULL;
	if (!slash)
		return;
	id = sample_number(rest, (size_t)(slash - rest));
	/* "007" is no id of ours: the same cell must not come twice */
	if (id == TUI_NO_VALUE || (*rest == '0' && slash != rest + 1))
		return;
	if (id != parser->id)
		begin_cell(parser, id);
	if (!parser->cell)
		return;
	rest = slash + 1;
	if (!*rest)
		take_attribute(parser, file);
	else if (!strncmp(rest, statistics, sizeof(statistics) - 1))
		take_counter(parser, rest + sizeof(statistics) - 1, file);
}

static int by_id(const void *a, const void *b)
{
	const struct sample_cell *left = a, *right = b;

	return left->id < right->id ? -1 : left->id > right->id;
}

/* They come in the order of names: 10 is before 2. Sorted by insertion, since
 * qsort() may take memory. */
static void sort_cells(struct sample *sample)
{
	struct sample_cell *cells = sample->cells.items;

	for (size_t n = 1; n < sample->num_cells; n++) {
		struct sample_cell moved;
		size_t at = n;

		if (by_id(&cells[n - 1], &cells[n]) <= 0)
			continue;
		moved = cells[n];
		for (; at && by_id(&cells[at - 1], &moved) > 0; at--)
			cells[at] = cells[at - 1];
		cells[at] = moved;
	}
}

/* A folder that is just going away has no name any more: no cell. */
static void drop_nameless(struct sample *sample)
{
	struct sample_cell *cells = sample->cells.items;
	size_t kept = 0;

	for (size_t n = 0; n < sample->num_cells; n++) {
		if (!cells[n].name.text)
			continue;
		if (kept != n)
			cells[kept] = cells[n];
		kept++;
	}
	sample->num_cells = kept;
}

/* --- the rest ------------------------------------------------------------- */

static uint64_t number_of(const struct jhcfg_tree *tree, const char *path)
{
	const struct jhcfg_tree_file *file = jhcfg_tree_find(tree, path);

	return file ? sample_number(file->text, file->size) : TUI_NO_VALUE;
}

static struct sample_text text_of(const struct jhcfg_tree *tree,
				  const char *path)
{
	const struct jhcfg_tree_file *file = jhcfg_tree_find(tree, path);

	return file ? (struct sample_text){ file->text, file->size }
		    : (struct sample_text){ NULL, 0 };
}

/* "0.31 0.22 0.10 ..." */
static void take_load(struct sample *sample, struct sample_text text)
{
	const char *at = text.text;

	for (size_t n = 0; n < 3; n++)
		sample->load_milli[n] = TUI_NO_VALUE;
	for (size_t n = 0; n < 3; n++) {
		char *end;
		double value;

		if (!at || *at < '0' || *at > '9')
			return;
		value = strtod(at, &end);
		if (end == at || !(value >= 0 && value < 1e9))
			return;
		sample->load_milli[n] = (uint64_t)(value * 1000 + 0.5);
		at = end + strspn(end, " ");
	}
}

/* Value of a line "MemTotal:  16000 kB" in bytes. */
static uint64_t meminfo(struct sample_text text, const char *name)
{
	size_t length = strlen(name);
	const char *at = text.text, *end = text.text + text.length;

	while (at && at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		size_t line = (size_t)((line_end ? line_end : end) - at);

		if (line > length && !strncmp(at, name, length)) {
			size_t skip = length + strspn(at + length, " ");
			size_t digits = strspn(at + skip, "0123456789");
			uint64_t value = sample_number(at + skip, digits);

			return value > UINT64_MAX >> 11 ? TUI_NO_VALUE
							: value << 10;
		}
		at += line + 1;
	}
	return TUI_NO_VALUE;
}

static void take_memory(struct sample *sample, struct sample_text text)
{
	uint64_t total = meminfo(text, "MemTotal:");
	uint64_t available = meminfo(text, "MemAvailable:");

	sample->memory.size = total;
	sample->memory.used = total == TUI_NO_VALUE ||
					      available == TUI_NO_VALUE ||
					      available > total
				      ? TUI_NO_VALUE
				      : total - available;
}

static void take_machine(struct sample *sample, const struct jhcfg_tree *tree)
{
	sample->driver = jhcfg_tree_find(tree, SYSFS "enabled");
	sample->enabled = number_of(tree, SYSFS "enabled") == 1;
	sample->mem_pool.size = number_of(tree, SYSFS "mem_pool_size");
	sample->mem_pool.used = number_of(tree, SYSFS "mem_pool_used");
	sample->remap_pool.size = number_of(tree, SYSFS "remap_pool_size");
	sample->remap_pool.used = number_of(tree, SYSFS "remap_pool_used");
	sample->console = text_of(tree, SYSFS "console");
	sample->interrupts = text_of(tree, "/proc/interrupts");
	sample->possible = text_of(tree, "/sys/devices/system/cpu/possible");
	take_load(sample, text_of(tree, "/proc/loadavg"));
	take_memory(sample, text_of(tree, "/proc/meminfo"));
}

size_t sample_first(const struct jhcfg_tree *tree, const char *prefix)
{
	size_t low = 0, high = jhcfg_tree_count(tree);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (jhcfg_tree_file_compare(jhcfg_tree_at(tree, middle),
					    prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int parse(struct sample *sample, struct tui_store *store,
		 const struct jhcfg_tree *tree)
{
	static const char cells[] = SYSFS "cells/";
	struct parser parser = {
		.sample = sample,
		.store = store,
		.id = TUI_NO_VALUE,
	};
	const struct jhcfg_tree_file *file;

	sample->num_cells = sample->num_cpus = sample->num_rows = 0;
	take_machine(sample, tree);
	for (size_t n = sample_first(tree, cells);
	     !parser.err && (file = jhcfg_tree_at(tree, n)); n++) {
		if (take_next_counter(&parser, file))
			continue;
		if (strncmp(file->folder, cells, sizeof(cells) - 1))
			break;
		take_cell_file(&parser, file->folder + sizeof(cells) - 1, file);
	}
	sort_cells(sample);
	drop_nameless(sample);
	return parser.err;
}

int sample_parse(struct sample *sample, struct tui_store *store,
		 const struct jhcfg_tree *tree)
{
	int err;

	/* which reasons there are is known when all of it was looked at: the
	 * first time, and when there are new ones, once more */
	do {
		sample->num_reasons = store->model.num_reasons;
		if (!sample->num_reasons)
			sample->num_reasons = 1;
		err = parse(sample, store, tree);
	} while (!err && store->model.num_reasons > sample->num_reasons);
	return err;
}

void sample_clear(struct sample *sample)
{
	free(sample->cells.items);
	free(sample->cpus.items);
	free(sample->values.items);
}
