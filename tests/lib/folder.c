// SPDX-License-Identifier: GPL-2.0-or-later
#include "folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

#include "cmocka_all.h"

#define NUM_PATHS 4

static char folder[64];

const char *folder_make(void)
{
	/* mkdtemp() puts six characters in the place of the last ones */
	strcpy(folder, "/tmp/jhw-test-XXXXXX");
	assert_non_null(mkdtemp(folder));
	return folder;
}

static int remove_entry(const char *path, const struct stat *st, int type,
			struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int folder_remove_all(const char *path)
{
	return nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

int folder_remove(void)
{
	return folder_remove_all(folder);
}

const char *folder_path(const char *name)
{
	static char paths[NUM_PATHS][512];
	static unsigned int next;
	char *path = paths[next++ % NUM_PATHS];

	snprintf(path, sizeof(paths[0]), "%s%s%s", folder, *name ? "/" : "",
		 name);
	return path;
}

void folder_write_bytes(const char *name, const void *data, size_t size)
{
	assert_int_equal(jhcfg_file_write(folder_path(name), data, size), 0);
}

void folder_write(const char *name, const char *text)
{
	folder_write_bytes(name, text, strlen(text));
}

char *folder_read(const char *name)
{
	size_t size;
	void *text;

	assert_int_equal(
		jhcfg_file_read(folder_path(name), 1 << 20, &text, &size), 0);
	return text;
}

void folder_save(struct jhcfg_workspace *workspace, const char *name,
		 struct jhcfg_diags *diags)
{
	assert_int_equal(
		jhcfg_workspace_save(workspace, folder_path(name), diags), 0);
}

struct jhcfg_workspace *folder_load(const char *name, struct jhcfg_diags *diags)
{
	struct jhcfg_workspace *workspace = NULL;

	assert_int_equal(
		jhcfg_workspace_load(folder_path(name), diags, &workspace), 0);
	return workspace;
}
