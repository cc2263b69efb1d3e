// SPDX-License-Identifier: GPL-2.0-or-later
#include "configuration.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "output.h"
#include "target_dialect.h"

static const struct {
	const char *name;
	int number;
} architectures[] = {
	{ "x86", JAILHOUSE_X86 },
	{ "arm", JAILHOUSE_ARM },
	{ "arm64", JAILHOUSE_ARM64 },
};

static bool parse_architecture(const struct cmd_line *line, int *architecture)
{
	const char *name = cmd_option(line, "arch");

	*architecture = JHCFG_TELL_ARCHITECTURE;
	if (!name)
		return true;
	for (size_t n = 0; n < sizeof(architectures) / sizeof(architectures[0]);
	     n++) {
		if (!strcmp(architectures[n].name, name)) {
			*architecture = architectures[n].number;
			return true;
		}
	}
	output_error("--arch %s: not x86, arm or arm64", name);
	return false;
}

static void list_dialects(void)
{
	const struct jhcfg_dialect *dialect;

	for (size_t n = 0; (dialect = jhcfg_dialect_get(n)); n++)
		fprintf(stderr, "  %-20s %s\n", jhcfg_dialect_name(dialect),
			jhcfg_dialect_title(dialect));
}

static bool parse_dialect(const struct cmd_line *line, const char *option,
			  const struct jhcfg_dialect **dialect)
{
	const char *name = cmd_option(line, option);

	if (!name)
		return true;
	if (!strcmp(name, "target")) {
		*dialect = target_dialect();
		return *dialect;
	}
	*dialect = jhcfg_dialect_find(name);
	if (*dialect)
		return true;
	output_error("--%s %s: there is no such dialect, but these:", option,
		     name);
	list_dialects();
	return false;
}

static bool split_flags(struct configuration_request *request,
			const char *flags)
{
	size_t count = 0;
	char *rest;

	if (!flags)
		return true;
	request->c_flags_text = strdup(flags);
	request->c_flags =
		calloc(strlen(flags) / 2 + 2, sizeof(*request->c_flags));
	if (!request->c_flags || !request->c_flags_text) {
		output_errno("--cflags", ENOMEM);
		return false;
	}
	for (char *word = strtok_r(request->c_flags_text, " \t", &rest); word;
	     word = strtok_r(NULL, " \t", &rest))
		request->c_flags[count++] = word;
	request->c.flags = request->c_flags;
	return true;
}

bool configuration_parse_options(const struct cmd_line *line,
				 struct configuration_request *request)
{
	int architecture;
	bool good = parse_dialect(line, "to", &request->encode.dialect) &&
		    parse_dialect(line, "from", &request->decode.dialect) &&
		    parse_architecture(line, &architecture) &&
		    split_flags(request, cmd_option(line, "cflags"));

	if (!good)
		return false;
	request->encode.drop = cmd_option(line, "drop");
	request->decode.architecture = architecture;
	request->c.architecture = architecture;
	request->c.dialect = request->decode.dialect;
	return true;
}

void configuration_clear(struct configuration_request *request)
{
	free(request->c_flags);
	free(request->c_flags_text);
}

bool configuration_form_of(const char *path, enum configuration_form *form)
{
	static const struct {
		const char *end;
		enum configuration_form form;
	} ends[] = {
		{ ".cell", CONFIGURATION_CELL },
		{ ".c", CONFIGURATION_C },
		{ ".json", CONFIGURATION_JSON },
	};
	size_t length = strlen(path);

	for (size_t n = 0; n < sizeof(ends) / sizeof(ends[0]); n++) {
		size_t tail = strlen(ends[n].end);

		if (length <= tail ||
		    strcmp(path + length - tail, ends[n].end) != 0)
			continue;
		*form = ends[n].form;
		return true;
	}
	return false;
}

const struct jhcfg_config *configuration_find_cell(
	const struct jhcfg_workspace *workspace, const char *name)
{
	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++) {
		const struct jhcfg_config *config = jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n));

		if (config &&
		    !strcmp(jhcfg_cell_name(jhcfg_config_cell(config)), name))
			return config;
	}
	return NULL;
}

/* A system is more than its file: links add to it, and it names cells. */
static int read_project(const struct configuration_request *request,
			struct jhcfg_diags *diags, struct jhcfg_config **config)
{
	const struct jhcfg_config *found;
	struct jhcfg_workspace *workspace;
	int err = jhcfg_workspace_load(request->input, diags, &workspace);

	if (err)
		return err;
	found = request->cell
			? configuration_find_cell(workspace, request->cell)
			: jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	if (found) {
		*config = jhcfg_config_copy(found);
		err = *config ? 0 : -ENOMEM;
	} else if (request->cell) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "J08", "project", "", NULL,
				"there is no cell \"%s\"", request->cell);
		err = -ENOENT;
	} else {
		err = -ENOMEM;
	}
	jhcfg_workspace_free(workspace);
	return err;
}

/* A file by itself; *is_project if it stands for more. */
static int read_file(const struct configuration_request *request,
		     struct jhcfg_diags *diags,
		     struct configuration *configuration, bool *is_project)
{
	const struct jhcfg_source_options options = {
		.decode = &request->decode,
		.c = &request->c,
	};
	struct jhcfg_source source = { 0 };
	int err = jhcfg_source_read(request->input, &options, diags, &source);

	if (err)
		return err;
	if (!source.config) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "D01", "source", "",
				"make a configuration for it: jailhouse config "
				"import",
				"it is %s, which configures nothing",
				source.words);
		jhcfg_source_clear(&source);
		return -EINVAL;
	}
	configuration->config = source.config;
	configuration->dialect = source.dialect;
	configuration->words = source.words;
	source.config = NULL;
	jhcfg_source_clear(&source);
	*is_project = !configuration->dialect &&
		      jhcfg_config_system(configuration->config) &&
		      request->form != CONFIGURATION_JSON;
	return 0;
}

static void move_findings(const struct jhcfg_diags *from,
			  struct jhcfg_diags *to)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(from, n)); n++)
		jhcfg_diags_add(to, diag->severity, diag->rule, diag->object,
				diag->place, diag->hint, "%s", diag->text);
}

int configuration_read(const struct configuration_request *request,
		       struct jhcfg_diags *diags,
		       struct configuration *configuration)
{
	struct jhcfg_diags *own = jhcfg_diags_new();
	bool is_project = request->cell;
	int err = 0;

	*configuration = (struct configuration){ .words = "a project" };
	if (!is_project)
		err = read_file(request, own, configuration, &is_project);
	if (!err && is_project) {
		/* the project says again what its file says */
		jhcfg_config_free(configuration->config);
		configuration->config = NULL;
		err = read_project(request, diags, &configuration->config);
	} else {
		move_findings(own, diags);
	}
	jhcfg_diags_free(own);
	return err;
}

static int encode_text(int err, char *text, void **data, size_t *size)
{
	if (err)
		return err;
	*data = text;
	*size = strlen(text);
	return 0;
}

int configuration_encode(const struct configuration_request *request,
			 const struct jhcfg_config *config,
			 struct jhcfg_diags *diags, void **data, size_t *size)
{
	char *text = NULL;
	int err;

	switch (request->form) {
	case CONFIGURATION_C:
		err = jhcfg_c_form_write(config, &request->encode, diags,
					 &text);
		return encode_text(err, text, data, size);
	case CONFIGURATION_JSON:
		err = jhcfg_project_write(config, &text);
		return encode_text(err, text, data, size);
	default:
		return jhcfg_codec_encode_as(config, &request->encode, diags,
					     data, size);
	}
}

int configuration_store(const struct configuration_request *request,
			const void *data, size_t size)
{
	const char *output = request->output;
	int err = 0;

	if (output)
		err = jhcfg_file_write(output, data, size);
	else if (fwrite(data, 1, size, stdout) != size)
		err = -EIO;
	if (err)
		output_errno(output ? output : "stdout", err);
	return err;
}
