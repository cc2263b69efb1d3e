// SPDX-License-Identifier: LGPL-2.1-or-later
#include "project/print.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An array of more characters gets a line for each element. */
#define MAX_INLINE 64

static void print_value(FILE *out, struct json_object *value, int depth);

static const char *scalar_text(struct json_object *value)
{
	return json_object_to_json_string_ext(
		value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}

static void indent(FILE *out, int depth)
{
	while (depth--)
		fputc('\t', out);
}

static bool is_scalar(struct json_object *value)
{
	return !json_object_is_type(value, json_type_object) &&
	       !json_object_is_type(value, json_type_array);
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

static void print_array(FILE *out, struct json_object *array, int depth)
{
	size_t count = json_object_array_length(array);
	bool inline_it = is_short(array);

	fputc('[', out);
	for (size_t n = 0; n < count; n++) {
		if (n)
			fputs(inline_it ? ", " : ",", out);
		if (!inline_it) {
			fputc('\n', out);
			indent(out, depth + 1);
		}
		print_value(out, json_object_array_get_idx(array, n),
			    depth + 1);
	}
	if (!inline_it) {
		fputc('\n', out);
		indent(out, depth);
	}
	fputc(']', out);
}

/* A key is printed as the string that it is, with its escapes. */
static void print_key(FILE *out, const char *key)
{
	struct json_object *string = json_object_new_string(key);

	if (string)
		fprintf(out, "%s: ", scalar_text(string));
	json_object_put(string);
}

static void print_object(FILE *out, struct json_object *object, int depth)
{
	bool first = true;

	fputc('{', out);
	json_object_object_foreach(object, key, value)
	{
		fputs(first ? "\n" : ",\n", out);
		indent(out, depth + 1);
		print_key(out, key);
		print_value(out, value, depth + 1);
		first = false;
	}
	if (!first) {
		fputc('\n', out);
		indent(out, depth);
	}
	fputc('}', out);
}

static void print_value(FILE *out, struct json_object *value, int depth)
{
	if (json_object_is_type(value, json_type_object))
		print_object(out, value, depth);
	else if (json_object_is_type(value, json_type_array))
		print_array(out, value, depth);
	else
		fputs(scalar_text(value), out);
}

int json_print(struct json_object *document, char **text)
{
	char *buffer = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&buffer, &size);
	bool failed;

	if (!out)
		return -ENOMEM;
	print_value(out, document, 0);
	fputc('\n', out);
	failed = ferror(out);
	if (fclose(out) || failed) {
		free(buffer);
		return -ENOMEM;
	}
	*text = buffer;
	return 0;
}
