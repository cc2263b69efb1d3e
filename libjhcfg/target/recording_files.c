// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/recording_files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

size_t recorded_files_find(const struct recorded_files *files, const char *path,
			   bool *found)
{
	size_t low = 0, high = files->count;

	*found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(files->all[middle].file.path, path);

		if (!order) {
			*found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A file that is not there yet, in its place. */
static int insert(struct recorded_files *files, size_t at, const char *path)
{
	struct recorded_file new = { .file.path = strdup(path) };
	size_t capacity = files->capacity ? 2 * files->capacity : 16;

	if (!new.file.path)
		return -ENOMEM;
	if (files->count == files->capacity) {
		void *grown =
			reallocarray(files->all, capacity, sizeof(*files->all));

		if (!grown) {
			free((void *)(uintptr_t) new.file.path);
			return -ENOMEM;
		}
		files->all = grown;
		files->capacity = capacity;
	}
	memmove(files->all + at + 1, files->all + at,
		(files->count - at) * sizeof(new));
	files->all[at] = new;
	files->count++;
	return 0;
}

/* Room for a text in the block of the path. Counters get longer: a text of
 * about this size needs none the next time. */
static int make_room(struct recorded_file *file, size_t size, bool *moved)
{
	size_t path_size = strlen(file->file.path) + 1;
	size_t room = (size + size / 8 + 16) & ~(size_t)15;
	char *block;

	if (size < file->room)
		return 0;
	if (room > INT32_MAX)
		return -ENOMEM;
	block = realloc((void *)(uintptr_t)file->file.path, path_size + room);
	if (!block)
		return -ENOMEM;
	file->file.path = block;
	file->room = room & INT32_MAX;
	*moved = true;
	return 0;
}

static void set_text(struct recorded_file *file, const char *text, size_t size)
{
	const char *path = file->file.path;
	char *to = (char *)(uintptr_t)path + strlen(path) + 1;

	memcpy(to, text, size);
	to[size] = 0;
	file->file.text = to;
	file->file.size = size;
	file->is_text = !memchr(text, 0, size);
}

/* As recorded_files_find(). What changes together changes in the same order. */
static size_t find_next(struct recorded_files *files, const char *path,
			bool *found)
{
	struct recorded_file *last =
		files->last < files->count ? &files->all[files->last] : NULL;
	size_t at = last ? last->next_index : 0;

	*found = at < files->count && !strcmp(files->all[at].file.path, path);
	if (*found)
		return at;
	at = recorded_files_find(files, path, found);
	if (last && at <= UINT32_MAX)
		last->next_index = (unsigned int)at;
	return at;
}

int recorded_files_set(struct recorded_files *files, const char *path,
		       const char *text, size_t size)
{
	bool found, was_text, other;
	size_t at = find_next(files, path, &found);
	int err = found || !text ? 0 : insert(files, at, path);
	struct recorded_file *file;

	if (err || (!found && !text))
		return err;
	other = !found;
	files->last = at;
	file = &files->all[at];
	was_text = file->is_text;
	if (text) {
		err = make_room(file, size, &other);
		if (err)
			return err;
		set_text(file, text, size);
	} else {
		file->file.text = NULL;
		file->is_text = false;
	}
	files->shape += other || was_text != file->is_text;
	return 0;
}

void recorded_files_forget(struct recorded_files *files)
{
	for (size_t n = 0; n < files->count; n++) {
		files->all[n].file.text = NULL;
		files->all[n].is_text = false;
	}
	files->shape++;
}

void recorded_files_clear(struct recorded_files *files)
{
	for (size_t n = 0; n < files->count; n++)
		free((void *)(uintptr_t)files->all[n].file.path);
	free(files->all);
	*files = (struct recorded_files){ 0 };
}
