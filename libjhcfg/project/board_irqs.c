// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Interrupts of devices: [33, "48-79", { "number": 40, "trigger": "level" }].
 * One of which nothing but the number is known is a number; three and more of
 * these in a row are a range.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "project/board_form.h"
#include "project/values.h"
#include "util/number.h"

#define MIN_RANGE 3
#define FIRST_SPI 32 /* INTIDs below are a CPU's: ARM IHI 0069H, 2.2.1 */

static bool is_per_cpu(const struct jhcfg_board *board, uint64_t number)
{
	return number < FIRST_SPI &&
	       jhcfg_board_architecture(board) != JAILHOUSE_X86;
}

/* --- reading ------------------------------------------------------------- */

/* First and last number that an element stands for. */
static bool get_range(struct json_reader *reader, struct json_object *json,
		      uint64_t *first, uint64_t *last)
{
	struct board_reader *board = (struct board_reader *)reader;

	if (!json_object_is_type(json, json_type_string)) {
		if (json_get_number(reader, json, UINT32_MAX, first))
			return false;
		*last = *first;
		return true;
	}
	if (jhcfg_parse_range(json_object_get_string(json), UINT32_MAX, first,
			      last)) {
		json_complain(reader, "J02",
			      "write 33, \"48-79\", or an object",
			      "\"%s\" is no range of interrupts",
			      json_object_get_string(json));
		return false;
	}
	if (*last - *first >= BOARD_MAX_EXPANDED - board->expanded) {
		json_complain(reader, "J02", NULL,
			      "these are too many interrupts for a board");
		return false;
	}
	board->expanded += (size_t)(*last - *first);
	return true;
}

static struct jhcfg_hw_irq plain_irq(const struct board_reader *reader,
				     uint64_t number)
{
	return (struct jhcfg_hw_irq){
		.number = (uint32_t)number,
		.per_cpu = is_per_cpu(reader->board, number),
		.controller = JHCFG_NO_INDEX,
		.name = "",
	};
}

/* How many interrupts the element is; complains, and counts none, if it is
 * none. */
static size_t count_of(struct json_reader *reader, struct json_object *json,
		       uint64_t *first)
{
	uint64_t last;

	if (json_object_is_type(json, json_type_object))
		return 1;
	return get_range(reader, json, first, &last)
		       ? (size_t)(last - *first) + 1
		       : 0;
}

static int read_element(struct json_reader *reader,
			const struct json_field *field,
			struct json_object *json, struct jhcfg_hw_irq **list,
			size_t *count, size_t *room)
{
	struct board_reader *board = (struct board_reader *)reader;
	uint64_t first = 0;
	size_t more = count_of(reader, json, &first);

	if (*room - *count < more) {
		size_t larger = 2 * *room + more;
		struct jhcfg_hw_irq *copy = jhcfg_arena_alloc(
			&board->arena, larger * sizeof(*copy));

		if (!copy)
			return -ENOMEM;
		if (*count)
			memcpy(copy, *list, *count * sizeof(*copy));
		*list = copy;
		*room = larger;
	}
	if (json_object_is_type(json, json_type_object))
		return json_read_object(reader, field->type, json,
					(uint8_t *)&(*list)[(*count)++]);
	for (size_t n = 0; n < more; n++)
		(*list)[(*count)++] = plain_irq(board, first + n);
	return 0;
}

static int read_irqs(struct json_reader *reader, const struct json_field *field,
		     struct json_object *json, uint8_t *base)
{
	size_t here = reader->path.length, count = 0, room = 0;
	struct jhcfg_hw_irq *list = NULL;
	int err = 0;

	if (!json_object_is_type(json, json_type_array)) {
		json_complain(reader, "J02", NULL, "this must be an array");
		return 0;
	}
	for (size_t n = 0; !err && n < json_object_array_length(json); n++) {
		/* The index in the model: what the writer goes by. */
		if (!json_path_enter_index(&reader->path, count))
			return -EINVAL;
		err = read_element(reader, field,
				   json_object_array_get_idx(json, n), &list,
				   &count, &room);
		json_path_leave(&reader->path, here);
	}
	memcpy(base + field->member, &list, sizeof(list));
	memcpy(base + field->count, &count, sizeof(count));
	return err;
}

/* --- writing ------------------------------------------------------------- */

/* Whether unknown keys belong to the object at the writer's place; without
 * memory there will be no writing anyway. */
static bool has_notes(struct json_writer *writer)
{
	const struct jhcfg_attr **below;
	size_t count;

	return json_attrs_below(writer, &below, &count) || count;
}

static bool is_plain(const struct board_writer *writer,
		     const struct jhcfg_hw_irq *irq)
{
	return !*irq->name && !irq->nested &&
	       irq->trigger == JHCFG_TRIGGER_UNKNOWN &&
	       irq->controller == JHCFG_NO_INDEX &&
	       irq->per_cpu == is_per_cpu(writer->board, irq->number);
}

/* How many plain ones with ascending numbers begin at @first. */
static size_t run_length(struct json_writer *writer,
			 const struct jhcfg_hw_irq *irqs, size_t first,
			 size_t count)
{
	size_t here = writer->path.length, length = 0;
	bool plain = true;

	while (first + length < count) {
		const struct jhcfg_hw_irq *irq = &irqs[first + length];

		json_path_enter_index(&writer->path, first + length);
		plain = is_plain((struct board_writer *)writer, irq) &&
			!has_notes(writer);
		json_path_leave(&writer->path, here);
		if (!plain || irq->number - irqs[first].number != length)
			break;
		length++;
	}
	return length;
}

static struct json_object *range_text(const struct jhcfg_hw_irq *irqs,
				      size_t length)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRIu32 "-%" PRIu32, irqs[0].number,
		 irqs[length - 1].number);
	return json_object_new_string(text);
}

static struct json_object *irq_object(struct json_writer *writer,
				      const struct json_field *field,
				      const struct jhcfg_hw_irq *irq)
{
	struct json_object *object = json_object_new_object();

	if (object && json_write_object(writer, field->type,
					(const uint8_t *)irq, object)) {
		json_object_put(object);
		return NULL;
	}
	return object;
}

static int write_irqs(struct json_writer *writer,
		      const struct json_field *field, const uint8_t *base,
		      struct json_object **value)
{
	const struct jhcfg_hw_irq *irqs;
	struct json_object *array, *element;
	size_t here = writer->path.length, count;

	memcpy(&irqs, base + field->member, sizeof(irqs));
	memcpy(&count, base + field->count, sizeof(count));
	if (!count)
		return 0;
	array = json_object_new_array();
	for (size_t n = 0; array && n < count;) {
		size_t run = run_length(writer, irqs, n, count);

		json_path_enter_index(&writer->path, n);
		if (run >= MIN_RANGE)
			element = range_text(irqs + n, run);
		else if (run)
			element = json_object_new_uint64(irqs[n].number);
		else
			element = irq_object(writer, field, &irqs[n]);
		json_path_leave(&writer->path, here);
		n += run >= MIN_RANGE ? run : 1;
		if (!element || json_object_array_add(array, element)) {
			json_object_put(element);
			json_object_put(array);
			array = NULL;
		}
	}
	*value = array;
	return array ? 0 : -ENOMEM;
}

const struct json_kind board_interrupts = { read_irqs, write_irqs };
