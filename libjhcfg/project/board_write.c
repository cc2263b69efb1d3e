// SPDX-License-Identifier: LGPL-2.1-or-later
/* A board as JSON. */
#include <jhcfg/project.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "project/board_form.h"
#include "project/print.h"

static const struct jhcfg_attrs no_notes;

#define GET(name)                                                              \
	static const void *get_##name(struct board_writer *writer,             \
				      size_t index)                            \
	{                                                                      \
		return jhcfg_board_##name(writer->board, index);               \
	}
GET(cpu)
GET(cache)
GET(memory)
GET(irqchip)
GET(iommu)
GET(pci_host)
GET(pci_function)
GET(port)

static const void *get_device(struct board_writer *writer, size_t index)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(writer->board, index);
	struct board_device *made;
	struct board_window *windows;

	if (!device)
		return NULL;
	made = jhcfg_arena_alloc(&writer->arena, sizeof(*made));
	windows = jhcfg_arena_alloc(&writer->arena,
				    device->num_windows * sizeof(*windows) + 1);
	if (!made || !windows)
		return NULL;
	for (size_t n = 0; n < device->num_windows; n++)
		windows[n] = (struct board_window){ device->windows[n],
						    device->window_names[n] };
	made->device = *device;
	made->windows = windows;
	made->num_windows = device->num_windows;
	return made;
}

static const void *(*const get_item[])(struct board_writer *writer,
				       size_t index) = {
	[BOARD_CPUS] = get_cpu,
	[BOARD_CACHES] = get_cache,
	[BOARD_MEMORIES] = get_memory,
	[BOARD_DEVICES] = get_device,
	[BOARD_IRQCHIPS] = get_irqchip,
	[BOARD_IOMMUS] = get_iommu,
	[BOARD_PCI_HOSTS] = get_pci_host,
	[BOARD_PCI_FUNCTIONS] = get_pci_function,
	[BOARD_PORTS] = get_port,
};

/* The reader met lists and items in the order in which they are written. */
static const struct jhcfg_attrs *notes_of(struct board_writer *writer,
					  unsigned int list, size_t index)
{
	const struct jhcfg_board_notes *notes =
		jhcfg_board_notes(writer->board, writer->next_note);

	if (!notes || notes->list != list || notes->index != index)
		return &no_notes;
	writer->next_note++;
	return &notes->attrs;
}

static int write_item(struct board_writer *writer,
		      const struct json_field *field, size_t index,
		      const void *item, struct json_object *array)
{
	const struct jhcfg_attrs *outer = writer->json.attrs;
	size_t owner = writer->json.path.owner;
	struct json_object *object = json_object_new_object();
	int err = -ENOMEM;

	writer->json.attrs = notes_of(writer, field->count, index);
	writer->json.path.owner = writer->json.path.length;
	if (object)
		err = json_write_object(&writer->json, field->type, item,
					object);
	writer->json.attrs = outer;
	writer->json.path.owner = owner;
	if (!err && json_object_array_add(array, object))
		err = -ENOMEM;
	if (err)
		json_object_put(object);
	jhcfg_arena_clear(&writer->arena);
	return err;
}

int board_write_list(struct json_writer *json_writer,
		     const struct json_field *field, const uint8_t *base,
		     struct json_object **value)
{
	struct board_writer *writer = (struct board_writer *)json_writer;
	size_t here = json_writer->path.length;
	struct json_object *array = json_object_new_array();
	const void *item;
	int err = 0;

	(void)base;
	if (!array)
		return -ENOMEM;
	for (size_t n = 0; !err && (item = get_item[field->count](writer, n));
	     n++) {
		json_path_enter_index(&json_writer->path, n);
		err = write_item(writer, field, n, item, array);
		json_path_leave(&json_writer->path, here);
	}
	if (writer->arena.failed)
		err = -ENOMEM;
	if (err || !json_object_array_length(array))
		json_object_put(array);
	else
		*value = array;
	return err;
}

static struct board_head get_head(const struct jhcfg_board *board)
{
	struct board_head head = {
		.name = jhcfg_board_name(board),
		.title = jhcfg_board_title(board),
		.source = jhcfg_board_source(board),
		.architecture = jhcfg_board_architecture(board),
		.command_line = jhcfg_board_command_line(board),
		.psci_method = jhcfg_board_psci_method(board),
		.address_bits = jhcfg_board_address_bits(board),
		.ram_start = jhcfg_board_ram_start(board),
	};

	for (unsigned int n = 0; n < 4; n++)
		head.timer_irqs[n] = jhcfg_board_timer_irq(board, n);
	return head;
}

/* Those of the board itself were found last. */
static const struct jhcfg_attrs *head_notes(const struct jhcfg_board *board)
{
	const struct jhcfg_board_notes *notes;

	for (size_t n = 0; (notes = jhcfg_board_notes(board, n)); n++)
		if (notes->list == BOARD_HEAD)
			return &notes->attrs;
	return &no_notes;
}

static int write_document(const struct jhcfg_board *board,
			  struct json_object *document)
{
	struct board_head head = get_head(board);
	struct board_writer writer = {
		.json = { .attrs = head_notes(board) },
		.board = board,
	};
	struct json_object *schema = json_object_new_string(JSON_BOARD_SCHEMA);
	int err;

	if (!schema || json_object_object_add(document, "$schema", schema)) {
		json_object_put(schema);
		return -ENOMEM;
	}
	err = json_write_object(&writer.json,
				head.architecture == JAILHOUSE_X86
					? &board_x86_shape
					: &board_arm_shape,
				(const uint8_t *)&head, document);
	json_writer_clear(&writer.json);
	jhcfg_arena_clear(&writer.arena);
	return err;
}

int jhcfg_board_write(const struct jhcfg_board *board, char **text)
{
	struct json_object *document = json_object_new_object();
	int err = document ? write_document(board, document) : -ENOMEM;

	if (!err)
		err = json_print_dense(document, text);
	json_object_put(document);
	return err;
}
