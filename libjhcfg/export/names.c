// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names of files, of what may hold anything. */
#include "export/export.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_NAME 100

/* What is hidden, an option, or a part of a path does not begin or contain
 * what others are to handle by name. */
char *export_plain_name(const char *name)
{
	char *plain = strndup(*name ? name : "_", MAX_NAME);

	for (char *at = plain; at && *at; at++)
		if (*at == '/' || *at == '\\' || (unsigned char)*at < ' ' ||
		    *at == 0x7f || (at == plain && strchr(".-~#", *at)))
			*at = '_';
	return plain;
}

/* Some file systems take upper and lower case for the same. */
const struct export_file *export_find(const struct export_files *files,
				      const char *name)
{
	for (size_t n = 0; n < files->count; n++)
		if (!strcasecmp(files->items[n].name, name))
			return &files->items[n];
	return NULL;
}

/* Takes over both. */
static int append(struct export_files *files, char *name, void *data,
		  size_t size)
{
	struct export_file *items =
		reallocarray(files->items, files->count + 1, sizeof(*items));

	if (items)
		files->items = items;
	if (!items || !name) {
		free(name);
		free(data);
		return -ENOMEM;
	}
	items[files->count++] = (struct export_file){
		.name = name,
		.data = data,
		.size = size,
	};
	return 0;
}

int export_add(struct export_files *files, const char *base, const char *end,
	       void *data, size_t size)
{
	char *name;

	if (asprintf(&name, "%s%s", base, end) < 0)
		name = NULL;
	return append(files, name, data, size);
}

/* "images/rtos.bin" becomes "rtos.bin", then "rtos-2.bin". */
static char *number_name(const char *name, unsigned int number)
{
	const char *slash = strrchr(name, '/');
	char *plain = export_plain_name(slash ? slash + 1 : name);
	char *dot = plain ? strrchr(plain, '.') : NULL, *made;

	if (!plain || number < 2)
		return plain;
	if (dot)
		*dot++ = 0;
	if (asprintf(&made, "%s-%u%s%s", plain, number, dot ? "." : "",
		     dot ? dot : "") < 0)
		made = NULL;
	free(plain);
	return made;
}

/* What is added behind all images. */
static bool is_reserved(const char *name)
{
	return !strcasecmp(name, EXPORT_SCRIPT) ||
	       !strcasecmp(name, EXPORT_MANIFEST);
}

int export_add_image(struct export_files *files, const char *name,
		     const void *data, size_t size, const char **added)
{
	const struct export_file *there;
	unsigned int number = 1;
	char *made;
	void *copy;
	int err;

	while ((made = number_name(name, number++))) {
		there = export_find(files, made);
		if (!there && !is_reserved(made))
			break;
		free(made);
		if (there && there->size == size &&
		    !memcmp(there->data, data, size)) {
			*added = there->name;
			return 0;
		}
	}
	copy = malloc(size);
	if (!made || !copy) {
		free(made);
		free(copy);
		return -ENOMEM;
	}
	memcpy(copy, data, size);
	err = append(files, made, copy, size);
	if (!err)
		*added = made;
	return err;
}

void export_files_clear(struct export_files *files)
{
	for (size_t n = 0; n < files->count; n++) {
		free(files->items[n].name);
		free(files->items[n].data);
	}
	free(files->items);
	*files = (struct export_files){ 0 };
}
