// SPDX-License-Identifier: GPL-2.0-or-later
#include "hardware_source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/edit.h>
#include <jhcfg/c_form.h>
#include <jhcfg/jhcfg.h>
#include <jhcfg/live.h>
#include <jhcfg/workspace.h>

#include "json_out.h"
#include "output.h"

/* A number with an optional K, M or G; *@text moves behind it. */
static bool take_number(const char **text, uint64_t *number)
{
	static const char suffixes[] = "KMG";
	const char *suffix;
	unsigned int shift = 0;
	unsigned long long value;
	char *end;

	if (**text < '0' || **text > '9')
		return false;
	errno = 0;
	value = strtoull(*text, &end, 0);
	suffix = *end ? strchr(suffixes, *end & ~0x20) : NULL;
	if (suffix) {
		shift = 10 * (unsigned int)(suffix - suffixes + 1);
		end++;
	}
	if (errno || value > UINT64_MAX >> shift)
		return false;
	*text = end;
	*number = (uint64_t)value << shift;
	return true;
}

static bool parse_size(const struct cmd_line *line, const char *option,
		       uint64_t *size)
{
	const char *text = cmd_option(line, option), *rest = text;

	if (!text || (take_number(&rest, size) && !*rest && *size))
		return true;
	output_error("--%s %s: not a size such as 64M", option, text);
	return false;
}

static bool parse_ram(const struct cmd_line *line, struct jhcfg_range *ram)
{
	const char *text = cmd_option(line, "ram"), *rest = text;

	if (!text || (take_number(&rest, &ram->start) && *rest++ == ':' &&
		      take_number(&rest, &ram->size) && !*rest && ram->size &&
		      ram->start <= UINT64_MAX - (ram->size - 1)))
		return true;
	output_error("--ram %s: not a range such as 0x80000000:2G", text);
	return false;
}

bool root_parse_options(const struct cmd_line *line,
			struct jhcfg_root_options *options)
{
	return parse_size(line, "mem-inmates", &options->inmate_size) &&
	       parse_size(line, "mem-hv", &options->hypervisor_size) &&
	       parse_ram(line, &options->ram);
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length > tail && !strcmp(text + length - tail, end);
}

/* To the file, or stdout without one. */
static int write_out(const char *output, const void *data, size_t size)
{
	int err = 0;

	if (output)
		err = jhcfg_file_write(output, data, size);
	else if (fwrite(data, 1, size, stdout) != size)
		err = -EIO;
	if (err)
		output_errno(output ? output : "stdout", err);
	return err;
}

static int write_text(const char *output, char *text)
{
	int err = write_out(output, text, strlen(text));

	free(text);
	return err;
}

static int write_binary(const char *output, const struct jhcfg_config *config,
			struct jhcfg_diags *diags)
{
	size_t size = 0;
	void *data = NULL;
	int err = jhcfg_codec_encode(config, diags, &data, &size);

	if (!err)
		err = write_out(output, data, size);
	free(data);
	return err;
}

static int write_c(const char *output, const struct jhcfg_config *config,
		   struct jhcfg_diags *diags)
{
	char *text = NULL;
	int err = jhcfg_c_form_write(config, NULL, diags, &text);

	return err ? err : write_text(output, text);
}

/* A system and its board: two files, of which one names the other. */
static int write_project(const char *output, const struct jhcfg_source *source,
			 struct jhcfg_diags *diags)
{
	struct jhcfg_workspace *workspace = NULL;
	int err = jhcfg_workspace_from_configs(
		source->config, NULL, 0, source->board, diags, &workspace);

	if (!err)
		err = jhcfg_workspace_save(workspace, output, diags);
	jhcfg_workspace_free(workspace);
	return err;
}

static int write_json(const char *output, const struct jhcfg_source *source)
{
	char *text = NULL;
	int err = source->config ? jhcfg_project_write(source->config, &text)
				 : jhcfg_board_write(source->board, &text);

	return err ? err : write_text(output, text);
}

/* Of a machine that runs, or is recorded: rule T07 tells when it changes. */
static int note_fingerprint(const struct root_request *request,
			    const struct jhcfg_source *source)
{
	struct jhcfg_live *live = NULL;
	int err = 0;

	if (!source->config || !source->board ||
	    jhcfg_live_read(request->path, NULL, &live))
		return 0;
	if (jhcfg_live_knows(live, JHCFG_LIVE_FINGERPRINT))
		err = jhcfg_config_set_fingerprint(source->config,
						   live->fingerprint);
	jhcfg_live_free(live);
	return err;
}

/* The form is that of the file's name: binary for .cell, C for .c, else JSON.
 */
static int write_source(const struct root_request *request,
			const struct jhcfg_source *source)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	const char *output = request->output;
	int err = note_fingerprint(request, source);

	if (err)
		output_errno(request->path, err);
	else if (source->config && output && ends_with(output, ".cell"))
		err = write_binary(output, source->config, diags);
	else if (source->config && output && ends_with(output, ".c"))
		err = write_c(output, source->config, diags);
	else if (source->config && source->board && output)
		err = write_project(output, source, diags);
	else
		err = write_json(output, source);
	output_diags(output ? output : "stdout", diags);
	jhcfg_diags_free(diags);
	return err;
}

static void add_text(struct json_object *object, const char *key,
		     const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

static void add_count(struct json_object *object, const char *key, size_t count)
{
	json_object_object_add(object, key,
			       json_object_new_int64((int64_t)count));
}

static void add_number(struct json_object *object, const char *key,
		       uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%" PRIx64, number);
	add_text(object, key, text);
}

static void add_config(struct json_object *out,
		       const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_system *system = jhcfg_config_system(config);
	const struct jhcfg_memory *hv;

	add_text(out, "name", jhcfg_cell_name(cell));
	add_count(out, "cpus", jhcfg_cell_num_cpus(cell));
	add_count(out, "regions", jhcfg_cell_num_memory(cell));
	if (!system)
		return;
	hv = jhcfg_system_hypervisor_memory(system);
	add_number(out, "hypervisor_memory", hv->phys_start);
	add_number(out, "hypervisor_memory_size", hv->size);
}

static int print_summary(const struct jhcfg_source *source)
{
	struct json_object *out = json_object_new_object();

	if (!out)
		return -ENOMEM;
	add_text(out, "source", source->words);
	if (source->board) {
		add_text(out, "board", jhcfg_board_title(source->board));
		add_count(out, "devices",
			  jhcfg_board_num_devices(source->board));
	}
	if (source->config)
		add_config(out, source->config);
	return json_out_print(stdout, out);
}

static int drop_config(const struct root_request *request,
		       struct jhcfg_source *source)
{
	if (!source->board) {
		output_error("%s: %s says nothing of hardware", request->path,
			     source->words);
		return -EINVAL;
	}
	jhcfg_config_free(source->config);
	source->config = NULL;
	return 0;
}

static int make(const struct root_request *request, struct jhcfg_diags *diags)
{
	struct jhcfg_source source = { 0 };
	int err = jhcfg_source_read(request->path, &request->source, diags,
				    &source);

	if (!err && !source.config && !request->board_only)
		err = jhcfg_root_generate(source.board, &request->options,
					  diags, &source.config);
	if (!err && request->board_only)
		err = drop_config(request, &source);
	output_diags(request->path, diags);
	if (err == -ENOMEM)
		output_errno(request->path, err);
	if (!err && (request->output || !request->json))
		err = write_source(request, &source);
	if (!err && request->json)
		err = print_summary(&source);
	jhcfg_source_clear(&source);
	return err;
}

int root_make(const struct root_request *request)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = diags ? make(request, diags) : -ENOMEM;

	if (!diags)
		output_errno(request->path, err);
	jhcfg_diags_free(diags);
	return err ? CMD_FAILED : CMD_OK;
}
