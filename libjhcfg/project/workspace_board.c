// SPDX-License-Identifier: LGPL-2.1-or-later
/* Members of the system document, and the board among them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>
#include <jhcfg/project.h>

#include "project/board_form.h"
#include "project/workspace_file.h"

struct json_object *workspace_member(const struct jhcfg_config *system,
				     const char *key)
{
	const struct jhcfg_attrs *attrs = &system->system.attrs;

	for (size_t n = 0; n < attrs->count; n++)
		if (!strcmp(attrs->items[n].key, key))
			return json_tokener_parse(attrs->items[n].json);
	return NULL;
}

int workspace_put_member(struct jhcfg_config *system, const char *key,
			 const char *json)
{
	struct jhcfg_attrs *attrs = &system->system.attrs;

	for (size_t n = 0; n < attrs->count; n++) {
		struct jhcfg_attr *attr = &attrs->items[n];
		char *copy;

		if (strcmp(attr->key, key))
			continue;
		copy = strdup(json ? json : "[]");
		if (!copy)
			return -ENOMEM;
		free(attr->json);
		attr->json = copy;
		return 0;
	}
	return json ? jhcfg_attrs_add(attrs, key, json) : 0;
}

static bool is_inside(const char *name)
{
	return *name && *name != '/' && !strstr(name, "..");
}

int workspace_path(const char *directory, const char *name, const char *file,
		   struct jhcfg_diags *diags, char **path)
{
	if (!is_inside(name)) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "J07", file, name,
				"name it relative to the system's file",
				"\"%s\" is not a file of this project", name);
		return -EINVAL;
	}
	return asprintf(path, "%s/%s", directory, name) < 0 ? -ENOMEM : 0;
}

/* --- reading -----------------------------------------------------------------
 */

static int read_file(const char *directory, const char *name,
		     struct jhcfg_diags *diags, struct jhcfg_board **board,
		     bool *newer)
{
	char *path;
	size_t size;
	void *text;
	int err = workspace_path(directory, name, "board", diags, &path);

	if (err)
		return err;
	err = jhcfg_file_read_regular(path, JHCFG_PROJECT_FILE_MAX, &text,
				      &size);
	if (err) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "J06", path, "", NULL,
				"cannot be read: %s", strerror(-err));
	} else {
		err = json_read_board(text, size, diags, board, newer);
		free(text);
	}
	free(path);
	return err;
}

static int read_embedded(struct json_object *json, struct jhcfg_diags *diags,
			 struct jhcfg_board **board, bool *newer)
{
	const char *text =
		json_object_to_json_string_ext(json, JSON_C_TO_STRING_PLAIN);

	return text ? json_read_board(text, strlen(text), diags, board, newer)
		    : -ENOMEM;
}

int workspace_read_board(const struct jhcfg_config *system,
			 const char *directory, struct jhcfg_diags *diags,
			 struct jhcfg_board **board, char **file, bool *newer)
{
	struct json_object *json = workspace_member(system, "/board");
	int err = 0;

	*newer = false;
	if (json_object_is_type(json, json_type_string)) {
		err = read_file(directory, json_object_get_string(json), diags,
				board, newer);
		if (!err) {
			*file = strdup(json_object_get_string(json));
			err = *file ? 0 : -ENOMEM;
		}
	} else if (json_object_is_type(json, json_type_object)) {
		err = read_embedded(json, diags, board, newer);
	} else if (json) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "J02", "board", "/board",
				"write the name of a file, or the board itself",
				"this is no board");
	}
	json_object_put(json);
	return err == -ENOMEM ? err : 0;
}

/* --- writing -----------------------------------------------------------------
 */

/* "board.json" beside "system.json", "X.board.json" beside "X.json". */
char *workspace_default_board(const char *base)
{
	size_t length = strlen(base);
	char *file;

	if (!strcmp(base, "system.json"))
		return strdup("board.json");
	if (length > 5 && !strcmp(base + length - 5, ".json"))
		length -= 5;
	if (asprintf(&file, "%.*s.board.json", (int)length, base) < 0)
		return NULL;
	return file;
}

int workspace_put_board(struct jhcfg_config *system, const char *text)
{
	struct json_object *json = json_object_new_string(text);
	int err = -ENOMEM;

	if (json)
		err = workspace_put_member(
			system, "/board",
			json_object_to_json_string_ext(json,
						       JSON_C_TO_STRING_PLAIN));
	json_object_put(json);
	return err;
}

static int embed(struct jhcfg_config *system, const struct jhcfg_board *board)
{
	char *text = NULL;
	int err = jhcfg_board_write(board, &text);

	if (!err)
		err = workspace_put_member(system, "/board", text);
	free(text);
	return err;
}

int workspace_place_board(struct jhcfg_config *system,
			  const struct jhcfg_board *board, bool changed,
			  const char *known, const char *base, char **file)
{
	struct json_object *json = workspace_member(system, "/board");
	const char *name = "";
	int err = 0;

	if (json_object_is_type(json, json_type_string))
		name = json_object_get_string(json);
	if (json_object_is_type(json, json_type_object)) {
		err = changed ? embed(system, board) : 0;
	} else {
		if (known)
			name = known;
		*file = is_inside(name) ? strdup(name)
					: workspace_default_board(base);
		err = *file ? workspace_put_board(system, *file) : -ENOMEM;
	}
	json_object_put(json);
	return err;
}
