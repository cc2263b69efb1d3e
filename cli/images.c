// SPDX-License-Identifier: GPL-2.0-or-later
#include "images.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>

#include "output.h"

/* What comes through a pipe has to fit into this program's memory. */
#define MAX_PIPE_SIZE (256 * 1024 * 1024)

static bool is_option(const char *word, const char *letter, const char *name)
{
	return !strcmp(word, letter) || !strcmp(word, name);
}

/* C integers as the established tool takes them: base by prefix. */
static bool parse_address(const char *text, uint64_t *address)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 0);
	if (errno || end == text || *end || *text == '-')
		return false;
	*address = value;
	return true;
}

static enum images_result parse_one(int argc, char **argv, int *pos,
				    struct image_spec *spec, const char **bad)
{
	*spec = (struct image_spec){ 0 };
	spec->is_string = is_option(argv[*pos], "-s", "--string");
	*pos += spec->is_string;
	if (*pos >= argc)
		return IMAGES_USAGE;
	spec->source = argv[(*pos)++];

	if (*pos >= argc || !is_option(argv[*pos], "-a", "--address"))
		return IMAGES_OK;
	(*pos)++;
	if (*pos >= argc)
		return IMAGES_USAGE;
	*bad = argv[*pos];
	if (!parse_address(argv[(*pos)++], &spec->address))
		return IMAGES_BAD_ADDRESS;
	return IMAGES_OK;
}

enum images_result images_parse(int argc, char **argv, struct image_spec *specs,
				int *count, const char **bad)
{
	enum images_result result = IMAGES_OK;
	int pos = 0;

	*count = 0;
	while (pos < argc && result == IMAGES_OK)
		result = parse_one(argc, argv, &pos, &specs[(*count)++], bad);
	if (result == IMAGES_OK && !*count)
		return IMAGES_USAGE;
	return result;
}

/* A regular file is not copied: an image may fill most of a small root. The
 * driver gets EFAULT if the file shrinks meanwhile, not this program a
 * signal. */
static int map_file(int fd, size_t size, struct jailhouse_preload_image *image)
{
	void *data;

	image->size = size;
	if (!size)
		return 0;
	data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		return -errno;
	image->source_address = (uintptr_t)data;
	return 0;
}

static int read_pipe(const char *path, struct jailhouse_preload_image *image)
{
	size_t size;
	void *data;
	int err;

	err = jhcfg_file_read(path, MAX_PIPE_SIZE, &data, &size);
	if (err)
		return err;
	image->source_address = (uintptr_t)data;
	image->size = size;
	return 0;
}

static int prepare_file(const char *path, struct jailhouse_preload_image *image)
{
	struct stat st;
	int fd, err;

	/* a first look without opening: that may be what feeds a pipe */
	if (stat(path, &st) < 0)
		return -errno;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	if (!S_ISREG(st.st_mode))
		return read_pipe(path, image);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = fstat(fd, &st) < 0 ? -errno
				 : map_file(fd, (size_t)st.st_size, image);
	close(fd);
	return err;
}

static int prepare_one(const struct image_spec *spec,
		       struct jailhouse_preload_image *image)
{
	int err;

	image->target_address = spec->address;
	if (spec->is_string) {
		image->source_address = (uintptr_t)spec->source;
		image->size = strlen(spec->source) + 1;
		return 0;
	}
	err = prepare_file(spec->source, image);
	if (err)
		output_errno(spec->source, err);
	else if (!image->size)
		output_error("%s: the file is empty and loads nothing",
			     spec->source);
	return err;
}

int images_prepare(const struct image_spec *specs, int count,
		   const struct jailhouse_cell_id *id,
		   struct jailhouse_cell_load **load)
{
	struct jailhouse_cell_load *result;
	int err = 0;

	result = calloc(1, sizeof(*result) +
				   (size_t)count * sizeof(result->image[0]));
	if (!result) {
		output_errno("cell load", ENOMEM);
		return -ENOMEM;
	}
	result->cell_id = *id;
	result->num_preload_images = (uint32_t)count;
	for (int n = 0; n < count && !err; n++)
		err = prepare_one(&specs[n], &result->image[n]);
	if (err)
		free(result);
	else
		*load = result;
	return err;
}
