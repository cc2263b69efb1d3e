// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* While files are added, the block of bytes may move: a file is known by
 * where the parts of its path and its text are in there. The folder may be the
 * one of the file before. */
struct entry {
	size_t folder, name, text, size;
};

struct jhcfg_tree {
	struct entry *entries, *scratch; /* @capacity each */
	struct jhcfg_tree_file *files;	 /* made of them at the end */
	/* what was lent, instead of all these but count and capacity */
	const struct jhcfg_tree_file **lent;
	size_t count, capacity;
	bool borrows;
	char *bytes;
	size_t end, room; /* of @bytes: in use and allocated */
	size_t used, max; /* without the NULs behind texts */
};

struct jhcfg_tree *target_tree_new(size_t max)
{
	struct jhcfg_tree *tree = calloc(1, sizeof(*tree));

	if (tree)
		tree->max = max;
	return tree;
}

void target_tree_borrow(struct jhcfg_tree *tree)
{
	tree->borrows = true;
}

void target_tree_empty(struct jhcfg_tree *tree, size_t max)
{
	tree->count = tree->end = tree->used = 0;
	tree->max = max;
}

void jhcfg_tree_free(struct jhcfg_tree *tree)
{
	if (!tree)
		return;
	free(tree->entries);
	free(tree->scratch);
	free(tree->files);
	free(tree->lent);
	free(tree->bytes);
	free(tree);
}

bool target_tree_skips(const struct jhcfg_tree_request *request,
		       const char *name)
{
	const char *const *skip = request->skip;
	size_t length, end;

	for (; skip && *skip; skip++) {
		if (**skip == *name && !strcmp(*skip, name))
			return true;
	}
	if (!request->skip_suffix)
		return false;
	length = strlen(name);
	end = strlen(request->skip_suffix);
	return length >= end &&
	       !memcmp(name + length - end, request->skip_suffix, end);
}

size_t target_tree_room(const struct jhcfg_tree *tree)
{
	return tree->max - tree->used;
}

/* --- adding --------------------------------------------------------------- */

static int grow_array(void *array, size_t capacity, size_t size)
{
	void **items = array;
	void *grown = reallocarray(*items, capacity, size);

	if (!grown)
		return -ENOMEM;
	*items = grown;
	return 0;
}

/* Room for one more file. */
static int grow_files(struct jhcfg_tree *tree)
{
	size_t capacity = tree->capacity ? 2 * tree->capacity : 64;

	if (tree->count < tree->capacity)
		return 0;
	if (grow_array(&tree->entries, capacity, sizeof(*tree->entries)) ||
	    grow_array(&tree->scratch, capacity, sizeof(*tree->scratch)) ||
	    grow_array(&tree->files, capacity, sizeof(*tree->files)))
		return -ENOMEM;
	tree->capacity = capacity;
	return 0;
}

/* Room for @size more bytes. */
static int grow_bytes(struct jhcfg_tree *tree, size_t size)
{
	size_t room = tree->room ? tree->room : 4096, needed;
	char *bytes;

	if (__builtin_add_overflow(tree->end, size, &needed))
		return -ENOMEM;
	if (needed <= tree->room)
		return 0;
	while (room < needed) {
		if (__builtin_mul_overflow(room, 2, &room))
			return -ENOMEM;
	}
	bytes = realloc(tree->bytes, room);
	if (!bytes)
		return -ENOMEM;
	tree->bytes = bytes;
	tree->room = room;
	return 0;
}

/* Where that folder is, if it is the one of the last file; else SIZE_MAX. */
static size_t same_folder(const struct jhcfg_tree *tree, const char *folder,
			  size_t length)
{
	const struct entry *last = &tree->entries[tree->count];
	const char *before;

	if (!tree->count)
		return SIZE_MAX;
	before = tree->bytes + (--last)->folder;
	return !strncmp(before, folder, length) && !before[length]
		       ? last->folder
		       : SIZE_MAX;
}

/* Puts @length bytes and a NUL behind what is in use from *@end on. */
static size_t put(struct jhcfg_tree *tree, size_t *end, const char *text,
		  size_t length)
{
	const size_t at = *end;

	memcpy(tree->bytes + at, text, length);
	tree->bytes[at + length] = 0;
	*end += length + 1;
	return at;
}

/* The path is @length bytes of @folder, and @name. */
static int begin(struct jhcfg_tree *tree, const char *folder, size_t length,
		 const char *name, size_t size, char **text)
{
	const size_t name_length = strlen(name);
	struct entry *entry;
	size_t end;

	if (size > target_tree_room(tree) ||
	    length + name_length + 1 > target_tree_room(tree) - size)
		return -EFBIG;
	if (grow_files(tree) ||
	    grow_bytes(tree, length + name_length + size + 3))
		return -ENOMEM;
	entry = &tree->entries[tree->count];
	end = tree->end;
	entry->folder = same_folder(tree, folder, length);
	if (entry->folder == SIZE_MAX)
		entry->folder = put(tree, &end, folder, length);
	entry->name = put(tree, &end, name, name_length);
	entry->text = end;
	*text = tree->bytes + end;
	return 0;
}

int target_tree_begin(struct jhcfg_tree *tree, const char *path, size_t size,
		      char **text)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return begin(tree, path, (size_t)(name - path), name, size, text);
}

void target_tree_end(struct jhcfg_tree *tree, size_t size)
{
	struct entry *entry = &tree->entries[tree->count];
	char *text = tree->bytes + entry->text;

	if (memchr(text, 0, size))
		return;
	text[size] = 0;
	entry->size = size;
	tree->count++;
	tree->end = entry->text + size + 1;
	tree->used += strlen(tree->bytes + entry->folder) +
		      strlen(tree->bytes + entry->name) + 1 + size;
}

int target_tree_add(struct jhcfg_tree *tree, const char *path, const char *text,
		    size_t size)
{
	char *to;
	int err;

	if (memchr(text, 0, size))
		return 0;
	err = target_tree_begin(tree, path, size, &to);
	if (err)
		return err;
	memcpy(to, text, size);
	target_tree_end(tree, size);
	return 0;
}

static int add_copy(struct jhcfg_tree *tree, const struct jhcfg_tree_file *file)
{
	char *to;
	int err = begin(tree, file->folder, strlen(file->folder), file->name,
			file->size, &to);

	if (err)
		return err;
	memcpy(to, file->text, file->size);
	target_tree_end(tree, file->size);
	return 0;
}

/* In its place: most come in order. Of one that is there already, no second
 * one. */
static void insert_lent(struct jhcfg_tree *tree,
			const struct jhcfg_tree_file *file)
{
	size_t at = tree->count;

	while (at && tree->lent[at - 1] > file)
		at--;
	if (at && tree->lent[at - 1] == file)
		return;
	memmove(tree->lent + at + 1, tree->lent + at,
		(tree->count - at) * sizeof(*tree->lent));
	tree->lent[at] = file;
	tree->count++;
}

int target_tree_lend(struct jhcfg_tree *tree,
		     const struct jhcfg_tree_file *file)
{
	size_t size = strlen(file->folder) + strlen(file->name) + 1, capacity;

	if (memchr(file->text, 0, file->size))
		return 0;
	if (!tree->borrows)
		return add_copy(tree, file);
	if (file->size > target_tree_room(tree) ||
	    size > target_tree_room(tree) - file->size)
		return -EFBIG;
	if (tree->count == tree->capacity) {
		capacity = tree->capacity ? 2 * tree->capacity : 64;
		if (grow_array(&tree->lent, capacity, sizeof(*tree->lent)))
			return -ENOMEM;
		tree->capacity = capacity;
	}
	insert_lent(tree, file);
	tree->used += size + file->size;
	return 0;
}

/* --- order ---------------------------------------------------------------- */

/* As strcmp(), of texts that go on in another one behind their ends. */
static int compare(const char *a, const char *a_more, const char *b,
		   const char *b_more)
{
	for (;; a++, b++) {
		if (!*a && a_more) {
			a = a_more;
			a_more = NULL;
		}
		if (!*b && b_more) {
			b = b_more;
			b_more = NULL;
		}
		if (!*a || *a != *b)
			return (unsigned char)*a - (unsigned char)*b;
	}
}

int jhcfg_tree_file_compare(const struct jhcfg_tree_file *file,
			    const char *path)
{
	return compare(file->folder, file->name, path, NULL);
}

static int compare_entries(const struct jhcfg_tree *tree, const struct entry *a,
			   const struct entry *b)
{
	const char *bytes = tree->bytes;

	if (a->folder == b->folder)
		return strcmp(bytes + a->name, bytes + b->name);
	return compare(bytes + a->folder, bytes + a->name, bytes + b->folder,
		       bytes + b->name);
}

/* Two sorted runs of @from into one of @to. */
static void merge(const struct jhcfg_tree *tree, const struct entry *from,
		  size_t middle, size_t end, struct entry *to)
{
	size_t left = 0, right = middle;

	for (size_t n = 0; n < end; n++) {
		bool take_left =
			right == end ||
			(left < middle &&
			 compare_entries(tree, &from[left], &from[right]) <= 0);

		to[n] = from[take_left ? left++ : right++];
	}
}

/*
 * Sorts by path; files of the same path keep their order. Not by qsort(),
 * which takes memory each time. What is sorted already, as recordings are,
 * costs a look.
 */
static void sort(struct jhcfg_tree *tree)
{
	size_t count = tree->count, sorted = 1;

	while (sorted < count &&
	       compare_entries(tree, &tree->entries[sorted - 1],
			       &tree->entries[sorted]) <= 0)
		sorted++;
	if (sorted >= count)
		return;
	for (size_t run = 1; run < count; run *= 2) {
		struct entry *from = tree->entries;

		for (size_t at = 0; at < count; at += 2 * run) {
			size_t left = count - at;

			merge(tree, from + at, left < run ? left : run,
			      left < 2 * run ? left : 2 * run,
			      tree->scratch + at);
		}
		tree->entries = tree->scratch;
		tree->scratch = from;
	}
}

void target_tree_finish(struct jhcfg_tree *tree)
{
	size_t kept = 0;

	if (tree->borrows)
		return;
	sort(tree);
	for (size_t n = 0; n < tree->count; n++) {
		const struct entry *entry = &tree->entries[n];

		if (n && !compare_entries(tree, entry - 1, entry))
			continue;
		tree->files[kept++] = (struct jhcfg_tree_file){
			.folder = tree->bytes + entry->folder,
			.name = tree->bytes + entry->name,
			.text = tree->bytes + entry->text,
			.size = entry->size,
		};
	}
	tree->count = kept;
}

/* --- reading -------------------------------------------------------------- */

size_t jhcfg_tree_count(const struct jhcfg_tree *tree)
{
	return tree->count;
}

const struct jhcfg_tree_file *jhcfg_tree_at(const struct jhcfg_tree *tree,
					    size_t index)
{
	if (index >= tree->count)
		return NULL;
	return tree->borrows ? tree->lent[index] : &tree->files[index];
}

const struct jhcfg_tree_file *jhcfg_tree_find(const struct jhcfg_tree *tree,
					      const char *path)
{
	size_t low = 0, high = tree->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct jhcfg_tree_file *file =
			jhcfg_tree_at(tree, middle);
		int order = jhcfg_tree_file_compare(file, path);

		if (!order)
			return file;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
