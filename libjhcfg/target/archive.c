// SPDX-License-Identifier: LGPL-2.1-or-later
/* An archive with a copy of a machine's files, as a target. */
#include "target/archive.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/machine.h"
#include "target/target.h"

bool target_is_archive(const char *path)
{
	static const struct {
		size_t at, size;
		const char *bytes;
	} marks[] = {
		{ 257, 5, "ustar" },
		{ 0, 2, "\x1f\x8b" }, /* gzip */
		{ 0, 3, "BZh" },      /* bzip2 */
		{ 0, 6,
		  "\xfd"
		  "7zXZ\0" },		      /* xz */
		{ 0, 4, "\x28\xb5\x2f\xfd" }, /* zstd */
	};
	char head[512] = { 0 };
	FILE *file = fopen(path, "re");
	size_t size = file ? fread(head, 1, sizeof(head), file) : 0;

	if (file)
		fclose(file);
	for (size_t n = 0; n < sizeof(marks) / sizeof(*marks); n++) {
		if (size >= marks[n].at + marks[n].size &&
		    !memcmp(head + marks[n].at, marks[n].bytes, marks[n].size))
			return true;
	}
	return false;
}

static int archive_open(struct jhcfg_target *target,
			const struct target_services *services,
			const struct target_place *place,
			const struct jhcfg_target_options *options,
			struct jhcfg_diags *diags, void **self)
{
	struct machine *machine;
	int err = machine_open_archive(place->path, diags, &machine);

	(void)target;
	(void)services;
	(void)options;
	if (!err)
		*self = machine;
	return err;
}

static void archive_close(void *self)
{
	machine_close(self);
}

/* As the machine wants it: relative, and clean. -ENOENT */
static int clean(const char *path, char name[MACHINE_MAX_PATH])
{
	size_t length = 0;

	while (*path) {
		size_t part = strcspn(path, "/");

		if (part == 2 && !strncmp(path, "..", 2))
			return -ENOENT;
		if (part && !(part == 1 && *path == '.')) {
			if (length + part + 2 > MACHINE_MAX_PATH)
				return -ENOENT;
			if (length)
				name[length++] = '/';
			memcpy(name + length, path, part);
			length += part;
		}
		path += part + (path[part] == '/');
	}
	name[length] = 0;
	return 0;
}

static bool is_folder(struct machine *machine, const char *name)
{
	struct machine_names names;
	bool found = !machine_list(machine, name, &names) && names.count;

	machine_names_clear(&names);
	return found;
}

static int archive_read(void *self, const char *path, size_t max, void **data,
			size_t *size)
{
	char name[MACHINE_MAX_PATH], *text;
	int err = clean(path, name);

	if (err)
		return err;
	if (is_folder(self, name))
		return -EISDIR;
	err = machine_read(self, name, &text, size);
	if (err)
		return err;
	if (*size > max) {
		free(text);
		return -EFBIG;
	}
	*data = text;
	return 0;
}

static int archive_stat(void *self, const char *path, bool follow,
			struct jhcfg_stat *stat)
{
	struct machine *machine = self;
	char name[MACHINE_MAX_PATH], target[MACHINE_MAX_PATH], *text;
	size_t size;
	int err = clean(path, name);

	if (err)
		return err;
	*stat = (struct jhcfg_stat){ .kind = JHCFG_FILE_OTHER };
	if (!follow &&
	    !machine->ops->link(machine, name, target, sizeof(target)))
		return 0;
	if (is_folder(machine, name)) {
		stat->kind = JHCFG_FILE_DIRECTORY;
		return 0;
	}
	err = machine_read(machine, name, &text, &size);
	if (err)
		return err;
	free(text);
	stat->kind = JHCFG_FILE_REGULAR;
	stat->size = size;
	return 0;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int copy_names(const struct machine_names *names, char ***copy)
{
	char **list = calloc(names->count + 1, sizeof(*list));

	for (size_t n = 0; list && n < names->count; n++) {
		list[n] = strdup(names->items[n]);
		if (!list[n]) {
			jhcfg_names_free(list);
			list = NULL;
		}
	}
	if (!list)
		return -ENOMEM;
	qsort(list, names->count, sizeof(*list), by_bytes);
	*copy = list;
	return 0;
}

static int archive_list(void *self, const char *path, char ***names)
{
	char name[MACHINE_MAX_PATH];
	struct machine_names found;
	int err = clean(path, name);

	if (err)
		return err;
	err = machine_list(self, name, &found);
	if (!err && !found.count)
		err = machine_exists(self, name) ? -ENOTDIR : -ENOENT;
	if (!err)
		err = copy_names(&found, names);
	machine_names_clear(&found);
	return err;
}

static const struct target_files archive_files = {
	.read = archive_read,
	.stat = archive_stat,
	.list = archive_list,
};

const struct target_backend target_archive = {
	.version = TARGET_MODULE_VERSION,
	.kind = JHCFG_TARGET_RECORDED,
	.open = archive_open,
	.close = archive_close,
	.files = &archive_files,
};
