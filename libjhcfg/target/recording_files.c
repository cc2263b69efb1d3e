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
		int order =
			jhcfg_tree_file_compare(&files->all[middle].file, path);

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

/* --- parts of paths ------------------------------------------------------- */

/* @array has room for one item more afterwards. */
static int grow(void *array, size_t count, size_t *capacity, size_t size)
{
	void **items = array;
	size_t wanted = *capacity ? 2 * *capacity : 16;
	void *grown;

	if (count < *capacity)
		return 0;
	grown = reallocarray(*items, wanted, size);
	if (!grown)
		return -ENOMEM;
	*items = grown;
	*capacity = wanted;
	return 0;
}

/* The one copy of @length bytes of @text; NULL without memory. */
static const char *name_of(struct recorded_names *names, const char *text,
			   size_t length)
{
	size_t low = 0, high = names->count;
	char *new;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *known = names->all[middle];
		int order = strncmp(known, text, length);

		if (!order && !known[length])
			return known;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (grow(&names->all, names->count, &names->capacity, sizeof(new)))
		return NULL;
	new = strndup(text, length);
	if (!new)
		return NULL;
	memmove(names->all + low + 1, names->all + low,
		(names->count - low) * sizeof(new));
	names->all[low] = new;
	names->count++;
	return new;
}

static void clear_names(struct recorded_names *names)
{
	for (size_t n = 0; n < names->count; n++)
		free(names->all[n]);
	free(names->all);
}

/* --- files ---------------------------------------------------------------- */

static char *place_of_text(struct recorded_file *file)
{
	return file->room ? file->block : file->own;
}

/* Files from @from on are elsewhere now, with the texts in them. */
static void find_texts(struct recorded_files *files, size_t from)
{
	for (size_t n = from; n < files->count; n++) {
		if (files->all[n].file.text)
			files->all[n].file.text = place_of_text(&files->all[n]);
	}
}

/* A file that is not there yet, in its place. */
static int insert(struct recorded_files *files, size_t at, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	struct recorded_file new = {
		.file.folder =
			name_of(&files->folders, path, (size_t)(name - path)),
		.file.name = name_of(&files->names, name, strlen(name)),
	};

	const struct recorded_file *before = files->all;

	if (!new.file.folder || !new.file.name ||
	    grow(&files->all, files->count, &files->capacity, sizeof(new)))
		return -ENOMEM;
	memmove(files->all + at + 1, files->all + at,
		(files->count - at) * sizeof(new));
	files->all[at] = new;
	files->count++;
	find_texts(files, files->all == before ? at + 1 : 0);
	return 0;
}

/* Room for a text. Counters get longer: a text of about this size needs none
 * the next time. */
static int make_room(struct recorded_file *file, size_t size, bool *moved)
{
	size_t room = (size + size / 8 + 16) & ~(size_t)15;
	char *block;

	if (size < (file->room ? file->room : sizeof(file->own)))
		return 0;
	if (room > INT32_MAX)
		return -ENOMEM;
	block = realloc(file->room ? file->block : NULL, room);
	if (!block)
		return -ENOMEM;
	file->block = block;
	file->room = room & INT32_MAX;
	*moved = true;
	return 0;
}

static void set_text(struct recorded_file *file, const char *text, size_t size)
{
	char *to = place_of_text(file);

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

	*found = at < files->count &&
		 !jhcfg_tree_file_compare(&files->all[at].file, path);
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
	for (size_t n = 0; n < files->count; n++) {
		if (files->all[n].room)
			free(files->all[n].block);
	}
	free(files->all);
	clear_names(&files->folders);
	clear_names(&files->names);
	*files = (struct recorded_files){ 0 };
}
