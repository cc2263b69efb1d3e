// SPDX-License-Identifier: GPL-2.0-or-later
#include "config_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <jhcfg/codec.h>
#include <jhcfg/file.h>

#include "output.h"

/*
 * The driver reads as much as the file's own counts say. With an inaccessible
 * page behind the last byte it gets EFAULT for a file that is too short, not
 * whatever our heap has there.
 */
static int map_with_guard(const void *data, size_t size,
			  struct config_file *file)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t used = (size + page - 1) / page * page;
	char *mapping;
	int err = 0;

	mapping = mmap(NULL, used + page, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mapping == MAP_FAILED)
		return -errno;
	file->mapping = mapping;
	file->mapping_size = used + page;
	file->size = size;
	file->data = mapping + used - size;
	memcpy(file->data, data, size);
	if (mprotect(mapping + used, page, PROT_NONE) < 0)
		err = -errno;
	if (err)
		config_file_unload(file);
	return err;
}

void config_file_unload(struct config_file *file)
{
	munmap(file->mapping, file->mapping_size);
}

static int refuse_other_kinds(const char *path, const void *data, size_t size)
{
	const struct jhcfg_identity *is = jhcfg_identify(data, size);

	switch (is->kind) {
	case JHCFG_IS_SYSTEM:
	case JHCFG_IS_CELL:
	case JHCFG_IS_OTHER_REVISION:
	case JHCFG_IS_UNKNOWN:
		return 0;
	default:
		output_error("%s: this is %s [%s]", path, is->words, is->rule);
		if (*is->hint)
			output_hint("%s", is->hint);
		return -EINVAL;
	}
}

int config_file_load(const char *path, struct config_file *file)
{
	void *data;
	size_t size;
	int err;

	err = jhcfg_file_read(path, JHCFG_CELL_FILE_MAX, &data, &size);
	if (err) {
		output_errno(path, err);
		return err;
	}
	file->path = path;
	err = refuse_other_kinds(path, data, size);
	if (!err) {
		err = map_with_guard(data, size, file);
		if (err)
			output_errno(path, err);
	}
	free(data);
	return err;
}

void config_file_explain(const struct config_file *file, enum jhcfg_kind wanted)
{
	const struct jhcfg_identity *is =
		jhcfg_identify(file->data, file->size);
	struct jhcfg_config *config = NULL;
	struct jhcfg_diags *diags;

	if (is->kind != wanted) {
		output_hint("%s is %s", file->path, is->words);
		return;
	}
	diags = jhcfg_diags_new();
	if (!diags)
		return;
	if (!jhcfg_codec_decode(file->data, file->size, diags, &config))
		jhcfg_config_free(config);
	output_diags(file->path, diags);
	jhcfg_diags_free(diags);
}
