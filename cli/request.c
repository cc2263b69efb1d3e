// SPDX-License-Identifier: GPL-2.0-or-later
#include "request.h"

#include <elf.h>
#include <errno.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/file.h>
#include <jhcfg/project.h>
#include <jhcfg/root.h>

#include "output.h"

#define PAGE	       4096ULL
#define IMAGE_MAX      (256 * 1024 * 1024)
#define ARM64_MAGIC_AT 56 /* Documentation/arm64/booting.rst, "ARM\x64" */

/* --- words -------------------------------------------------------------------
 */

bool request_size(const char *text, uint64_t *size)
{
	static const char suffixes[] = "KMG";
	const char *suffix;
	unsigned int shift = 0;
	unsigned long long value;
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	value = strtoull(text, &end, 0);
	suffix = *end ? strchr(suffixes, *end & ~0x20) : NULL;
	if (suffix) {
		shift = 10 * (unsigned int)(suffix - suffixes + 1);
		end++;
	}
	if (errno || *end || value > UINT64_MAX >> shift)
		return false;
	*size = (uint64_t)value << shift;
	return true;
}

static bool read_cpu(const char **text, unsigned int *cpu)
{
	char *end;
	unsigned long value;

	if (**text < '0' || **text > '9')
		return false;
	value = strtoul(*text, &end, 10);
	if (value >= JHCFG_MAX_CPUS)
		return false;
	*cpu = (unsigned int)value;
	*text = end;
	return true;
}

bool request_cpus(const char *text, struct jhcfg_plan_request *request,
		  unsigned int **list)
{
	unsigned int first, last;
	size_t count = 0;

	if (!strpbrk(text, ",-")) {
		request->num_cpus = 0;
		if (!read_cpu(&text, &first) || *text || !first)
			return false;
		request->num_cpus = first;
		return true;
	}
	*list = calloc(JHCFG_MAX_CPUS, sizeof(**list));
	while (*list) {
		if (!read_cpu(&text, &first))
			return false;
		last = first;
		if (*text == '-') {
			text++;
			if (!read_cpu(&text, &last) || last < first)
				return false;
		}
		while (first <= last && count < JHCFG_MAX_CPUS)
			(*list)[count++] = first++;
		if (!*text)
			break;
		if (*text++ != ',')
			return false;
	}
	request->cpus = *list;
	request->num_cpus = count;
	return *list && count;
}

char **request_split(char *text)
{
	size_t count = 0;
	char **words = calloc(strlen(text) / 2 + 2, sizeof(*words));
	char *rest;

	if (!words)
		return NULL;
	for (char *word = strtok_r(text, ",", &rest); word;
	     word = strtok_r(NULL, ",", &rest))
		words[count++] = word;
	return words;
}

bool request_link(char *text, struct jhcfg_plan_link *link)
{
	char *colon = strrchr(text, ':');

	*link = (struct jhcfg_plan_link){
		.peer = text,
		.protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		.output_size = JHCFG_PLAN_NET_OUTPUT,
	};
	if (!colon)
		return *text;
	*colon++ = 0;
	if (!strcmp(colon, "net"))
		return *text;
	link->protocol = JAILHOUSE_SHMEM_PROTO_UNDEFINED;
	link->output_size = 0;
	return *text && request_size(colon, &link->rw_size) && link->rw_size;
}

/* --- images ------------------------------------------------------------------
 */

/* The lowest address that is loaded, and where it starts. */
static bool read_elf(const unsigned char *data, size_t size,
		     struct jhcfg_plan_request *request)
{
	uint64_t lowest = UINT64_MAX;
	Elf64_Ehdr head;

	if (size < sizeof(head) || memcmp(data, ELFMAG, SELFMAG) ||
	    data[EI_CLASS] != ELFCLASS64)
		return false;
	memcpy(&head, data, sizeof(head));
	for (unsigned int n = 0; n < head.e_phnum; n++) {
		uint64_t at = head.e_phoff + (uint64_t)n * sizeof(Elf64_Phdr);
		Elf64_Phdr part;

		if (at < head.e_phoff || at > size - sizeof(part))
			break;
		memcpy(&part, data + at, sizeof(part));
		if (part.p_type == PT_LOAD && part.p_memsz &&
		    part.p_paddr < lowest)
			lowest = part.p_paddr;
	}
	if (lowest == UINT64_MAX)
		return false;
	request->image_address = lowest & ~(PAGE - 1);
	request->reset_address = head.e_entry;
	return true;
}

int request_image(const char *path, struct jhcfg_plan_request *request)
{
	void *data;
	size_t size;
	int err = jhcfg_file_read(path, IMAGE_MAX, &data, &size);

	if (err) {
		output_errno(path, err);
		return err;
	}
	if (size >= ARM64_MAGIC_AT + 4 &&
	    !memcmp((const char *)data + ARM64_MAGIC_AT, "ARM\x64", 4))
		request->linux_guest = true;
	else
		read_elf(data, size, request);
	free(data);
	return 0;
}

/* --- systems -----------------------------------------------------------------
 */

static int set_board(struct subject *subject, const char *name)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_source source = { 0 };
	int err = jhcfg_source_read(name, NULL, diags, &source);

	output_diags(name, diags);
	jhcfg_diags_free(diags);
	if (!err && !source.board) {
		output_error("%s is %s, no description of hardware", name,
			     source.words);
		err = -EINVAL;
	}
	if (!err)
		err = jhcfg_workspace_begin(subject->workspace, "Board");
	if (!err) {
		err = jhcfg_workspace_set_board(subject->workspace,
						source.board);
		jhcfg_workspace_end(subject->workspace);
	}
	jhcfg_source_clear(&source);
	return err;
}

/* A root configuration for hardware that nobody has divided yet. */
static int make_system(struct subject *subject, const char *name)
{
	struct jhcfg_root_options options = { 0 };
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = 0;

	if (!subject->source.config)
		err = jhcfg_root_generate(subject->source.board, &options,
					  diags, &subject->source.config);
	if (!err)
		err = jhcfg_workspace_from_configs(subject->source.config, NULL,
						   0, subject->source.board,
						   diags, &subject->workspace);
	output_diags(name, diags);
	jhcfg_diags_free(diags);
	return err;
}

int request_workspace(struct subject *subject, const char *name,
		      const char *board)
{
	int err = 0;

	if (!subject->workspace && subject->source.config &&
	    !jhcfg_config_system(subject->source.config)) {
		output_error("%s is a cell: name the system that it is of",
			     name);
		return -EINVAL;
	}
	if (!subject->workspace &&
	    (subject->num_owned ||
	     (!subject->source.config && !subject->source.board))) {
		output_error("%s is %s: that cannot be changed", name,
			     subject->words);
		return -EINVAL;
	}
	if (!subject->workspace)
		err = make_system(subject, name);
	if (!err && board)
		err = set_board(subject, board);
	return err;
}

/* --- plans on the screen
 * ------------------------------------------------------- */

/* A name for people; the new cell's is in the plan. */
static const char *cell_name(const struct jhcfg_workspace *workspace,
			     const struct jhcfg_plan *plan, uint32_t key)
{
	const struct jhcfg_config *config =
		jhcfg_workspace_cell(workspace, key);
	const struct jhcfg_plan_op *op;

	if (key == JHCFG_ROOT_KEY)
		return "root";
	if (config)
		return jhcfg_cell_name(jhcfg_config_cell(config));
	for (size_t n = 0; (op = jhcfg_plan_op(plan, n)); n++)
		if (op->kind == JHCFG_PLAN_ADD_CELL && op->cell == key)
			return op->what;
	return "?";
}

static void print_place(const struct jhcfg_plan_op *op)
{
	const struct jhcfg_memory *memory = &op->memory;

	if (op->kind != JHCFG_PLAN_ADD_MEMORY &&
	    op->kind != JHCFG_PLAN_REMOVE_MEMORY)
		return;
	if (memory->flags & JAILHOUSE_MEM_COMM_REGION) {
		printf(" at 0x%" PRIx64, memory->virt_start);
		return;
	}
	printf(" [0x%" PRIx64 "-0x%" PRIx64 "]", memory->phys_start,
	       memory->phys_start + memory->size - 1);
	if (memory->virt_start != memory->phys_start)
		printf(" at guest address 0x%" PRIx64, memory->virt_start);
}

void request_print_plan(const struct jhcfg_workspace *workspace,
			const struct jhcfg_plan *plan)
{
	const struct jhcfg_plan_op *op;

	printf("%s\n", jhcfg_plan_name(plan));
	for (size_t n = 0; (op = jhcfg_plan_op(plan, n)); n++) {
		printf("  %s: %s: %s", cell_name(workspace, plan, op->cell),
		       jhcfg_plan_kind_name(op->kind), op->what);
		print_place(op);
		printf("%s%s%s\n", *op->reason ? " (" : "", op->reason,
		       *op->reason ? ")" : "");
	}
}

static void add_text(struct json_object *object, const char *key,
		     const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

static void add_address(struct json_object *object, const char *key,
			uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%" PRIx64, value);
	add_text(object, key, text);
}

struct json_object *request_plan_json(const struct jhcfg_workspace *workspace,
				      const struct jhcfg_plan *plan)
{
	struct json_object *out = json_object_new_object();
	struct json_object *ops = json_object_new_array();
	const struct jhcfg_plan_op *op;

	for (size_t n = 0; (op = jhcfg_plan_op(plan, n)); n++) {
		struct json_object *object = json_object_new_object();

		add_text(object, "cell", cell_name(workspace, plan, op->cell));
		add_text(object, "kind", jhcfg_plan_kind_name(op->kind));
		add_text(object, "what", op->what);
		add_text(object, "reason", op->reason);
		if (op->kind == JHCFG_PLAN_ADD_MEMORY ||
		    op->kind == JHCFG_PLAN_REMOVE_MEMORY) {
			add_address(object, "phys", op->memory.phys_start);
			add_address(object, "virt", op->memory.virt_start);
			add_address(object, "size", op->memory.size);
		}
		json_object_array_add(ops, object);
	}
	add_text(out, "name", jhcfg_plan_name(plan));
	json_object_object_add(out, "operations", ops);
	return out;
}

/* --- saving ------------------------------------------------------------------
 */

struct old_file {
	char *path;
	void *data;
	size_t size;
};

static int remember(struct old_file *file, const char *folder, const char *name)
{
	int length = *folder ? asprintf(&file->path, "%s/%s", folder, name)
			     : asprintf(&file->path, "%s", name);
	int err;

	if (length < 0) {
		file->path = NULL;
		return -ENOMEM;
	}
	err = jhcfg_file_read(file->path, JHCFG_PROJECT_FILE_MAX, &file->data,
			      &file->size);
	return err == -ENOENT ? 0 : err;
}

/* Writes FILE~ if FILE has changed. */
static int keep(const struct old_file *file)
{
	void *data = NULL;
	size_t size = 0;
	char *path;
	int err;

	if (!file->data)
		return 0;
	err = jhcfg_file_read(file->path, JHCFG_PROJECT_FILE_MAX, &data, &size);
	if (!err && size == file->size && !memcmp(data, file->data, size)) {
		free(data);
		return 0;
	}
	free(data);
	if (asprintf(&path, "%s~", file->path) < 0)
		return -ENOMEM;
	err = jhcfg_file_write(path, file->data, file->size);
	if (err)
		output_errno(path, err);
	free(path);
	return err;
}

/* The system's file and those of its cells, as they are. */
static struct old_file *remember_all(const struct jhcfg_workspace *workspace,
				     const char *system, size_t *count)
{
	size_t cells = jhcfg_workspace_num_cells(workspace);
	struct old_file *files = calloc(cells + 1, sizeof(*files));
	char *copy = strdup(system), *folder;
	int err = files && copy ? 0 : -ENOMEM;

	folder = copy ? dirname(copy) : NULL;
	*count = files ? cells : 0;
	if (!err)
		err = remember(&files[0], "", system);
	for (size_t n = 1; !err && n < cells; n++) {
		const char *name = jhcfg_workspace_cell_file(
			workspace, jhcfg_workspace_cell_key(workspace, n));

		if (*name)
			err = remember(&files[n], folder, name);
	}
	free(copy);
	if (err)
		output_errno(system, err);
	return files;
}

int request_save(struct subject *subject, const char *output, bool backup)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct old_file *files = NULL;
	size_t count = 0;
	int err;

	if (backup)
		files = remember_all(subject->workspace, output, &count);
	err = jhcfg_workspace_save(subject->workspace, output, diags);
	output_diags(output, diags);
	for (size_t n = 0; n < count; n++) {
		if (!err && files[n].path)
			err = keep(&files[n]);
		free(files[n].path);
		free(files[n].data);
	}
	free(files);
	jhcfg_diags_free(diags);
	return err;
}
