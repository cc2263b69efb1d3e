// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Files into a folder, all of them or none. A new folder is filled under
 * another name and then renamed. Into one that is there, files are written
 * beside the old ones first, so that whatever takes room or may be refused is
 * over; then they change places by renaming, and back again if one of them
 * cannot. The sums go first and come last: if we are killed meanwhile, the
 * launch script sees that the folder is not whole.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/folder.h"
#include "util/replace.h"

static int complain(struct export_folder *folder, const char *name, int err,
		    const char *what)
{
	char *path;

	if (asprintf(&path, "%s%s%s", folder->path, *name ? "/" : "", name) < 0)
		return -ENOMEM;
	jhcfg_diags_add(folder->diags, JHCFG_ERROR, "", path, "",
			"choose another folder", "cannot be %s: %s", what,
			strerror(-err));
	free(path);
	return err;
}

/* --- writing -------------------------------------------------------------- */

static int write_new(int dir, const char *name, const struct export_file *file)
{
	int fd = openat(dir, name,
			O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
			file->is_program ? 0777 : 0666);
	int err;

	if (fd < 0)
		return -errno;
	err = jhcfg_write_full(fd, file->data, file->size);
	if (!err && fsync(fd) < 0)
		err = -errno;
	if (close(fd) < 0 && !err)
		err = -errno;
	return err;
}

/* EINVAL: a file system that has nothing to sync for a directory */
static int sync_folder(int dir)
{
	return fsync(dir) < 0 && errno != EINVAL ? -errno : 0;
}

/* A new directory beside @base, open; its name is in *@name. */
static int make_beside(int dir, const char *base, char **name)
{
	for (unsigned int tries = 0; tries < 100; tries++) {
		int fd;

		if (asprintf(name, "%s.%x%x", base, (unsigned int)getpid(),
			     tries) < 0) {
			*name = NULL;
			return -ENOMEM;
		}
		if (!mkdirat(dir, *name, 0777)) {
			fd = openat(dir, *name,
				    O_RDONLY | O_DIRECTORY | O_CLOEXEC |
					    O_NOFOLLOW);
			return fd < 0 ? -errno : fd;
		}
		free(*name);
		*name = NULL;
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

/* --- a new folder --------------------------------------------------------- */

static void remove_stage(int dir, int stage, const char *name,
			 const struct export_files *files)
{
	for (size_t n = 0; n < files->count; n++)
		unlinkat(stage, files->items[n].name, 0);
	unlinkat(dir, name, AT_REMOVEDIR);
}

static int write_fresh(struct export_folder *folder)
{
	const struct export_files *files = folder->files;
	char *stage_name = NULL;
	int stage = make_beside(AT_FDCWD, folder->path, &stage_name);
	int err = 0;

	if (stage < 0) {
		err = complain(folder, "", stage, "made");
		if (stage_name)
			rmdir(stage_name);
		free(stage_name);
		return err;
	}
	for (size_t n = 0; n < files->count && !err; n++) {
		err = write_new(stage, files->items[n].name, &files->items[n]);
		if (err)
			complain(folder, files->items[n].name, err, "written");
	}
	if (!err) {
		err = sync_folder(stage);
		if (!err &&
		    renameat(AT_FDCWD, stage_name, AT_FDCWD, folder->path) < 0)
			err = -errno;
		if (err)
			complain(folder, "", err, "made");
	}
	if (err)
		remove_stage(AT_FDCWD, stage, stage_name, files);
	close(stage);
	free(stage_name);
	return err;
}

/* --- one that is there ---------------------------------------------------- */

/* "n3": the new file, "o3": the old one, of the third. */
static void stage_name(char name[32], char kind, size_t index)
{
	snprintf(name, 32, "%c%zu", kind, index);
}

/* Writes those that differ. */
static int stage_files(struct export_folder *folder, int stage)
{
	char name[32];

	for (size_t n = 0; n < folder->count; n++) {
		struct export_change *change = &folder->changes[n];
		int err;

		if (!change->file || change->is_same)
			continue;
		stage_name(name, 'n', n);
		err = write_new(stage, name, change->file);
		if (err)
			return complain(folder, change->name, err, "written");
	}
	return 0;
}

static int move(int from, const char *old, int to, const char *new)
{
	return renameat(from, old, to, new) < 0 ? -errno : 0;
}

static int take_away(struct export_folder *folder, int stage, size_t index)
{
	struct export_change *change = &folder->changes[index];
	char name[32];
	int err;

	if (!change->has_old || change->is_same || change->old_is_away)
		return 0;
	stage_name(name, 'o', index);
	err = move(folder->dir, change->name, stage, name);
	change->old_is_away = !err;
	return err;
}

static int put_new(struct export_folder *folder, int stage, size_t index)
{
	struct export_change *change = &folder->changes[index];
	char name[32];
	int err;

	if (!change->file || change->is_same)
		return 0;
	stage_name(name, 'n', index);
	err = move(stage, name, folder->dir, change->name);
	change->new_is_there = !err;
	return err;
}

static void put_back(struct export_folder *folder, int stage)
{
	char name[32];

	for (size_t n = folder->count; n-- > 0;) {
		struct export_change *change = &folder->changes[n];

		if (change->new_is_there) {
			stage_name(name, 'n', n);
			move(folder->dir, change->name, stage, name);
		}
		if (change->old_is_away) {
			stage_name(name, 'o', n);
			move(stage, name, folder->dir, change->name);
			change->old_is_away = false;
		}
	}
}

static int exchange(struct export_folder *folder, int stage)
{
	size_t sums = folder->count, n = 0;
	int err = 0;

	while (n < folder->count &&
	       strcmp(folder->changes[n].name, EXPORT_MANIFEST) != 0)
		n++;
	sums = n;
	if (sums < folder->count)
		err = take_away(folder, stage, sums);
	for (n = 0; n < folder->count && !err; n++) {
		if (n != sums)
			err = take_away(folder, stage, n);
		if (!err && n != sums)
			err = put_new(folder, stage, n);
		if (err)
			complain(folder, folder->changes[n].name, err,
				 "replaced");
	}
	if (!err && sums < folder->count) {
		err = put_new(folder, stage, sums);
		if (err)
			complain(folder, EXPORT_MANIFEST, err, "replaced");
	}
	if (!err)
		err = sync_folder(folder->dir);
	return err;
}

static void sweep(struct export_folder *folder, int stage, const char *name)
{
	char file[32];

	for (size_t n = 0; n < folder->count; n++) {
		stage_name(file, 'n', n);
		unlinkat(stage, file, 0);
		/* one that could not be put back stays: it is not ours */
		if (folder->changes[n].old_is_away) {
			stage_name(file, 'o', n);
			unlinkat(stage, file, 0);
		}
	}
	unlinkat(folder->dir, name, AT_REMOVEDIR);
}

static int write_changes(struct export_folder *folder)
{
	char *name = NULL;
	int stage = make_beside(folder->dir, ".export", &name);
	int err;

	if (stage < 0) {
		if (name)
			unlinkat(folder->dir, name, AT_REMOVEDIR);
		free(name);
		return complain(folder, "", stage, "written to");
	}
	err = stage_files(folder, stage);
	if (!err) {
		err = exchange(folder, stage);
		if (err)
			put_back(folder, stage);
	}
	sweep(folder, stage, name);
	close(stage);
	free(name);
	return err;
}

/* --- both ----------------------------------------------------------------- */

static int write_existing(struct export_folder *folder)
{
	int err;

	folder->dir = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder->dir < 0)
		return complain(folder, "", -errno, "written to");
	err = export_folder_look(folder);
	if (!err)
		err = write_changes(folder);
	export_folder_clear(folder);
	close(folder->dir);
	return err;
}

int export_write(const char *path, const struct export_files *files,
		 bool replace, struct jhcfg_diags *diags)
{
	struct export_folder folder = {
		.path = strdup(path),
		.files = files,
		.replace = replace,
		.diags = diags,
	};
	size_t length = strlen(path);
	struct stat stat;
	int err;

	if (!folder.path)
		return -ENOMEM;
	/* what is made beside it is not to be inside of it */
	while (length > 1 && folder.path[length - 1] == '/')
		folder.path[--length] = 0;
	if (!lstat(folder.path, &stat))
		err = write_existing(&folder);
	else if (errno == ENOENT)
		err = write_fresh(&folder);
	else
		err = complain(&folder, "", -errno, "made");
	free(folder.path);
	return err;
}
