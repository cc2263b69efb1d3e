// SPDX-License-Identifier: LGPL-2.1-or-later
#include "project/print.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An array of more characters gets a line for each element. */
#define MAX_INLINE 64
/* In dense documents, anything of more characters. */
#define MAX_DENSE 96

struct printer {
	FILE *out;
	bool dense;
};

static void print_value(const struct printer *printer,
			struct json_object *value, int depth);

static const char *scalar_text(struct json_object *value)
{
	return json_object_to_json_string_ext(
		value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}

static bool is_scalar(struct json_object *value)
{
	return !json_object_is_type(value, json_type_object) &&
	       !json_object_is_type(value, json_type_array);
}

/* Room that is left on the line after the value; negative if it is too long or
 * has an object in an object, which would be hard to read. */
static int fit(struct json_object *value, int room, int objects)
{
	int element;

	if (is_scalar(value))
		return room - (int)strnlen(scalar_text(value), MAX_DENSE + 1);
	if (json_object_is_type(value, json_type_array)) {
		size_t count = json_object_array_length(value);

		for (size_t n = 0; room >= 0 && n < count; n++) {
			element = fit(json_object_array_get_idx(value, n), room,
				      objects);
			room = element - 2;
		}
		return room;
	}
	if (!objects)
		return -1;
	json_object_object_foreach(value, key, member)
	{
		room -= (int)strnlen(key, MAX_DENSE + 1) + 6;
		if (room >= 0)
			room = fit(member, room, objects - 1);
		if (room < 0)
			break;
	}
	return room;
}

static bool is_inline(const struct printer *printer, struct json_object *value,
		      int depth)
{
	return printer->dense && depth && fit(value, MAX_DENSE, 1) >= 0;
}

static void indent(FILE *out, int depth)
{
	while (depth--)
		fputc('\t', out);
}

static bool is_short(struct json_object *array)
{
	size_t length = 0;

	for (size_t n = 0; n < json_object_array_length(array); n++) {
		struct json_object *element =
			json_object_array_get_idx(array, n);

		if (!is_scalar(element))
			return false;
		length += strlen(scalar_text(element)) + 2;
		if (length > MAX_INLINE)
			return false;
	}
	return true;
}

/* Between two elements, before the first and behind the last one. */
static void next_line(const struct printer *printer, bool inline_it, int depth)
{
	if (inline_it)
		return;
	fputc('\n', printer->out);
	indent(printer->out, depth);
}

static void print_array(const struct printer *printer,
			struct json_object *array, int depth)
{
	size_t count = json_object_array_length(array);
	bool inline_it = is_short(array) || is_inline(printer, array, depth);

	fputc('[', printer->out);
	for (size_t n = 0; n < count; n++) {
		if (n)
			fputs(inline_it ? ", " : ",", printer->out);
		next_line(printer, inline_it, depth + 1);
		print_value(printer, json_object_array_get_idx(array, n),
			    depth + 1);
	}
	next_line(printer, inline_it, depth);
	fputc(']', printer->out);
}

/* A key is printed as the string that it is, with its escapes. */
static void print_key(FILE *out, const char *key)
{
	struct json_object *string = json_object_new_string(key);

	if (string)
		fprintf(out, "%s: ", scalar_text(string));
	json_object_put(string);
}

static void print_object(const struct printer *printer,
			 struct json_object *object, int depth)
{
	bool inline_it = is_inline(printer, object, depth), first = true;

	fputc('{', printer->out);
	json_object_object_foreach(object, key, value)
	{
		if (!first)
			fputc(',', printer->out);
		if (inline_it)
			fputc(' ', printer->out);
		next_line(printer, inline_it, depth + 1);
		print_key(printer->out, key);
		print_value(printer, value, depth + 1);
		first = false;
	}
	if (!first && inline_it)
		fputc(' ', printer->out);
	if (!first)
		next_line(printer, inline_it, depth);
	fputc('}', printer->out);
}

static void print_value(const struct printer *printer,
			struct json_object *value, int depth)
{
	if (json_object_is_type(value, json_type_object))
		print_object(printer, value, depth);
	else if (json_object_is_type(value, json_type_array))
		print_array(printer, value, depth);
	else
		fputs(scalar_text(value), printer->out);
}

static int print(struct json_object *document, bool dense, char **text)
{
	char *buffer = NULL;
	size_t size = 0;
	struct printer printer = { open_memstream(&buffer, &size), dense };
	bool failed;

	if (!printer.out)
		return -ENOMEM;
	print_value(&printer, document, 0);
	fputc('\n', printer.out);
	failed = ferror(printer.out);
	if (fclose(printer.out) || failed) {
		free(buffer);
		return -ENOMEM;
	}
	*text = buffer;
	return 0;
}

int json_print(struct json_object *document, char **text)
{
	return print(document, false, text);
}

int json_print_dense(struct json_object *document, char **text)
{
	return print(document, true, text);
}
