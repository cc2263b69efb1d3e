// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

#include "fleet.h"
#include "output.h"

#define MAX_FILE    ((size_t)1 << 20)
#define MAX_TARGETS 10000
#define RECORDED    "recorded:"

void fleet_list_clear(struct fleet_list *list)
{
	for (size_t n = 0; n < list->count; n++)
		free(list->names[n]);
	free(list->names);
	*list = (struct fleet_list){ 0 };
}

/* Takes over @name. */
static bool add(struct fleet_list *list, char *name)
{
	char **grown = NULL;

	if (name && list->count < MAX_TARGETS)
		grown = reallocarray(list->names, list->count + 1,
				     sizeof(*grown));
	if (!grown) {
		output_error("--targets: more than %d targets, or no memory",
			     MAX_TARGETS);
		free(name);
		return false;
	}
	list->names = grown;
	grown[list->count++] = name;
	return true;
}

/* A name a line; blanks around it, empty lines and "# ..." do not count. */
static bool read_file(const char *path, struct fleet_list *list)
{
	char *text, *rest, *line;
	void *data;
	bool fine = true;
	size_t size;
	int err = jhcfg_file_read(path, MAX_FILE, &data, &size);

	if (err) {
		output_errno(path, err);
		return false;
	}
	rest = text = data;
	while (fine && (line = strsep(&rest, "\n"))) {
		size_t length;

		line += strspn(line, " \t");
		length = strcspn(line, "#");
		while (length && strchr(" \t\r", line[length - 1]))
			length--;
		if (length)
			fine = add(list, strndup(line, length));
	}
	free(text);
	return fine;
}

static bool read_pattern(const char *pattern, struct fleet_list *list)
{
	size_t prefix = strlen(RECORDED);
	bool fine = true;
	glob_t found;

	if (!strncmp(pattern, RECORDED, prefix))
		pattern += prefix;
	if (glob(pattern, 0, NULL, &found)) {
		output_error("--targets: nothing matches \"%s\"", pattern);
		return false;
	}
	for (size_t n = 0; fine && n < found.gl_pathc; n++) {
		char *name;

		if (asprintf(&name, RECORDED "%s", found.gl_pathv[n]) < 0)
			name = NULL;
		fine = add(list, name);
	}
	globfree(&found);
	return fine;
}

bool fleet_list_read(const char *where, struct fleet_list *list)
{
	bool is_pattern = strpbrk(where, "*?[") ||
			  !strncmp(where, RECORDED, strlen(RECORDED));

	*list = (struct fleet_list){ 0 };
	if (!(is_pattern ? read_pattern(where, list)
			 : read_file(where, list))) {
		fleet_list_clear(list);
		return false;
	}
	if (list->count)
		return true;
	output_error("--targets: %s names no target", where);
	return false;
}
