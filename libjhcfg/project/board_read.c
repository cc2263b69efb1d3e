// SPDX-License-Identifier: LGPL-2.1-or-later
/* A board from JSON. */
#include <jhcfg/project.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "project/board_form.h"

/* --- lists --------------------------------------------------------------- */

#define ADD(name)                                                              \
	static size_t add_##name(struct board_reader *reader, void *item)      \
	{                                                                      \
		return jhcfg_board_add_##name(reader->board, item);            \
	}
ADD(cpu)
ADD(cache)
ADD(memory)
ADD(irqchip)
ADD(iommu)
ADD(pci_host)
ADD(pci_function)
ADD(port)

/* Windows and their names are two arrays in the model. */
static size_t add_device(struct board_reader *reader, void *item)
{
	struct board_device *made = item;
	size_t count = made->num_windows;
	struct jhcfg_range *windows =
		jhcfg_arena_alloc(&reader->arena, count * sizeof(*windows) + 1);
	const char **names =
		jhcfg_arena_alloc(&reader->arena, count * sizeof(*names) + 1);

	if (!windows || !names)
		return JHCFG_NO_INDEX;
	for (size_t n = 0; n < count; n++) {
		windows[n] = made->windows[n].range;
		names[n] = made->windows[n].name;
	}
	made->device.windows = windows;
	made->device.window_names = names;
	made->device.num_windows = count;
	if (!made->device.status)
		made->device.status = "okay";
	return jhcfg_board_add_device(reader->board, &made->device);
}

union board_item {
	struct jhcfg_hw_cpu cpu;
	struct jhcfg_hw_cache cache;
	struct jhcfg_hw_memory memory;
	struct board_device device;
	struct jhcfg_hw_irqchip irqchip;
	struct jhcfg_hw_iommu iommu;
	struct jhcfg_hw_pci_host pci_host;
	struct jhcfg_hw_pci_function pci_function;
	struct jhcfg_hw_port port;
};

static size_t (*const add_item[])(struct board_reader *reader, void *item) = {
	[BOARD_CPUS] = add_cpu,
	[BOARD_CACHES] = add_cache,
	[BOARD_MEMORIES] = add_memory,
	[BOARD_DEVICES] = add_device,
	[BOARD_IRQCHIPS] = add_irqchip,
	[BOARD_IOMMUS] = add_iommu,
	[BOARD_PCI_HOSTS] = add_pci_host,
	[BOARD_PCI_FUNCTIONS] = add_pci_function,
	[BOARD_PORTS] = add_port,
};

static int read_item(struct board_reader *reader,
		     const struct json_field *field, struct json_object *json)
{
	struct jhcfg_attrs *outer = reader->json.attrs, notes = { 0 };
	size_t owner = reader->json.path.owner, index;
	union board_item item;
	int err;

	/* Whole, with what is between members: writers look at zeroes. */
	memset(&item, 0, sizeof(item));
	reader->json.attrs = &notes;
	reader->json.path.owner = reader->json.path.length;
	err = json_read_object(&reader->json, field->type, json,
			       (uint8_t *)&item);
	reader->json.attrs = outer;
	reader->json.path.owner = owner;
	if (!err && !reader->json.failed) {
		index = add_item[field->count](reader, &item);
		if (index == JHCFG_NO_INDEX)
			err = -ENOMEM;
		else if (notes.count)
			err = jhcfg_board_add_notes(reader->board, field->count,
						    index, &notes);
	}
	jhcfg_attrs_clear(&notes);
	jhcfg_arena_clear(&reader->arena);
	return err;
}

static int read_list(struct json_reader *json_reader,
		     const struct json_field *field, struct json_object *json,
		     uint8_t *base)
{
	struct board_reader *reader = (struct board_reader *)json_reader;
	size_t here = json_reader->path.length;
	int err = 0;

	(void)base;
	if (!json_object_is_type(json, json_type_array)) {
		json_complain(json_reader, "J02", NULL,
			      "this must be an array");
		return 0;
	}
	for (size_t n = 0; !err && n < json_object_array_length(json); n++) {
		if (!json_path_enter_index(&json_reader->path, n))
			return -EINVAL;
		err = read_item(reader, field,
				json_object_array_get_idx(json, n));
		json_path_leave(&json_reader->path, here);
	}
	return err;
}

/* --- names of devices --------------------------------------------------------
 * They are needed before the devices are: things may refer to later ones. */

static int compare_names(const void *a, const void *b)
{
	const struct board_name *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static const char *name_of(struct json_object *device)
{
	struct json_object *name = NULL;

	if (!json_object_is_type(device, json_type_object) ||
	    !json_object_object_get_ex(device, "name", &name) ||
	    !json_object_is_type(name, json_type_string))
		return "";
	return json_object_get_string(name);
}

static int read_names(struct board_reader *reader, struct json_object *document)
{
	struct json_object *devices = NULL;
	size_t count;

	json_object_object_get_ex(document, "devices", &devices);
	if (!json_object_is_type(devices, json_type_array))
		return 0;
	count = json_object_array_length(devices);
	reader->names = calloc(count + 1, sizeof(*reader->names));
	if (!reader->names)
		return -ENOMEM;
	for (size_t n = 0; n < count; n++)
		reader->names[n] = (struct board_name){
			name_of(json_object_array_get_idx(devices, n)), n
		};
	reader->num_names = count;
	qsort(reader->names, count, sizeof(*reader->names), compare_names);
	for (size_t n = 1; n < count; n++)
		if (*reader->names[n].name &&
		    !strcmp(reader->names[n - 1].name, reader->names[n].name))
			json_complain(&reader->json, "F05", "rename one",
				      "two devices have the name \"%s\"",
				      reader->names[n].name);
	return 0;
}

/* --- all of it ----------------------------------------------------------- */

static uint8_t architecture_of(struct json_object *document)
{
	struct json_object *value = NULL;
	const struct jhcfg_name *name = NULL;

	json_object_object_get_ex(document, "architecture", &value);
	if (json_object_is_type(value, json_type_string))
		name = jhcfg_name_find(jhcfg_architectures,
				       json_object_get_string(value));
	return name ? (uint8_t)name->value : JAILHOUSE_ARM64;
}

static void put_head(struct jhcfg_board *board, const struct board_head *head)
{
	jhcfg_board_set_name(board, head->name, head->title);
	jhcfg_board_set_source(board, head->source);
	jhcfg_board_set_command_line(board, head->command_line);
	jhcfg_board_set_psci(board, head->psci_method);
	jhcfg_board_set_address_bits(board, head->address_bits);
	jhcfg_board_set_ram_start(board, head->ram_start);
	for (unsigned int n = 0; n < 4; n++)
		jhcfg_board_set_timer_irq(board, n, head->timer_irqs[n]);
}

static int read_board(struct board_reader *reader, struct json_object *document)
{
	const struct json_shape *shape =
		jhcfg_board_architecture(reader->board) == JAILHOUSE_X86
			? &board_x86_shape
			: &board_arm_shape;
	struct board_head head = { 0 };
	struct jhcfg_attrs notes = { 0 };
	int err = read_names(reader, document);

	reader->json.attrs = &notes;
	if (!err)
		err = json_read_object(&reader->json, shape, document,
				       (uint8_t *)&head);
	if (!err && reader->json.failed)
		err = -EINVAL;
	if (!err) {
		put_head(reader->board, &head);
		if (notes.count)
			err = jhcfg_board_add_notes(reader->board, BOARD_HEAD,
						    0, &notes);
	}
	jhcfg_attrs_clear(&notes);
	return err ? err : jhcfg_board_finish(reader->board);
}

/* --- which version it is -------------------------------------------------- */

/* The version in "$schema", if it says that this is a board; else 0. */
static unsigned int version_of(struct json_object *document)
{
	static const char prefix[] = JSON_BOARD_PREFIX;
	struct json_object *schema = NULL;
	const char *name;
	unsigned int version;
	int length = 0;

	if (!json_object_is_type(document, json_type_object) ||
	    !json_object_object_get_ex(document, "$schema", &schema) ||
	    !json_object_is_type(schema, json_type_string))
		return 0;
	name = json_object_get_string(schema);
	if (strncmp(name, prefix, strlen(prefix)))
		return 0;
	name += strlen(prefix);
	if (*name < '0' || *name > '9' ||
	    sscanf(name, "%8u%n", &version, &length) != 1 || name[length])
		return 0;
	return version;
}

/* A newer one is not read in part: what keys mean may have changed, and cells
 * that are planned by it would be wrong. */
static int check_version(unsigned int version, struct jhcfg_diags *diags)
{
	if (!version)
		jhcfg_diags_add(diags, JHCFG_ERROR, "J05", "board", "",
				"give it \"$schema\": \"" JSON_BOARD_SCHEMA
				"\"",
				"the document does not say that it is a board");
	else if (version > JSON_BOARD_VERSION)
		jhcfg_diags_add(diags, JHCFG_ERROR, "J05", "board", "",
				"use the program that wrote it, or a newer "
				"one; the file was left as it is",
				"it is in version %u of the schema, and this "
				"program knows those up to %u",
				version, JSON_BOARD_VERSION);
	return version == JSON_BOARD_VERSION ? 0 : -EINVAL;
}

static int read_document(struct json_object *document,
			 struct jhcfg_diags *diags, struct jhcfg_board **board)
{
	struct board_reader reader = {
		.json = { .diags = diags, .what = "board" },
		.board = jhcfg_board_new(architecture_of(document)),
	};
	int err = reader.board ? read_board(&reader, document) : -ENOMEM;

	free(reader.names);
	jhcfg_arena_clear(&reader.arena);
	if (err)
		jhcfg_board_free(reader.board);
	else
		*board = reader.board;
	return err;
}

int json_read_board(const char *text, size_t size, struct jhcfg_diags *diags,
		    struct jhcfg_board **board, bool *newer)
{
	struct json_object *document = NULL;
	unsigned int version;
	int err = json_parse(text, size, diags, &document);

	*newer = false;
	if (!err) {
		version = version_of(document);
		*newer = version > JSON_BOARD_VERSION;
		err = check_version(version, diags);
	}
	if (!err)
		err = read_document(document, diags, board);
	json_object_put(document);
	return err;
}

int jhcfg_board_read(const char *text, size_t size, struct jhcfg_diags *diags,
		     struct jhcfg_board **board)
{
	bool newer;

	return json_read_board(text, size, diags, board, &newer);
}

int jhcfg_project_read_any(const char *text, size_t size,
			   struct jhcfg_diags *diags,
			   struct jhcfg_config **config,
			   struct jhcfg_board **board)
{
	struct json_object *document = NULL;
	int err = json_parse(text, size, diags, &document);
	unsigned int version = err ? 0 : version_of(document);

	if (version) {
		err = check_version(version, diags);
		if (!err)
			err = read_document(document, diags, board);
	} else if (!err) {
		err = json_read_config(&document, diags, config, NULL);
	}
	json_object_put(document);
	return err;
}

const struct json_kind board_list = { read_list, board_write_list };
