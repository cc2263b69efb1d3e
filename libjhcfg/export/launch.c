// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The launch script: what the project says as a few lines of shell in front of
 * launch.sh, every name of it quoted. Then the sums of all files.
 */
#include "export/launch.h"

#include <errno.h>
#include <inttypes.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "export/export.h"
#include "util/quote.h"

/* --- words ---------------------------------------------------------------- */

struct script {
	FILE *file;
	bool failed;
};

static void put_word(struct script *script, const char *word)
{
	const char *const words[] = { word, NULL };
	char *quoted = jhcfg_quote_command(words);

	if (quoted)
		fputs(quoted, script->file);
	else
		script->failed = true;
	free(quoted);
}

static void put_variable(struct script *script, const char *name,
			 const char *value)
{
	fprintf(script->file, "%s=", name);
	put_word(script, value);
	fputc('\n', script->file);
}

/* A file of the folder: whatever it is called, it is no option. */
static void put_path(struct script *script, const char *base, const char *end)
{
	char *path;

	if (asprintf(&path, "./%s%s", base, end) < 0) {
		script->failed = true;
		return;
	}
	put_word(script, path);
	free(path);
}

/* --- the system ----------------------------------------------------------- */

/* As /sys/devices/system/cpu/online has them. */
static void put_cpus(struct script *script, const struct jhcfg_cell *cell)
{
	const char *between = "";

	fputs("cpus=", script->file);
	for (unsigned int cpu = 0; cpu < JHCFG_MAX_CPUS; cpu++) {
		unsigned int last = cpu;

		if (!jhcfg_cell_has_cpu(cell, cpu))
			continue;
		while (jhcfg_cell_has_cpu(cell, last + 1))
			last++;
		fprintf(script->file, "%s%u", between, cpu);
		if (last > cpu)
			fprintf(script->file, "-%u", last);
		between = ",";
		cpu = last;
	}
	fputc('\n', script->file);
}

static void put_machine(struct script *script, const struct export *export)
{
	static const struct {
		uint8_t architecture;
		const char *machine; /* a pattern for uname -m */
	} machines[] = {
		{ JAILHOUSE_X86, "x86_64" },
		{ JAILHOUSE_ARM, "arm*" },
		{ JAILHOUSE_ARM64, "aarch64" },
	};
	uint8_t architecture =
		jhcfg_config_architecture(export->cells[0].config);
	const char *machine = "*";

	for (size_t n = 0; n < sizeof(machines) / sizeof(machines[0]); n++)
		if (machines[n].architecture == architecture)
			machine = machines[n].machine;
	put_variable(script, "machine", machine);
}

static void put_reserved(struct script *script, const struct export *export)
{
	struct jhcfg_range *ranges = NULL;
	size_t count = 0;

	if (jhcfg_emit_reserved(export->workspace, &ranges, &count))
		script->failed = true;
	fputs("reserved='", script->file);
	for (size_t n = 0; n < count; n++)
		fprintf(script->file, "%s0x%08" PRIx64 "-0x%08" PRIx64,
			n ? " " : "", ranges[n].start,
			ranges[n].start + (ranges[n].size - 1));
	fputs("'\n", script->file);
	free(ranges);
}

/* --- cells ---------------------------------------------------------------- */

static void put_images(struct script *script, const struct export_cell *cell)
{
	for (size_t n = 0; n < cell->loads.count; n++) {
		const struct load_placed *placed = &cell->loads.images[n];

		fputs(" \\\n\t\t", script->file);
		if (placed->data) {
			put_path(script, cell->image_names[n], "");
		} else {
			fputs("-s ", script->file);
			put_word(script, placed->text);
		}
		fprintf(script->file, " -a 0x%" PRIx64, placed->address);
	}
}

/* with_cell NUMBER COMMAND: calls it with all that there is to say of it. */
static void put_cells(struct script *script, const struct export *export)
{
	fputs("with_cell()\n{\n\tcase $1 in\n", script->file);
	for (size_t n = 1; n < export->num_cells; n++) {
		const struct export_cell *cell = &export->cells[n];

		fprintf(script->file, "\t%zu) \"$2\" ", n);
		put_word(script,
			 jhcfg_cell_name(jhcfg_config_cell(cell->config)));
		fputc(' ', script->file);
		put_path(script, cell->base, ".cell");
		put_images(script, cell);
		fputs(" ;;\n", script->file);
	}
	fputs("\tesac\n}\n", script->file);
}

/* --- scenarios ------------------------------------------------------------ */

static void put_numbers(struct script *script, const struct export *export,
			const struct jhcfg_scenario *scenario)
{
	const char *between = "";

	fputc('\'', script->file);
	for (size_t n = 1; n < export->num_cells; n++) {
		if (!load_is_chosen(scenario, export->cells[n].key))
			continue;
		fprintf(script->file, "%s%zu", between, n);
		between = " ";
	}
	fputc('\'', script->file);
}

static void put_case(struct script *script, const struct export *export,
		     const struct jhcfg_scenario *scenario)
{
	fputc('\t', script->file);
	put_word(script, scenario ? scenario->name : "");
	fputs(") echo ", script->file);
	put_numbers(script, export, scenario);
	fputs(" ;;\n", script->file);
}

static void put_scenarios(struct script *script, const struct export *export)
{
	const struct jhcfg_workspace *workspace = export->workspace;
	size_t count = jhcfg_workspace_num_scenarios(workspace);
	const char *first = export->options->scenario;
	char *names = NULL;
	size_t size;
	FILE *list;

	if (!first && count == 1)
		first = jhcfg_workspace_scenario(workspace, 0)->name;
	put_variable(script, "default", first ? first : "");
	list = open_memstream(&names, &size);
	for (size_t n = 0; list && n < count; n++)
		fprintf(list, "%s%s", n ? ", " : "",
			jhcfg_workspace_scenario(workspace, n)->name);
	if (!list || fclose(list))
		script->failed = true;
	else
		put_variable(script, "scenarios", names);
	free(names);
	fputs("all=", script->file);
	put_numbers(script, export, NULL);
	fputs("\n\n# cells_of SCENARIO: numbers of its cells\n"
	      "cells_of()\n{\n\tcase $1 in\n",
	      script->file);
	for (size_t n = 0; n < count; n++)
		put_case(script, export,
			 jhcfg_workspace_scenario(workspace, n));
	if (!count)
		put_case(script, export, NULL);
	fputs("\t*) return 1 ;;\n\tesac\n}\n\n", script->file);
}

/* --- files ---------------------------------------------------------------- */

/* A device tree that was made for a cell is its NAME.dtb. */
static int add_image(struct export *export, const struct load_placed *placed,
		     const struct export_cell *cell, const char **name)
{
	const struct jhcfg_linux_plan *plan = &cell->loads.linux_plan;
	const char *wish = placed->name;
	char *tree = NULL;
	int err;

	if (cell->loads.is_linux && placed->data == plan->dtb_data) {
		if (asprintf(&tree, "%s.dtb", cell->base) < 0)
			return -ENOMEM;
		wish = tree;
	}
	err = export_add_image(&export->files, wish, placed->data, placed->size,
			       name);
	free(tree);
	return err;
}

static int add_images(struct export *export)
{
	int err = 0;

	for (size_t n = 1; n < export->num_cells && !err; n++) {
		struct export_cell *cell = &export->cells[n];

		for (size_t i = 0; i < cell->loads.count && !err; i++)
			if (cell->loads.images[i].data)
				err = add_image(export, &cell->loads.images[i],
						cell, &cell->image_names[i]);
	}
	return err;
}

static void put_all(struct script *script, const struct export *export)
{
	const struct jhcfg_cell *root =
		jhcfg_config_cell(export->cells[0].config);

	fputs("#!/bin/sh\n"
	      "# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause\n"
	      "#\n"
	      "# Brings up the cells of this folder, and takes them away "
	      "again. It was made for\n"
	      "# the project; it needs \"jailhouse\" and its driver.\n"
	      "set -u\n\n",
	      script->file);
	put_variable(script, "system", jhcfg_cell_name(root));
	fputs("config=", script->file);
	put_path(script, export->cells[0].base, ".cell");
	fputc('\n', script->file);
	put_machine(script, export);
	put_cpus(script, root);
	put_reserved(script, export);
	put_scenarios(script, export);
	put_cells(script, export);
	fputs(strstr(export_launch_script, "\n\n") + 1, script->file);
}

int export_add_launch(struct export *export)
{
	struct script script = { 0 };
	char *text = NULL;
	size_t size;
	int err = add_images(export);

	if (err)
		return err;
	script.file = open_memstream(&text, &size);
	if (!script.file)
		return -ENOMEM;
	put_all(&script, export);
	if (fclose(script.file) || script.failed) {
		free(text);
		return -ENOMEM;
	}
	err = export_add(&export->files, EXPORT_SCRIPT, "", text, size);
	if (!err)
		export->files.items[export->files.count - 1].is_program = true;
	return err;
}

int export_add_manifest(struct export *export)
{
	char sum[SHA256_DIGEST_STRING_LENGTH], *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return -ENOMEM;
	for (size_t n = 0; n < export->files.count; n++) {
		const struct export_file *file = &export->files.items[n];

		SHA256Data(file->data, file->size, sum);
		fprintf(out, "%s  %s\n", sum, file->name);
	}
	if (fclose(out)) {
		free(text);
		return -ENOMEM;
	}
	return export_add(&export->files, EXPORT_MANIFEST, "", text, size);
}
