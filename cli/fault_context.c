// SPDX-License-Identifier: GPL-2.0-or-later
#include "fault_context.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include <jhcfg/file.h>

#include "output.h"

#define MAX_ELF ((size_t)512 << 20)

static bool use_input(struct fault_context *context)
{
	const struct jhcfg_workspace *workspace = context->input.workspace;
	size_t count = jhcfg_workspace_num_cells(workspace);

	context->configs = calloc(count + 1, sizeof(*context->configs));
	if (!context->configs)
		return false;
	for (size_t n = 0; n < count; n++)
		context->configs[n] = jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n));
	context->public.configs = context->configs;
	context->public.num_configs = count;
	context->public.board = jhcfg_workspace_board(workspace);
	return true;
}

static bool read_system(const struct cmd_line *line,
			struct fault_context *context)
{
	const char *path = cmd_option(line, "config");
	const char *board = cmd_option(line, "board");

	if (!path)
		return true;
	if (!check_input_read(&context->input, path, NULL, 0))
		return false;
	context->has_input = true;
	if (board && !check_input_set_board(&context->input, board))
		return false;
	return use_input(context);
}

static bool read_elf(const struct cmd_line *line, struct fault_context *context)
{
	const char *path = cmd_option(line, "elf");
	struct jhcfg_diags *diags;
	void *data;
	size_t size;
	int err;

	if (!path)
		return true;
	err = jhcfg_file_read(path, MAX_ELF, &data, &size);
	if (err) {
		output_errno(path, err);
		return false;
	}
	diags = jhcfg_diags_new();
	err = jhcfg_symbols_read(data, size, diags, &context->symbols);
	output_diags(path, diags);
	jhcfg_diags_free(diags);
	free(data);
	context->public.symbols = context->symbols;
	return !err;
}

bool fault_context_read(const struct cmd_line *line,
			struct fault_context *context)
{
	*context = (struct fault_context){ 0 };
	if (read_system(line, context) && read_elf(line, context))
		return true;
	fault_context_clear(context);
	return false;
}

void fault_context_ask(struct fault_context *context,
		       struct jhcfg_target *target)
{
	if (context->has_input || context->running)
		return;
	if (jhcfg_running_read(target, NULL, &context->running))
		return;
	context->public.configs = context->running->configs;
	context->public.num_configs = context->running->count;
}

void fault_context_clear(struct fault_context *context)
{
	jhcfg_symbols_free(context->symbols);
	jhcfg_running_free(context->running);
	if (context->has_input)
		check_input_clear(&context->input);
	free(context->configs);
	*context = (struct fault_context){ 0 };
}

/* --- printing ------------------------------------------------------------- */

void fault_print(FILE *out, const char *prefix, const struct jhcfg_fault *fault,
		 const struct fault_context *context)
{
	struct jhcfg_fault_meaning *meaning;
	char *text, *line, *rest;

	if (jhcfg_fault_explain(fault, &context->public, &meaning))
		return;
	text = jhcfg_fault_meaning_text(meaning);
	for (rest = text; rest && *rest;) {
		line = strsep(&rest, "\n");
		if (*line)
			fprintf(out, "%s%s\n", prefix, line);
	}
	free(text);
	jhcfg_fault_meaning_free(meaning);
}

static void add_text(struct json_object *object, const char *key,
		     const char *text)
{
	json_object_object_add(object, key,
			       *text ? json_object_new_string(text) : NULL);
}

static void add_number(struct json_object *object, const char *key, bool known,
		       uint64_t number)
{
	json_object_object_add(object, key,
			       known ? json_object_new_uint64(number) : NULL);
}

struct json_object *fault_json(const struct jhcfg_fault *fault,
			       const struct fault_context *context)
{
	struct json_object *object = json_object_new_object();
	struct jhcfg_fault_meaning *meaning;

	if (!object || jhcfg_fault_explain(fault, &context->public, &meaning)) {
		json_object_put(object);
		return NULL;
	}
	add_text(object, "cell", fault->cell);
	add_number(object, "cpu", fault->has & JHCFG_FAULT_CPU, fault->cpu);
	add_number(object, "address", fault->has & JHCFG_FAULT_ADDRESS,
		   fault->address);
	add_number(object, "size", fault->has & JHCFG_FAULT_SIZE, fault->size);
	add_number(object, "pc", fault->has & JHCFG_FAULT_PC, fault->pc);
	add_text(object, "what", meaning->what);
	add_text(object, "why", meaning->why);
	add_text(object, "function", meaning->function);
	add_text(object, "syndrome", meaning->syndrome);
	add_text(object, "device", meaning->device);
	add_text(object, "owner", meaning->owner);
	add_number(object, "region", meaning->region != JHCFG_NO_INDEX,
		   meaning->region);
	add_text(object, "rule", meaning->rule);
	add_text(object, "advice", meaning->advice);
	add_text(object, "dump", fault->lines);
	jhcfg_fault_meaning_free(meaning);
	return object;
}
