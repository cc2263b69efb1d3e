// SPDX-License-Identifier: LGPL-2.1-or-later
/* What comments say: notes of people, and numbers as people write them. */
#include <inttypes.h>
#include <string.h>

#include <json-c/json.h>

#include "emit/c_emitter.h"

#define NOTE_SIZE 256

/* Keys are paths below the object that has them. */
static bool is_key(const char *path, const char *key)
{
	return *path == '/' && !strcmp(path + 1, key);
}

bool c_note(const struct jhcfg_attrs *attrs, const char *key, char *text,
	    size_t size)
{
	for (size_t n = 0; n < attrs->count; n++) {
		struct json_object *json;
		bool is_text;

		if (!is_key(attrs->items[n].key, key))
			continue;
		json = json_tokener_parse(attrs->items[n].json);
		is_text = json_object_is_type(json, json_type_string);
		if (is_text)
			snprintf(text, size, "%s",
				 json_object_get_string(json));
		json_object_put(json);
		return is_text && *text;
	}
	return false;
}

/* The entry that the caller gave for this one: a dialect may have put them in
 * another order. */
static const struct jhcfg_item *find_noted(const struct c_emitter *emitter,
					   enum jhcfg_list_id list,
					   size_t index)
{
	const struct jhcfg_list *is = &emitter->config->cell.lists[list];
	const struct jhcfg_list *was = &emitter->notes->cell.lists[list];
	const struct jhcfg_item *a, *b;

	if (index >= was->count)
		return NULL;
	a = &is->items[index];
	b = &was->items[index];
	if (list == JHCFG_LIST_MEMORY &&
	    (a->value.memory.phys_start != b->value.memory.phys_start ||
	     a->value.memory.virt_start != b->value.memory.virt_start ||
	     a->value.memory.size != b->value.memory.size))
		return NULL;
	return b;
}

bool c_item_note(const struct c_emitter *emitter, enum jhcfg_list_id list,
		 size_t index, char *text, size_t size)
{
	char name[NOTE_SIZE] = "", comment[NOTE_SIZE] = "";
	char source[NOTE_SIZE] = "";
	const struct jhcfg_item *item = find_noted(emitter, list, index);

	if (!item)
		return false;
	c_note(&item->attrs, "name", name, sizeof(name));
	if (!c_note(&item->attrs, "comment", comment, sizeof(comment)))
		c_note(&item->attrs, "$comment", comment, sizeof(comment));
	c_note(&item->attrs, "source", source, sizeof(source));
	if (!*name && !*comment && !*source)
		return false;
	snprintf(text, size, "%s%s%s%s%s%s", name,
		 *name && *comment ? ": " : "", comment,
		 *source && (*name || *comment) ? " (" : "", source,
		 *source && (*name || *comment) ? ")" : "");
	return true;
}

static bool has_bit(const uint8_t *bytes, size_t bit)
{
	return bytes[bit / 8] >> bit % 8 & 1;
}

#define MORE ", ..."

void c_format_bits(const uint8_t *bytes, size_t count, uint64_t first,
		   char *text, size_t size)
{
	size_t length = 0, last;

	*text = '\0';
	for (size_t bit = 0; bit < count * 8; bit = last + 1) {
		char run[2 * C_NUMBER_SIZE];
		const char *comma = length ? ", " : "";

		last = bit;
		if (!has_bit(bytes, bit))
			continue;
		while (last + 1 < count * 8 && has_bit(bytes, last + 1))
			last++;
		if (last == bit)
			snprintf(run, sizeof(run), "%" PRIu64, first + bit);
		else
			snprintf(run, sizeof(run), "%" PRIu64 "%s%" PRIu64,
				 first + bit, last > bit + 1 ? "-" : ", ",
				 first + last);
		if (strlen(comma) + strlen(run) + sizeof(MORE) >
		    size - length) {
			snprintf(text + length, size - length, MORE);
			return;
		}
		length += (size_t)snprintf(text + length, size - length, "%s%s",
					   comma, run);
	}
}

void c_format_bdf(uint16_t bdf, char text[C_BDF_SIZE])
{
	snprintf(text, C_BDF_SIZE, "%02x:%02x.%x", bdf >> 8 & 0xffu,
		 bdf >> 3 & 0x1fu, bdf & 7u);
}
