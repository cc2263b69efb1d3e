// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is in a folder, and whose it is: what an earlier export left there, as
 * its sums say, is ours. */
#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/folder.h"

#define SUM_LENGTH (SHA256_DIGEST_STRING_LENGTH - 1)
#define MAX_SUMS   (1 << 20)

/* --- a file that is there ------------------------------------------------- */

struct old_file {
	bool is_there, is_regular;
	size_t size;
	char sum[SHA256_DIGEST_STRING_LENGTH];
};

static int sum_file(int fd, struct old_file *old)
{
	char buffer[16384];
	SHA2_CTX context;
	ssize_t n;

	SHA256Init(&context);
	while ((n = read(fd, buffer, sizeof(buffer))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		SHA256Update(&context, (const uint8_t *)buffer, (size_t)n);
		old->size += (size_t)n;
	}
	SHA256End(&context, old->sum);
	return 0;
}

/* A link, a pipe or a device is never read. */
static int look_at(int dir, const char *name, struct old_file *old)
{
	struct stat stat;
	int fd, err;

	*old = (struct old_file){ 0 };
	if (fstatat(dir, name, &stat, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -errno;
	old->is_there = true;
	old->is_regular = S_ISREG(stat.st_mode);
	if (!old->is_regular)
		return 0;
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = sum_file(fd, old);
	close(fd);
	return err;
}

/* --- the sums of an earlier export ---------------------------------------- */

static int read_sums(struct export_folder *folder)
{
	int fd = openat(folder->dir, EXPORT_MANIFEST,
			O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	size_t size = 0;
	ssize_t n = 0;

	if (fd < 0)
		return 0;
	folder->sums = calloc(1, MAX_SUMS + 1);
	while (folder->sums && size < MAX_SUMS &&
	       ((n = read(fd, folder->sums + size, MAX_SUMS - size)) > 0 ||
		(n < 0 && errno == EINTR)))
		size += n > 0 ? (size_t)n : 0;
	close(fd);
	if (!folder->sums)
		return -ENOMEM;
	/* anything else is no list of ours */
	if (n < 0 || size == MAX_SUMS || strlen(folder->sums) != size)
		*folder->sums = 0;
	return 0;
}

/* The next line "SUM  NAME" of *@at; false at the end. */
static bool next_sum(char **at, const char **sum, const char **name)
{
	char *line = *at, *end = strchr(line, '\n');

	if (!end)
		return false;
	*end = 0;
	*at = end + 1;
	*sum = *name = "";
	if (strlen(line) > SUM_LENGTH + 2 && line[SUM_LENGTH] == ' ' &&
	    !strchr(line, '/')) {
		line[SUM_LENGTH] = 0;
		*sum = line;
		*name = line + SUM_LENGTH + 2;
	}
	return true;
}

struct sum {
	const char *sum, *name;
};

struct sums {
	struct sum *items;
	size_t count;
};

static int list_sums(struct export_folder *folder, struct sums *sums)
{
	char *at = folder->sums;
	bool is_ours = false;
	size_t lines = 0;

	for (const char *c = at; c && (c = strchr(c, '\n')); c++)
		lines++;
	sums->items = calloc(lines + 1, sizeof(*sums->items));
	if (!sums->items)
		return -ENOMEM;
	while (at && next_sum(&at, &sums->items[sums->count].sum,
			      &sums->items[sums->count].name))
		is_ours |=
			!strcmp(sums->items[sums->count++].name, EXPORT_SCRIPT);
	/* others keep lists of sums under this name, too */
	if (!is_ours)
		sums->count = 0;
	return 0;
}

/* An earlier export wrote it, and nobody has changed it since. */
static bool is_ours(const struct sums *sums, const char *name,
		    const struct old_file *old)
{
	/* which cannot hold its own sum */
	if (sums->count && !strcmp(name, EXPORT_MANIFEST))
		return true;
	for (size_t n = 0; n < sums->count; n++)
		if (!strcmp(sums->items[n].name, name))
			return !strcmp(sums->items[n].sum, old->sum);
	return false;
}

/* --- changes -------------------------------------------------------------- */

static void say(struct export_folder *folder, enum jhcfg_severity severity,
		const char *name, const char *hint, const char *text)
{
	char *path = malloc(strlen(folder->path) + strlen(name) + 2);

	if (path)
		strcat(strcat(strcpy(path, folder->path), "/"), name);
	jhcfg_diags_add(folder->diags, severity, "", path ? path : name, "",
			hint, "%s", text);
	free(path);
}

static int look_at_new(struct export_folder *folder, const struct sums *sums,
		       const struct export_file *file)
{
	struct export_change *change = &folder->changes[folder->count++];
	char sum[SHA256_DIGEST_STRING_LENGTH];
	struct old_file old;
	int err = look_at(folder->dir, file->name, &old);

	*change = (struct export_change){
		.name = file->name,
		.file = file,
		.has_old = old.is_there,
	};
	if (err) {
		say(folder, JHCFG_ERROR, file->name, "choose another folder",
		    "cannot be read");
		return err;
	}
	if (!old.is_there)
		return 0;
	if (!old.is_regular) {
		say(folder, JHCFG_ERROR, file->name,
		    "remove it, or choose another folder",
		    "is in the way, and is no file that could be replaced");
		return -EEXIST;
	}
	SHA256Data(file->data, file->size, sum);
	change->is_same = old.size == file->size && !strcmp(sum, old.sum);
	if (change->is_same || folder->replace ||
	    is_ours(sums, file->name, &old))
		return 0;
	say(folder, JHCFG_ERROR, file->name,
	    "move it away, choose another folder, or replace it on purpose",
	    "is in the way: no export left it there as it is");
	return -EEXIST;
}

/* Lists that others have edited may name a file twice. */
static bool is_changed(const struct export_folder *folder, const char *name)
{
	for (size_t n = 0; n < folder->count; n++)
		if (!strcmp(folder->changes[n].name, name))
			return true;
	return false;
}

/* What an earlier export left, and this one has no more. */
static int look_at_stale(struct export_folder *folder, const struct sums *sums,
			 const struct sum *sum)
{
	struct old_file old;
	int err;

	if (!*sum->name || export_find(folder->files, sum->name) ||
	    is_changed(folder, sum->name))
		return 0;
	err = look_at(folder->dir, sum->name, &old);
	if (err || !old.is_there)
		return 0;
	if (!old.is_regular || !is_ours(sums, sum->name, &old)) {
		say(folder, JHCFG_INFO, sum->name, NULL,
		    "is not part of the project any more, but was changed: it "
		    "stays");
		return 0;
	}
	folder->changes[folder->count++] = (struct export_change){
		.name = sum->name,
		.has_old = true,
	};
	return 0;
}

static bool has_sums(const struct export_files *files)
{
	return export_find(files, EXPORT_MANIFEST);
}

int export_folder_look(struct export_folder *folder)
{
	const struct export_files *files = folder->files;
	struct sums sums = { 0 };
	int err = read_sums(folder), in_way = 0;

	if (!err)
		err = list_sums(folder, &sums);
	if (!err) {
		folder->changes = calloc(files->count + sums.count + 1,
					 sizeof(*folder->changes));
		err = folder->changes ? 0 : -ENOMEM;
	}
	for (size_t n = 0; n < files->count && !err; n++) {
		int one = look_at_new(folder, &sums, &files->items[n]);

		/* all that are in the way are told at once */
		if (one == -EEXIST)
			in_way = one;
		else
			err = one;
	}
	for (size_t n = 0; n < sums.count && !err && has_sums(files); n++)
		err = look_at_stale(folder, &sums, &sums.items[n]);
	free(sums.items);
	return err ? err : in_way;
}

void export_folder_clear(struct export_folder *folder)
{
	free(folder->changes);
	free(folder->sums);
}
