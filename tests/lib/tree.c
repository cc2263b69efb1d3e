// SPDX-License-Identifier: GPL-2.0-or-later
#include "tree.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "folder.h"

/* One tree at a time: tests of a program run in turn. */
static char root[64];

const char *tree_make(void)
{
	snprintf(root, sizeof(root), "/tmp/jailhouse-test-XXXXXX");
	assert_non_null(mkdtemp(root));
	assert_int_equal(setenv("JAILHOUSE_ROOT", root, 1), 0);
	return root;
}

static void remove_path(const char *path)
{
	assert_int_equal(folder_remove_all(path), 0);
}

void tree_remove(void)
{
	unsetenv("JAILHOUSE_ROOT");
	remove_path(root);
}

void tree_delete(const char *path)
{
	char full[512];

	snprintf(full, sizeof(full), "%s%s", root, path);
	remove_path(full);
}

static void make_directories(char *path)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(path, 0755))
			assert_int_equal(errno, EEXIST);
		*slash = '/';
	}
}

/* Whoever looks meanwhile sees the file as it was, or whole, as in sysfs. */
void tree_write_bytes(const char *path, const void *data, size_t size)
{
	char full[512], part[80];
	FILE *file;

	snprintf(full, sizeof(full), "%s%s", root, path);
	snprintf(part, sizeof(part), "%s/.part", root);
	make_directories(full);
	file = fopen(part, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rename(part, full), 0);
}

void tree_write(const char *path, const char *text)
{
	tree_write_bytes(path, text, strlen(text));
}

void tree_append(const char *path, const char *text)
{
	char full[512];
	FILE *file;

	snprintf(full, sizeof(full), "%s%s", root, path);
	file = fopen(full, "a");
	assert_non_null(file);
	assert_int_not_equal(fputs(text, file), EOF);
	assert_int_equal(fclose(file), 0);
}

int tree_setup(void **state)
{
	(void)state;
	tree_make();
	return 0;
}

int tree_teardown(void **state)
{
	(void)state;
	tree_remove();
	return 0;
}
