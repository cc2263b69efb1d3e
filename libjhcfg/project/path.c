// SPDX-License-Identifier: LGPL-2.1-or-later
#include <stdio.h>
#include <string.h>

#include "project/json.h"

/* RFC 6901, 3: "~" is written "~0", "/" is "~1". */
static size_t escape(char *to, size_t room, const char *key)
{
	size_t length = 0;

	for (; *key; key++) {
		bool special = *key == '~' || *key == '/';

		if (length + 1 + special > room)
			return room + 1;
		to[length++] = special ? '~' : *key;
		if (special)
			to[length++] = *key == '~' ? '0' : '1';
	}
	return length;
}

bool json_path_enter(struct json_path *path, const char *key)
{
	size_t start = path->length + 1;
	size_t room, length;

	if (start + 1 >= JSON_PATH_SIZE)
		return false;
	room = JSON_PATH_SIZE - start - 1;
	length = escape(path->text + start, room, key);
	if (length > room) {
		path->text[path->length] = '\0';
		return false;
	}
	path->text[path->length] = '/';
	path->length = start + length;
	path->text[path->length] = '\0';
	return true;
}

bool json_path_enter_index(struct json_path *path, size_t index)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", index);
	return json_path_enter(path, text);
}

void json_path_leave(struct json_path *path, size_t length)
{
	path->length = length;
	path->text[length] = '\0';
}

bool json_is_note(const char *key)
{
	for (const char *const *note = json_notes; *note; note++) {
		if (!strcmp(*note, key))
			return true;
	}
	return false;
}

const char *json_text_at(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value) ||
	    !json_object_is_type(value, json_type_string))
		return "";
	return json_object_get_string(value);
}
