// SPDX-License-Identifier: GPL-2.0-or-later
#include "paths.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

/* The longest file of /proc and /sys that anything here wants */
#define MAX_SIZE (4 * 1024 * 1024)

static __attribute__((format(printf, 1, 0))) char *make(const char *format,
							va_list args)
{
	const char *root = getenv("JAILHOUSE_ROOT");
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
