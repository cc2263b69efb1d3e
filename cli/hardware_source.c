// SPDX-License-Identifier: GPL-2.0-or-later
#include "hardware_source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

#include "command.h"
#include "json_out.h"
#include "output.h"

bool root_parse_size(const char *option, const char *text, uint64_t *size)
{
	static const char suffixes[] = "KMG";
	const char *suffix;
	unsigned long long value;
	char *end;
	unsigned int shift = 0;

	if (!text)
		return true;
	errno = 0;
	value = strtoull(text, &end, 0);
	suffix = *end ? strchr(suffixes, *end & ~0x20) : NULL;
	if (suffix) {
		shift = 10 * (unsigned int)(suffix - suffixes + 1);
		end++;
	}
	if (errno || end == text || *end || !value || strchr(text, '-') ||
	    value > UINT64_MAX >> shift) {
		output_error("--%s %s: not a size such as 64M", option, text);
		return false;
	}
	*size = (uint64_t)value << shift;
	return true;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length > tail && !strcmp(text + length - tail, end);
}

/* The form is that of the file's name: binary for .cell, else JSON. */
static int write_config(const char *output, const struct jhcfg_config *config,
			struct jhcfg_diags *diags)
{
	void *data = NULL;
	char *text = NULL;
	size_t size = 0;
	int err;

	if (output && ends_with(output, ".cell")) {
		err = jhcfg_codec_encode(config, diags, &data, &size);
	} else {
		err = jhcfg_project_write(config, &text);
		data = text;
		size = text ? strlen(text) : 0;
	}
	if (!err && output)
		err = jhcfg_file_write(output, data, size);
	else if (!err && fwrite(data, 1, size, stdout) != size)
		err = -EIO;
	if (err)
		output_errno(output ? output : "stdout", err);
	free(data);
	return err;
}

static void add_number(struct json_object *object, const char *key,
		       uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%" PRIx64, number);
	json_object_object_add(object, key, json_object_new_string(text));
}

static int print_summary(const struct jhcfg_board *board,
			 const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *hv =
		jhcfg_system_hypervisor_memory(jhcfg_config_system(config));
	struct json_object *out = json_object_new_object();
	int err;

	if (!out)
		return -ENOMEM;
	json_object_object_add(out, "name",
			       json_object_new_string(jhcfg_board_name(board)));
	json_object_object_add(
		out, "title", json_object_new_string(jhcfg_board_title(board)));
	json_object_object_add(
		out, "cpus",
		json_object_new_int64((int64_t)jhcfg_board_num_cpus(board)));
	json_object_object_add(
		out, "devices",
		json_object_new_int64((int64_t)jhcfg_board_num_devices(board)));
	json_object_object_add(
		out, "regions",
		json_object_new_int64((int64_t)jhcfg_cell_num_memory(cell)));
	add_number(out, "hypervisor_memory", hv->phys_start);
	add_number(out, "hypervisor_memory_size", hv->size);
	err = json_out_print(stdout, out);
	json_object_put(out);
	return err;
}

static int make(const struct root_request *request, struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = NULL;
	struct jhcfg_board *board = NULL;
	int err =
		jhcfg_import_device_tree(request->tree, request->overlays,
					 request->num_overlays, diags, &board);

	if (!err)
		err = jhcfg_root_generate(board, &request->options, diags,
					  &config);
	output_diags(request->tree, diags);
	if (err == -ENOMEM)
		output_errno(request->tree, err);
	if (!err && (request->output || !request->json))
		err = write_config(request->output, config, diags);
	if (!err && request->json)
		err = print_summary(board, config);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	return err;
}

int root_make(const struct root_request *request)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = diags ? make(request, diags) : -ENOMEM;

	if (!diags)
		output_errno(request->tree, err);
	jhcfg_diags_free(diags);
	return err ? CMD_FAILED : CMD_OK;
}
