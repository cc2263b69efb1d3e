// SPDX-License-Identifier: LGPL-2.1-or-later
/* Sections as Markdown and as JSON. */
#include "emit/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "util/markdown.h"

struct report_row *report_add(struct report_section *section)
{
	size_t more = section->capacity ? 2 * section->capacity : 16;
	struct report_row *rows = section->rows;

	if (section->count == section->capacity) {
		rows = reallocarray(rows, more, sizeof(*rows));
		if (!rows) {
			section->failed = true;
			return &section->spare;
		}
		section->rows = rows;
		section->capacity = more;
	}
	rows += section->count++;
	memset(rows, 0, sizeof(*rows));
	return rows;
}

const char *report_cell_name(const struct report *report, size_t index)
{
	return jhcfg_cell_name(jhcfg_config_cell(report->cells[index]));
}

static unsigned int num_columns(const struct report_section *section)
{
	unsigned int count = 0;

	while (count < REPORT_MAX_COLUMNS && section->heading->columns[count])
		count++;
	return count;
}

/* --- Markdown --- */

static void put_cell(FILE *file, const char *text)
{
	fputc(' ', file);
	jhcfg_markdown_put(file, text);
	fputs(" |", file);
}

static void put_table(FILE *file, const struct report_section *section)
{
	unsigned int columns = num_columns(section);

	fprintf(file, "\n## %s\n\n|", section->heading->title);
	for (unsigned int n = 0; n < columns; n++)
		put_cell(file, section->heading->columns[n]);
	fputs("\n|", file);
	for (unsigned int n = 0; n < columns; n++)
		fputs("---|", file);
	fputc('\n', file);
	for (size_t row = 0; row < section->count; row++) {
		fputc('|', file);
		for (unsigned int n = 0; n < columns; n++)
			put_cell(file, section->rows[row].text[n]);
		fputc('\n', file);
	}
}

static int make_markdown(const struct report *report,
			 const struct report_section *sections, char **text)
{
	size_t size;
	FILE *file = open_memstream(text, &size);
	bool failed;

	if (!file)
		return -ENOMEM;
	fputs("# Who owns what: ", file);
	jhcfg_markdown_put(file, report_cell_name(report, 0));
	fputc('\n', file);
	for (size_t n = 0; n < report_num_tables; n++)
		if (sections[n].count)
			put_table(file, &sections[n]);
	failed = ferror(file);
	if (fclose(file) || failed) {
		free(*text);
		return -ENOMEM;
	}
	return 0;
}

/* --- JSON --- */

/* "Base address" becomes "base_address". */
static void make_key(const char *column, char key[64])
{
	size_t n;

	for (n = 0; n < 63 && column[n]; n++)
		key[n] = column[n] == ' ' ? '_'
			 : column[n] >= 'A' && column[n] <= 'Z'
				 ? (char)(column[n] - 'A' + 'a')
				 : column[n];
	key[n] = '\0';
}

static struct json_object *section_array(const struct report_section *section)
{
	struct json_object *array = json_object_new_array();
	unsigned int columns = num_columns(section);
	char key[64];

	for (size_t row = 0; array && row < section->count; row++) {
		struct json_object *object = json_object_new_object();

		for (unsigned int n = 0; object && n < columns; n++) {
			make_key(section->heading->columns[n], key);
			json_object_object_add(
				object, key,
				json_object_new_string(
					section->rows[row].text[n]));
		}
		json_object_array_add(array, object);
	}
	return array;
}

static int make_json(const struct report *report,
		     const struct report_section *sections, char **text)
{
	struct json_object *document = json_object_new_object();
	const char *json = NULL;

	if (document)
		json_object_object_add(
			document, "system",
			json_object_new_string(report_cell_name(report, 0)));
	for (size_t n = 0; document && n < report_num_tables; n++)
		json_object_object_add(document, sections[n].heading->key,
				       section_array(&sections[n]));
	if (document)
		json = json_object_to_json_string_ext(
			document, JSON_C_TO_STRING_PRETTY |
					  JSON_C_TO_STRING_SPACED |
					  JSON_C_TO_STRING_NOSLASHESCAPE);
	if (!json || asprintf(text, "%s\n", json) < 0)
		json = NULL;
	json_object_put(document);
	return json ? 0 : -ENOMEM;
}

/* --- both --- */

static int fill(const struct report *report, struct report_section *sections)
{
	bool failed = false;

	for (size_t n = 0; n < report_num_tables; n++) {
		sections[n].heading = &report_tables[n].heading;
		report_tables[n].fill(report, &sections[n]);
		failed |= sections[n].failed;
	}
	return failed ? -ENOMEM : 0;
}

static int fetch_cells(struct report *report)
{
	const struct jhcfg_workspace *workspace = report->workspace;

	report->num_cells = jhcfg_workspace_num_cells(workspace);
	report->cells = calloc(report->num_cells, sizeof(*report->cells));
	if (!report->cells)
		return -ENOMEM;
	for (size_t n = 0; n < report->num_cells; n++) {
		report->cells[n] = jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n));
		if (!report->cells[n])
			return -ENOMEM;
	}
	return 0;
}

int jhcfg_emit_report(const struct jhcfg_workspace *workspace,
		      enum jhcfg_report_form form, char **text)
{
	struct report_section *sections =
		calloc(report_num_tables, sizeof(*sections));
	struct report report = {
		.workspace = workspace,
		.board = jhcfg_workspace_board(workspace),
	};
	int err = sections ? fetch_cells(&report) : -ENOMEM;

	if (!err)
		err = fill(&report, sections);
	if (!err && form == JHCFG_REPORT_JSON)
		err = make_json(&report, sections, text);
	else if (!err)
		err = make_markdown(&report, sections, text);
	for (size_t n = 0; sections && n < report_num_tables; n++)
		free(sections[n].rows);
	free(sections);
	free(report.cells);
	return err;
}
