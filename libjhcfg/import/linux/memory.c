// SPDX-License-Identifier: LGPL-2.1-or-later
/* A machine's files in memory, sorted by path. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/list.h"
#include "import/linux/machine.h"
#include "model/arena.h"

#define MAX_LINKS 8 /* that lead to one another */

struct entry {
	const char *path;
	const char *data; /* of a link: the target, with a NUL */
	size_t size;
	bool is_link;
	size_t order; /* of adding: a later one replaces one before */
};

struct memory {
	struct machine machine;
	struct jhcfg_arena arena;
	struct entry *entries;
	size_t count, total;
	bool sorted;
};

static struct memory *memory_of(struct machine *machine)
{
	return (struct memory *)machine;
}

/* --- paths --------------------------------------------------------------- */

/*
 * Writes @path to @clean without empty parts and "."; ".." leaves the part
 * before. False if it leads out, or is too long.
 */
static bool clean_path(const char *path, char clean[MACHINE_MAX_PATH])
{
	size_t length = 0;

	while (*path) {
		size_t part = strcspn(path, "/");

		if (part == 2 && !memcmp(path, "..", 2)) {
			if (!length)
				return false;
			while (length && clean[--length] != '/')
				;
		} else if (part && !(part == 1 && *path == '.')) {
			if (length + part + 2 > MACHINE_MAX_PATH)
				return false;
			if (length)
				clean[length++] = '/';
			memcpy(clean + length, path, part);
			length += part;
		}
		path += part;
		path += *path == '/';
	}
	clean[length] = '\0';
	return true;
}

/* Archives name files relative to their root; nobody who is honest has "..". */
static bool is_good_name(const char *path)
{
	for (;;) {
		size_t part = strcspn(path, "/");

		if (part == 2 && !memcmp(path, "..", 2))
			return false;
		if (!path[part])
			return true;
		path += part + 1;
	}
}

/* --- looking up ---------------------------------------------------------- */

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->order < y->order) - (x->order > y->order);
}

static void sort(struct memory *memory)
{
	size_t used = 0;

	if (memory->sorted || !memory->count)
		return;
	qsort(memory->entries, memory->count, sizeof(*memory->entries),
	      compare_entries);
	for (size_t n = 1; n < memory->count; n++)
		if (strcmp(memory->entries[n].path,
			   memory->entries[used].path) != 0)
			memory->entries[++used] = memory->entries[n];
	memory->count = used + 1;
	memory->sorted = true;
}

/* The first entry that is not before @path. */
static size_t find_place(struct memory *memory, const char *path)
{
	size_t low = 0, high;

	sort(memory);
	high = memory->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(memory->entries[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct entry *find(struct memory *memory, const char *path)
{
	size_t n = find_place(memory, path);

	if (n < memory->count && !strcmp(memory->entries[n].path, path))
		return &memory->entries[n];
	return NULL;
}

/* Replaces the first part of @path that is a link, unless it is the last one
 * and @keep_last. False: there is none, or it leads out. */
static bool follow_one(struct memory *memory, char path[MACHINE_MAX_PATH],
		       bool keep_last)
{
	char joined[2 * MACHINE_MAX_PATH];
	const struct entry *entry = NULL;
	size_t end = 0, folder = 0;

	while (path[end]) {
		char rest;

		folder = end;
		end += path[end] == '/';
		end += strcspn(path + end, "/");
		if (!path[end] && keep_last)
			return false;
		rest = path[end];
		path[end] = '\0';
		entry = find(memory, path);
		path[end] = rest;
		if (entry && entry->is_link)
			break;
		entry = NULL;
	}
	if (!entry ||
	    entry->size + strlen(path + end) + folder + 2 > sizeof(joined))
		return false;
	if (entry->data[0] == '/')
		folder = 0;
	memcpy(joined, path, folder);
	joined[folder] = '/';
	memcpy(joined + folder + 1, entry->data, entry->size);
	strcpy(joined + folder + 1 + entry->size, path + end);
	return clean_path(joined, path);
}

static void resolve(struct memory *memory, char path[MACHINE_MAX_PATH],
		    bool keep_last)
{
	for (int n = 0; n < MAX_LINKS; n++)
		if (!follow_one(memory, path, keep_last))
			return;
}

static int memory_read(struct machine *machine, const char *path, size_t max,
		       char **data, size_t *size)
{
	struct memory *memory = memory_of(machine);
	char clean[MACHINE_MAX_PATH];
	const struct entry *entry;
	char *copy;

	if (!clean_path(path, clean))
		return -ENOENT;
	resolve(memory, clean, false);
	entry = find(memory, clean);
	if (!entry || entry->is_link)
		return -ENOENT;
	if (entry->size > max)
		return -EFBIG;
	copy = malloc(entry->size + 1);
	if (!copy)
		return -ENOMEM;
	if (entry->size)
		memcpy(copy, entry->data, entry->size);
	copy[entry->size] = '\0';
	*data = copy;
	*size = entry->size;
	return 0;
}

static int memory_link(struct machine *machine, const char *path, char *target,
		       size_t size)
{
	struct memory *memory = memory_of(machine);
	char clean[MACHINE_MAX_PATH];
	const struct entry *entry;

	if (!clean_path(path, clean))
		return -ENOENT;
	resolve(memory, clean, true);
	entry = find(memory, clean);
	if (!entry || !entry->is_link)
		return -ENOENT;
	if (size > entry->size)
		size = entry->size + 1;
	memcpy(target, entry->data, size - 1);
	target[size - 1] = '\0';
	return 0;
}

static int memory_list(struct machine *machine, const char *path,
		       struct machine_names *names)
{
	struct memory *memory = memory_of(machine);
	char clean[MACHINE_MAX_PATH];
	size_t length, last = 0;
	const char *before = NULL;

	if (!clean_path(path, clean))
		return -ENOENT;
	resolve(memory, clean, false);
	length = strlen(clean);
	if (length + 2 > sizeof(clean))
		return -ENOENT;
	if (length)
		clean[length++] = '/';
	clean[length] = '\0';
	for (size_t n = find_place(memory, clean); n < memory->count; n++) {
		const char *name = memory->entries[n].path;
		size_t part;

		if (strncmp(name, clean, length) != 0)
			break;
		name += length;
		part = strcspn(name, "/");
		if (before && part == last && !memcmp(before, name, part))
			continue;
		if (!machine_names_add(names, name, part))
			break;
		before = name;
		last = part;
	}
	return 0;
}

static void memory_close(struct machine *machine)
{
	struct memory *memory = memory_of(machine);

	jhcfg_arena_clear(&memory->arena);
	free(memory->entries);
	free(memory);
}

static const struct machine_ops ops = {
	.read = memory_read,
	.link = memory_link,
	.list = memory_list,
	.close = memory_close,
};

/* --- filling ------------------------------------------------------------- */

int machine_new_memory(const char *name, struct machine **machine)
{
	struct memory *memory = calloc(1, sizeof(*memory));

	if (!memory)
		return -ENOMEM;
	memory->machine.ops = &ops;
	memory->machine.name = jhcfg_arena_text(&memory->arena, name);
	*machine = &memory->machine;
	return 0;
}

static int add(struct memory *memory, const char *path, const char *data,
	       size_t size, bool is_link)
{
	char clean[MACHINE_MAX_PATH];
	size_t cost = size + strlen(path) + sizeof(struct entry);
	void *entries;
	char *copy;

	if (memory->sorted || !is_good_name(path) || !clean_path(path, clean) ||
	    !*clean)
		return -EINVAL;
	if (size > MACHINE_MAX_FILE || memory->count >= MACHINE_MAX_FILES ||
	    cost > MACHINE_MAX_TOTAL - memory->total)
		return -EFBIG;
	entries = list_room(memory->entries, memory->count,
			    sizeof(*memory->entries));
	if (!entries)
		return -ENOMEM;
	memory->entries = entries;
	copy = jhcfg_arena_alloc(&memory->arena, size + 1);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, data, size);
	memory->total += cost;
	memory->entries[memory->count] = (struct entry){
		.path = jhcfg_arena_text(&memory->arena, clean),
		.data = copy,
		.size = size,
		.is_link = is_link,
		.order = memory->count,
	};
	memory->count++;
	return memory->arena.failed ? -ENOMEM : 0;
}

int machine_add_file(struct machine *machine, const char *path,
		     const void *data, size_t size)
{
	return add(memory_of(machine), path, data, size, false);
}

int machine_add_link(struct machine *machine, const char *path,
		     const char *target)
{
	size_t size = strlen(target);

	if (!size || size >= MACHINE_MAX_PATH)
		return -EINVAL;
	return add(memory_of(machine), path, target, size, true);
}
