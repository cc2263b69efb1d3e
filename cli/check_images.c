// SPDX-License-Identifier: GPL-2.0-or-later
#include "check_images.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>
#include <jhcfg/pool.h>

#include "output.h"

#define MAX_SIZE (1024 * 1024 * 1024UL)

static const struct {
	const char *name;
	enum jhcfg_image_kind kind;
	bool is_command_line;
} kinds[] = {
	{ "inmate", JHCFG_IMAGE_INMATE, false },
	{ "loader", JHCFG_IMAGE_LOADER, false },
	{ "kernel", JHCFG_IMAGE_KERNEL, false },
	{ "initrd", JHCFG_IMAGE_INITRD, false },
	{ "dtb", JHCFG_IMAGE_DTB, false },
	{ "config", JHCFG_IMAGE_CONFIG, false },
	{ "cmdline", JHCFG_IMAGE_CONFIG, true },
};
#define NUM_KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* Key of the cell with this name; 0: there is none. */
static uint32_t find_cell(const struct check_input *input, const char *name)
{
	for (size_t n = 1; n < jhcfg_workspace_num_cells(input->workspace);
	     n++) {
		uint32_t key = jhcfg_workspace_cell_key(input->workspace, n);
		const struct jhcfg_config *config =
			jhcfg_workspace_cell(input->workspace, key);

		if (config &&
		    !strcmp(jhcfg_cell_name(jhcfg_config_cell(config)), name))
			return key;
	}
	return 0;
}

/* Takes the address behind the last '@' of a name off it; 0 without one. */
static bool cut_address(char *file, uint64_t *address)
{
	char *at = strrchr(file, '@'), *end;

	*address = 0;
	if (!at)
		return true;
	*at = 0;
	errno = 0;
	*address = strtoull(at + 1, &end, 0);
	return at[1] && !*end && !errno;
}

static bool read_bytes(struct jhcfg_image *image, const char *path)
{
	void *bytes;
	int err = jhcfg_file_read(path, MAX_SIZE, &bytes, &image->size);

	if (err) {
		output_errno(path, err);
		return false;
	}
	image->bytes = bytes;
	return true;
}

/* A file with a command line: the text is the image's, which is no other. */
static void make_command_line(struct jhcfg_image *image)
{
	/* a NUL follows the last byte that was read */
	image->command_line = image->bytes;
	image->size = 0;
}

static bool read_one(struct check_images *images,
		     const struct check_input *input, char *word)
{
	struct jhcfg_image *image = &images->images[images->count];
	char *kind = strchr(word, ':'), *file = strchr(word, '=');
	size_t which = 0;

	if (!kind || !file || kind > file)
		which = NUM_KINDS;
	if (kind && file) {
		*kind++ = 0;
		*file++ = 0;
	}
	while (which < NUM_KINDS && strcmp(kinds[which].name, kind) != 0)
		which++;
	if (which >= NUM_KINDS || !cut_address(file, &image->address)) {
		output_error("--images: \"%s\" is not CELL:KIND=FILE[@ADDRESS]",
			     word);
		return false;
	}
	image->cell = find_cell(input, word);
	if (!image->cell) {
		output_error("--images: there is no cell \"%s\"", word);
		return false;
	}
	image->kind = kinds[which].kind;
	image->name = file;
	images->count++;
	if (!read_bytes(image, file))
		return false;
	if (kinds[which].is_command_line)
		make_command_line(image);
	return true;
}

bool check_images_read(struct check_images *images,
		       const struct check_input *input, const char *list)
{
	char *rest;

	images->list = strdup(list);
	images->images = calloc(strlen(list) / 2 + 1, sizeof(*images->images));
	if (!images->list || !images->images) {
		output_errno("--images", ENOMEM);
		return false;
	}
	for (char *word = strtok_r(images->list, ",", &rest); word;
	     word = strtok_r(NULL, ",", &rest))
		if (!read_one(images, input, word))
			return false;
	return true;
}

bool check_images_read_firmware(struct check_images *images, const char *path)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_firmware firmware;
	int err = jhcfg_file_read(path, MAX_SIZE, &images->firmware,
				  &images->firmware_size);

	if (err)
		output_errno(path, err);
	else
		err = jhcfg_firmware_read(images->firmware,
					  images->firmware_size, diags,
					  &firmware);
	output_diags(path, diags);
	jhcfg_diags_free(diags);
	return !err;
}

void check_images_clear(struct check_images *images)
{
	for (size_t n = 0; n < images->count; n++) {
		union {
			const void *constant;
			void *plain;
		} bytes = { images->images[n].bytes };

		free(bytes.plain);
	}
	free(images->images);
	free(images->list);
	free(images->firmware);
}
