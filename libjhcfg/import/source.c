// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tells what a source is, and gives it to the reader of such. */
#include <jhcfg/source.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/codec.h>
#include <jhcfg/file.h>
#include <jhcfg/identify.h>
#include <jhcfg/import.h>
#include <jhcfg/project.h>

struct input {
	const char *path;
	const struct jhcfg_source_options *options;
	struct jhcfg_diags *diags;
	/* of a file; a directory has none */
	void *data;
	size_t size;
};

static int complain(const struct input *input, int err, const char *hint,
		    const char *text)
{
	jhcfg_diags_add(input->diags, JHCFG_ERROR, "D01", "source", input->path,
			hint, "%s", text);
	return err;
}

/* --- readers -----------------------------------------------------------------
 */

static int read_device_tree(const struct input *input,
			    struct jhcfg_source *source)
{
	return jhcfg_import_device_tree(input->path, input->options->overlays,
					input->options->num_overlays,
					input->diags, &source->board);
}

static int read_binary(const struct input *input, struct jhcfg_source *source)
{
	return jhcfg_codec_decode(input->data, input->size, input->diags,
				  &source->config);
}

static int read_project(const struct input *input, struct jhcfg_source *source)
{
	return jhcfg_project_read(input->data, input->size, input->diags,
				  &source->config);
}

/* The tree that Linux booted with says more than what it made of it. */
static int read_directory(const struct input *input,
			  struct jhcfg_source *source)
{
	char *tree;
	int err;

	if (asprintf(&tree, "%s/sys/firmware/fdt", input->path) < 0)
		return -ENOMEM;
	if (!access(tree, F_OK))
		err = jhcfg_import_device_tree(tree, input->options->overlays,
					       input->options->num_overlays,
					       input->diags, &source->board);
	else
		err = complain(input, -ENOTSUP,
			       "name a directory with the files of a machine "
			       "that was booted with a device tree",
			       "it has no sys/firmware/fdt");
	free(tree);
	return err;
}

struct reader {
	const char *words;
	int (*read)(const struct input *input, struct jhcfg_source *source);
};

static const struct reader directory = { "a machine's files", read_directory };
static const struct reader device_tree = { "a device tree", read_device_tree };

/* By what jhcfg_identify() says. */
static const struct {
	enum jhcfg_kind kind;
	struct reader reader;
} readers[] = {
	{ JHCFG_IS_SYSTEM, { "a system configuration", read_binary } },
	{ JHCFG_IS_CELL, { "a cell configuration", read_binary } },
	{ JHCFG_IS_OTHER_REVISION,
	  { "a configuration of another revision", read_binary } },
	{ JHCFG_IS_JSON, { "a project file", read_project } },
};

/* --- telling -----------------------------------------------------------------
 */

/* Devicetree Specification v0.4, 5.2: the header's magic number. */
static bool is_blob(const struct input *input)
{
	static const unsigned char magic[] = { 0xd0, 0x0d, 0xfe, 0xed };

	return input->size >= sizeof(magic) &&
	       !memcmp(input->data, magic, sizeof(magic));
}

/* A comment may come first, as it may in C: the name decides. */
static bool is_tree_source(const char *path)
{
	size_t length = strlen(path);

	return length > 4 && !strcmp(path + length - 4, ".dts");
}

static const struct reader *tell(const struct input *input)
{
	const struct jhcfg_identity *is;

	if (is_blob(input) || is_tree_source(input->path))
		return &device_tree;
	is = jhcfg_identify(input->data, input->size);
	for (size_t n = 0; n < sizeof(readers) / sizeof(readers[0]); n++)
		if (readers[n].kind == is->kind)
			return &readers[n].reader;
	jhcfg_diags_add(input->diags, JHCFG_ERROR, "D01", "source", input->path,
			is->hint, "nothing can be imported: this is %s",
			is->kind == JHCFG_IS_UNKNOWN ? "no kind of source"
						     : is->words);
	return NULL;
}

static int read_file(struct input *input, struct jhcfg_source *source)
{
	const struct reader *reader;
	int err = jhcfg_file_read(input->path, JHCFG_SOURCE_MAX, &input->data,
				  &input->size);

	if (err)
		return complain(input, err, NULL, strerror(-err));
	reader = tell(input);
	if (reader) {
		source->words = reader->words;
		err = reader->read(input, source);
	} else {
		err = -EINVAL;
	}
	free(input->data);
	return err;
}

int jhcfg_source_read(const char *path,
		      const struct jhcfg_source_options *options,
		      struct jhcfg_diags *diags, struct jhcfg_source *source)
{
	static const struct jhcfg_source_options none = { 0 };
	struct input input = {
		.path = path,
		.options = options ? options : &none,
		.diags = diags,
	};
	struct jhcfg_source found = { 0 };
	struct stat status;
	int err;

	if (stat(path, &status)) {
		err = -errno;
		return complain(&input, err, NULL, strerror(-err));
	}
	if (S_ISDIR(status.st_mode)) {
		found.words = directory.words;
		err = directory.read(&input, &found);
	} else {
		err = read_file(&input, &found);
	}
	if (!err)
		*source = found;
	return err;
}

void jhcfg_source_clear(struct jhcfg_source *source)
{
	jhcfg_board_free(source->board);
	jhcfg_config_free(source->config);
	source->board = NULL;
	source->config = NULL;
}
