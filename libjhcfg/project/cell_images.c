// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The images of a cell in its document. The reader of configurations keeps
 * the member as text, so that what people wrote beside it stays.
 */
#include <jhcfg/images.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "model/private.h"
#include "util/number.h"

#define KEY "/images"
/* More than that is no list that somebody wrote. */
#define MAX_IMAGES 64

static const char *const kinds[] = {
	[JHCFG_IMAGE_INMATE] = "inmate", [JHCFG_IMAGE_LOADER] = "loader",
	[JHCFG_IMAGE_KERNEL] = "kernel", [JHCFG_IMAGE_INITRD] = "initrd",
	[JHCFG_IMAGE_DTB] = "dtb",	 [JHCFG_IMAGE_CONFIG] = "config",
};
#define NUM_KINDS (sizeof(kinds) / sizeof(kinds[0]))

struct reader {
	struct jhcfg_diags *diags;
	const char *cell;
	size_t index;
	struct jhcfg_cell_image *image;
};

const char *jhcfg_image_kind_name(enum jhcfg_image_kind kind)
{
	return (size_t)kind < NUM_KINDS ? kinds[kind] : "";
}

static int complain(const struct reader *reader, const char *text)
{
	char object[64], place[32];

	snprintf(object, sizeof(object), "cell \"%s\"", reader->cell);
	snprintf(place, sizeof(place), KEY "/%zu", reader->index);
	jhcfg_diags_add(reader->diags, JHCFG_ERROR, "J02", object, place,
			"write { \"kind\": \"inmate\", \"file\": "
			"\"images/NAME.bin\", \"address\": \"0x0\" }",
			"%s", text);
	return -EINVAL;
}

/* A copy of the text at the key in *@text; NULL if there is none. */
static int read_text(const struct reader *reader, struct json_object *object,
		     const char *key, const char **text)
{
	struct json_object *value;
	const char *found;

	if (!json_object_object_get_ex(object, key, &value))
		return 0;
	if (!json_object_is_type(value, json_type_string))
		return complain(reader, "its file and texts must be strings");
	found = json_object_get_string(value);
	if (strlen(found) != (size_t)json_object_get_string_len(value))
		return complain(reader, "a text must not hold NUL");
	*text = strdup(found);
	return *text ? 0 : -ENOMEM;
}

static int read_address(const struct reader *reader, struct json_object *object)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, "address", &value))
		return 0;
	reader->image->has_address = true;
	if (json_object_is_type(value, json_type_int) &&
	    json_object_get_int64(value) >= 0) {
		reader->image->address = json_object_get_uint64(value);
		return 0;
	}
	if (!json_object_is_type(value, json_type_string) ||
	    jhcfg_parse_number(json_object_get_string(value), UINT64_MAX,
			       &reader->image->address))
		return complain(reader, "its address is not a number");
	return 0;
}

static int read_kind(const struct reader *reader, struct json_object *object)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, "kind", &value))
		return 0;
	for (size_t n = 0; n < NUM_KINDS; n++) {
		if (strcmp(json_object_get_string(value) ?: "", kinds[n]) != 0)
			continue;
		reader->image->kind = (enum jhcfg_image_kind)n;
		return 0;
	}
	return complain(reader, "its kind is none of inmate, loader, kernel, "
				"initrd, dtb, config");
}

static int read_image(const struct reader *reader, struct json_object *object)
{
	struct jhcfg_cell_image *image = reader->image;
	int err;

	if (!json_object_is_type(object, json_type_object))
		return complain(reader, "an image must be an object");
	err = read_kind(reader, object);
	if (!err)
		err = read_address(reader, object);
	if (!err)
		err = read_text(reader, object, "file", &image->file);
	if (!err)
		err = read_text(reader, object, "text", &image->text);
	if (!err)
		err = read_text(reader, object, "command_line",
				&image->command_line);
	if (!err && !image->file == !image->text)
		err = complain(reader, "it has to have either a file or a "
				       "text");
	if (!err && image->text && !image->has_address)
		err = complain(reader, "a text needs an address");
	return err;
}

static int read_images(struct reader *reader, struct json_object *array,
		       struct jhcfg_cell_image **images, size_t *count)
{
	size_t length = 0;
	int err = 0;

	if (json_object_is_type(array, json_type_array))
		length = json_object_array_length(array);
	if (length > MAX_IMAGES || !json_object_is_type(array, json_type_array))
		return complain(reader, "\"images\" must be an array of at "
					"most 64 images");
	*images = calloc(length + 1, sizeof(**images));
	if (!*images)
		return -ENOMEM;
	*count = length;
	for (; !err && reader->index < length; reader->index++) {
		reader->image = &(*images)[reader->index];
		err = read_image(reader, json_object_array_get_idx(
						 array, reader->index));
	}
	return err;
}

int jhcfg_config_images(const struct jhcfg_config *cell,
			struct jhcfg_diags *diags,
			struct jhcfg_cell_image **images, size_t *count)
{
	const struct jhcfg_attrs *attrs = &cell->cell.attrs;
	struct reader reader = { .diags = diags, .cell = cell->cell.name };
	struct jhcfg_cell_image *found = NULL;
	struct json_object *array;
	size_t num = 0, n = 0;
	int err;

	while (n < attrs->count && strcmp(attrs->items[n].key, KEY) != 0)
		n++;
	if (n == attrs->count) {
		*images = NULL;
		*count = 0;
		return 0;
	}
	array = json_tokener_parse(attrs->items[n].json);
	err = read_images(&reader, array, &found, &num);
	json_object_put(array);
	if (err) {
		jhcfg_cell_images_free(found, num);
		return err;
	}
	*images = found;
	*count = num;
	return 0;
}

void jhcfg_cell_images_free(struct jhcfg_cell_image *images, size_t count)
{
	for (size_t n = 0; images && n < count; n++) {
		free((char *)(uintptr_t)images[n].file);
		free((char *)(uintptr_t)images[n].text);
		free((char *)(uintptr_t)images[n].command_line);
	}
	free(images);
}

/* --- writing -------------------------------------------------------------- */

static bool put_text(struct json_object *object, const char *key,
		     const char *text)
{
	struct json_object *value;

	if (!text)
		return true;
	value = json_object_new_string(text);
	if (value && !json_object_object_add(object, key, value))
		return true;
	json_object_put(value);
	return false;
}

static struct json_object *write_image(const struct jhcfg_cell_image *image)
{
	struct json_object *object = json_object_new_object();
	char address[24];

	snprintf(address, sizeof(address), "0x%llx",
		 (unsigned long long)image->address);
	if (object &&
	    put_text(object, "kind", jhcfg_image_kind_name(image->kind)) &&
	    put_text(object, "file", image->file) &&
	    put_text(object, "text", image->text) &&
	    put_text(object, "address", image->has_address ? address : NULL) &&
	    put_text(object, "command_line", image->command_line))
		return object;
	json_object_put(object);
	return NULL;
}

static int write_images(const struct jhcfg_cell_image *images, size_t count,
			struct json_object *array)
{
	for (size_t n = 0; n < count; n++) {
		struct json_object *object;

		if (!images[n].file == !images[n].text)
			return -EINVAL;
		object = write_image(&images[n]);
		if (!object)
			return -ENOMEM;
		if (json_object_array_add(array, object)) {
			json_object_put(object);
			return -ENOMEM;
		}
	}
	return 0;
}

static int put_attr(struct jhcfg_attrs *attrs, const char *json)
{
	for (size_t n = 0; n < attrs->count; n++) {
		struct jhcfg_attr *attr = &attrs->items[n];
		char *copy;

		if (strcmp(attr->key, KEY) != 0)
			continue;
		copy = strdup(json);
		if (!copy)
			return -ENOMEM;
		free(attr->json);
		attr->json = copy;
		return 0;
	}
	return jhcfg_attrs_add(attrs, KEY, json);
}

int jhcfg_config_set_images(struct jhcfg_config *cell,
			    const struct jhcfg_cell_image *images, size_t count)
{
	struct json_object *array = json_object_new_array();
	const char *text;
	int err = array ? write_images(images, count, array) : -ENOMEM;

	if (!err) {
		text = json_object_to_json_string_ext(array,
						      JSON_C_TO_STRING_PLAIN);
		err = text ? put_attr(&cell->cell.attrs, text) : -ENOMEM;
	}
	json_object_put(array);
	return err;
}
