// SPDX-License-Identifier: GPL-2.0-or-later
#include "paths.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

#include "target.h"

/* The longest file of /proc and /sys that anything here wants */
#define MAX_SIZE (4 * 1024 * 1024)

static __attribute__((format(printf, 1, 0))) char *make(const char *format,
							va_list args)
{
	const char *root = target_is_chosen() ? NULL : getenv("JAILHOUSE_ROOT");
	char *path, *full;

	if (vasprintf(&path, format, args) < 0)
		return NULL;
	if (asprintf(&full, "%s%s", root ? root : "", path) < 0)
		full = NULL;
	free(path);
	return full;
}

char *paths_make(const char *format, ...)
{
	va_list args;
	char *path;

	va_start(args, format);
	path = make(format, args);
	va_end(args);
	return path;
}

/* A file of the target that --target names. */
static int read_there(const char *path, void **data, size_t *length)
{
	struct jhcfg_target *target = target_get();

	return target ? jhcfg_target_read(target, path, MAX_SIZE, data, length)
		      : -ENOTCONN;
}

static __attribute__((format(printf, 3, 0))) int read_file(char **text,
							   size_t *size,
							   const char *format,
							   va_list args)
{
	char *path = make(format, args);
	size_t length;
	void *data;
	int err;

	if (!path)
		return -ENOMEM;
	if (target_is_chosen())
		err = read_there(path, &data, &length);
	else
		err = jhcfg_file_read(path, MAX_SIZE, &data, &length);
	free(path);
	if (err)
		return err;
	*text = data;
	if (size)
		*size = length;
	return 0;
}

int paths_read(char **text, size_t *size, const char *format, ...)
{
	va_list args;
	int err;

	va_start(args, format);
	err = read_file(text, size, format, args);
	va_end(args);
	return err;
}

int paths_read_line(char **text, const char *format, ...)
{
	va_list args;
	int err;

	va_start(args, format);
	err = read_file(text, NULL, format, args);
	va_end(args);
	if (!err)
		(*text)[strcspn(*text, "\n")] = '\0';
	return err;
}
