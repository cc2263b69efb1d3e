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

#include "util/bytes.h"

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
	jhcfg_diags_add(input->diags, JHCFG_ERROR, "D01", "source", "", hint,
			"%s", text);
	return err;
}

static int complain_errno(const struct input *input, int err)
{
	jhcfg_diags_add(input->diags, JHCFG_ERROR, "D01", "source", "",
			err == -EFBIG ? "sources have 64 MiB at most" : NULL,
			"it cannot be read: %s", strerror(-err));
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

static int decode(const struct input *input, const void *data, size_t size,
		  struct jhcfg_source *source)
{
	return jhcfg_codec_decode_as(data, size, input->options->decode,
				     input->diags, &source->config,
				     &source->dialect);
}

static int read_binary(const struct input *input, struct jhcfg_source *source)
{
	return decode(input, input->data, input->size, source);
}

/* objcopy took the compiler's note along: ELF, section .note.gnu.property, of
 * 64-bit files, in which descriptions are padded to 8 bytes. */
static int read_behind_note(const struct input *input,
			    struct jhcfg_source *source)
{
	const uint8_t *bytes = input->data;
	uint64_t size = 16 + ((jhcfg_get_le(bytes + 4, 4) + 7) & ~UINT64_C(7));

	if (size > input->size)
		return complain(input, -EINVAL, NULL,
				"an ELF note, and nothing behind it");
	return decode(input, bytes + size, input->size - size, source);
}

static int read_c_source(const struct input *input, struct jhcfg_source *source)
{
	return jhcfg_c_form_read(input->path, input->options->c, input->diags,
				 &source->config, &source->dialect);
}

static int read_object(const struct input *input, struct jhcfg_source *source)
{
	return jhcfg_c_form_read_object(input->data, input->size,
					input->options->c, input->diags,
					&source->config, &source->dialect);
}

static int read_project(const struct input *input, struct jhcfg_source *source)
{
	return jhcfg_project_read_any(input->data, input->size, input->diags,
				      &source->config, &source->board);
}

/* Overlays are for the tree that Linux booted with. */
static int read_directory(const struct input *input,
			  struct jhcfg_source *source)
{
	char *tree;
	int err;

	if (!input->options->num_overlays)
		return jhcfg_import_machine(input->path, input->diags,
					    &source->board);
	if (asprintf(&tree, "%s/sys/firmware/fdt", input->path) < 0)
		return -ENOMEM;
	err = jhcfg_import_device_tree(tree, input->options->overlays,
				       input->options->num_overlays,
				       input->diags, &source->board);
	free(tree);
	return err;
}

static int read_archive(const struct input *input, struct jhcfg_source *source)
{
	const char *slash = strrchr(input->path, '/');

	return jhcfg_import_archive(input->data, input->size,
				    slash ? slash + 1 : input->path,
				    input->diags, &source->board);
}

struct reader {
	const char *words;
	int (*read)(const struct input *input, struct jhcfg_source *source);
};

static const struct reader directory = { "a machine's files", read_directory };
static const struct reader archive = { "a machine's recording", read_archive };
static const struct reader device_tree = { "a device tree", read_device_tree };
static const struct reader c_source = { "a C configuration", read_c_source };

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
	{ JHCFG_IS_C_SOURCE, { "a C configuration", read_c_source } },
	{ JHCFG_IS_ELF, { "a compiled C configuration", read_object } },
	{ JHCFG_IS_NOTE,
	  { "a configuration behind an ELF note", read_behind_note } },
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

/* What tar archives begin with: POSIX.1-2017, pax, ustar; and what gzip, xz,
 * zstd and bzip2 begin with. */
static bool is_archive(const struct input *input)
{
	static const struct {
		size_t at;
		const char *bytes;
	} magics[] = {
		{ 257, "ustar" },     { 0, "\x1f\x8b" },
		{ 0, "\xfd\x37zXZ" }, { 0, "\x28\xb5\x2f\xfd" },
		{ 0, "BZh" },
	};

	for (size_t n = 0; n < sizeof(magics) / sizeof(magics[0]); n++) {
		size_t length = strlen(magics[n].bytes);

		if (input->size >= magics[n].at + length &&
		    !memcmp((const char *)input->data + magics[n].at,
			    magics[n].bytes, length))
			return true;
	}
	return false;
}

/* Both languages may begin with the same comment: the name decides. */
static bool ends_with(const char *path, const char *end)
{
	size_t length = strlen(path), tail = strlen(end);

	return length > tail && !strcmp(path + length - tail, end);
}

static const struct reader *tell(const struct input *input)
{
	static const char kinds[] =
		"give a device tree (.dtb, .dts), a configuration (.cell, .c), "
		"a project file or what \"jailhouse config collect\" packed";
	const struct jhcfg_identity *is;

	if (is_blob(input) || ends_with(input->path, ".dts"))
		return &device_tree;
	if (ends_with(input->path, ".c"))
		return &c_source;
	if (is_archive(input))
		return &archive;
	is = jhcfg_identify(input->data, input->size);
	for (size_t n = 0; n < sizeof(readers) / sizeof(readers[0]); n++)
		if (readers[n].kind == is->kind)
			return &readers[n].reader;
	jhcfg_diags_add(input->diags, JHCFG_ERROR, "D01", "source", "",
			*is->hint ? is->hint : kinds,
			"nothing can be imported: this is %s",
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
		return complain_errno(input, err);
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

	if (stat(path, &status))
		return complain_errno(&input, -errno);
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
