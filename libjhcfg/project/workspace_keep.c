// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Links, scenarios and waivers are written from what the workspace knows of
 * them. What people and other programs wrote beside that (notes, keys that are
 * unknown here), the order of keys and the spelling of numbers come from the
 * document that was read.
 */
#include <string.h>

#include "project/json.h"
#include "project/workspace_file.h"
#include "util/number.h"

static bool is_same_element(struct json_object *a, struct json_object *b,
			    const char *const identity[2])
{
	for (int n = 0; n < 2 && identity[n]; n++)
		if (strcmp(json_text_at(a, identity[n]),
			   json_text_at(b, identity[n])))
			return false;
	return true;
}

static struct json_object *find_element(struct json_object *array,
					struct json_object *element,
					const char *const identity[2])
{
	for (size_t n = 0; n < json_object_array_length(array); n++) {
		struct json_object *other = json_object_array_get_idx(array, n);

		if (json_object_is_type(other, json_type_object) &&
		    is_same_element(other, element, identity))
			return other;
	}
	return NULL;
}

/* What element @index was: the one of the same name or, if it has a new one,
 * that at the same place. */
static struct json_object *find_original(struct json_object *array,
					 struct json_object *was, size_t index,
					 const char *const identity[2])
{
	struct json_object *element = json_object_array_get_idx(array, index);
	struct json_object *found = find_element(was, element, identity);

	if (found ||
	    json_object_array_length(array) != json_object_array_length(was))
		return found;
	found = json_object_array_get_idx(was, index);
	if (!json_object_is_type(found, json_type_object) ||
	    find_element(array, found, identity))
		return NULL;
	return found;
}

static bool get_number(struct json_object *value, uint64_t *number)
{
	if (json_object_is_type(value, json_type_int)) {
		*number = json_object_get_uint64(value);
		return true;
	}
	return json_object_is_type(value, json_type_string) &&
	       !jhcfg_parse_number(json_object_get_string(value), UINT64_MAX,
				   number);
}

/* "4K" and "0x1000" say the same. */
static bool is_same_value(struct json_object *a, struct json_object *b)
{
	uint64_t in_a, in_b;

	if (get_number(a, &in_a) && get_number(b, &in_b))
		return in_a == in_b;
	return json_object_equal(a, b);
}

static bool is_optional(const char *key, const char *const optionals[2])
{
	for (int n = 0; n < 2 && optionals[n]; n++)
		if (!strcmp(optionals[n], key))
			return true;
	return false;
}

static struct json_object *merge(struct json_object *made,
				 struct json_object *was,
				 const char *const optionals[2])
{
	struct json_object *merged = json_object_new_object();

	json_object_object_foreach(was, key, old)
	{
		struct json_object *value = NULL;

		if (json_object_object_get_ex(made, key, &value)) {
			if (is_same_value(value, old))
				value = old;
		} else if (is_optional(key, optionals)) {
			continue;
		} else {
			value = old;
		}
		json_object_object_add(merged, key, json_object_get(value));
	}
	json_object_object_foreach(made, new_key, value)
	{
		if (!json_object_object_get_ex(merged, new_key, NULL))
			json_object_object_add(merged, new_key,
					       json_object_get(value));
	}
	return merged;
}

void workspace_keep(struct json_object *array, struct json_object *was,
		    const char *const identity[2],
		    const char *const optionals[2])
{
	if (!json_object_is_type(was, json_type_array))
		return;
	for (size_t n = 0; n < json_object_array_length(array); n++) {
		struct json_object *original =
			find_original(array, was, n, identity);

		if (original)
			json_object_array_put_idx(
				array, n,
				merge(json_object_array_get_idx(array, n),
				      original, optionals));
	}
}
