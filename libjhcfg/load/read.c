// SPDX-License-Identifier: LGPL-2.1-or-later
/* The images of cells, from the project's files or a caller's memory. */
#include "load/load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

#define MAX_IMAGE ((size_t)1 << 30)

static char *copy_text(const char *text, bool *failed)
{
	char *copy = text ? strdup(text) : NULL;

	*failed |= text && !copy;
	return copy;
}

/* Adds a copy of @image without bytes; NULL without memory. */
static struct load_image *add(struct load_list *list, uint32_t cell,
			      const struct jhcfg_cell_image *image)
{
	struct load_image *grown =
		reallocarray(list->images, list->count + 1, sizeof(*grown));
	struct load_image *added;
	bool failed = false;

	if (!grown)
		return NULL;
	list->images = grown;
	added = &grown[list->count++];
	*added = (struct load_image){ .cell = cell, .image = *image };
	added->image.file = copy_text(image->file, &failed);
	added->image.text = copy_text(image->text, &failed);
	added->image.command_line = copy_text(image->command_line, &failed);
	return failed ? NULL : added;
}

static int read_file(struct load_image *image, const char *folder,
		     struct jhcfg_diags *diags)
{
	const char *name = image->image.file;
	char *path;
	int err;

	if (!folder || *name == '/' || strstr(name, "..")) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "J07", name, "/images",
				folder ? "name it relative to the system's file"
				       : "save the project first",
				"the image is not a file of this project");
		return -EINVAL;
	}
	path = malloc(strlen(folder) + strlen(name) + 2);
	if (!path)
		return -ENOMEM;
	strcat(strcat(strcpy(path, folder), "/"), name);
	/* a pipe would be waited for, however long it takes */
	err = jhcfg_file_read_regular(path, MAX_IMAGE, &image->data,
				      &image->size);
	if (!err && !image->size)
		err = -ENODATA;
	if (err)
		jhcfg_diags_add(diags, JHCFG_ERROR, "J06", path, "/images",
				"build it, or change the cell's images",
				"the image cannot be read: %s",
				err == -ENODATA	 ? "it is empty"
				: err == -EINVAL ? "it is no regular file"
						 : strerror(-err));
	free(path);
	return err;
}

static int add_own(struct load_list *list,
		   const struct jhcfg_workspace *workspace, uint32_t key,
		   const char *folder, struct jhcfg_diags *diags)
{
	const struct jhcfg_config *config =
		jhcfg_workspace_cell(workspace, key);
	struct jhcfg_cell_image *images = NULL;
	size_t count = 0;
	int err = config ? jhcfg_config_images(config, diags, &images, &count)
			 : -ENOMEM;

	for (size_t n = 0; n < count && !err; n++) {
		struct load_image *image = add(list, key, &images[n]);

		if (!image)
			err = -ENOMEM;
		else if (image->image.file)
			err = read_file(image, folder, diags);
	}
	jhcfg_cell_images_free(images, count);
	return err;
}

static int add_given(struct load_list *list, const struct jhcfg_image *given)
{
	const struct jhcfg_cell_image image = {
		.kind = given->kind,
		.file = given->name,
		.address = given->address,
		.has_address = true,
		.command_line = given->command_line,
	};
	struct load_image *added = add(list, given->cell, &image);

	if (!added)
		return -ENOMEM;
	/* without bytes, it only says what the command line is */
	if (!given->size)
		return 0;
	added->data = malloc(given->size);
	if (!added->data)
		return -ENOMEM;
	memcpy(added->data, given->bytes, given->size);
	added->size = given->size;
	return 0;
}

int load_add_cell(struct load_list *list,
		  const struct jhcfg_workspace *workspace, uint32_t key,
		  const struct load_source *source, struct jhcfg_diags *diags)
{
	bool given = false;
	int err = 0;

	for (size_t n = 0; n < source->num_given && !err; n++) {
		if (source->given[n].cell != key)
			continue;
		given = true;
		err = add_given(list, &source->given[n]);
	}
	if (err || given)
		return err;
	return add_own(list, workspace, key, source->folder, diags);
}

void load_clear(struct load_list *list)
{
	for (size_t n = 0; n < list->count; n++) {
		struct load_image *image = &list->images[n];

		free((char *)(uintptr_t)image->image.file);
		free((char *)(uintptr_t)image->image.text);
		free((char *)(uintptr_t)image->image.command_line);
		free(image->data);
	}
	free(list->images);
	*list = (struct load_list){ 0 };
}

struct jhcfg_image *load_for_rules(const struct load_list *list)
{
	struct jhcfg_image *images = calloc(list->count + 1, sizeof(*images));

	for (size_t n = 0; images && n < list->count; n++) {
		const struct load_image *image = &list->images[n];
		const char *text = image->image.text;

		images[n] = (struct jhcfg_image){
			.cell = image->cell,
			.kind = image->image.kind,
			.name = image->image.file ? image->image.file : "text",
			.bytes = text ? (const void *)text : image->data,
			.size = text ? strlen(text) + 1 : image->size,
			.address = image->image.address,
			.command_line = image->image.command_line,
		};
	}
	return images;
}
