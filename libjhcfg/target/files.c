// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Files of a target: by the back end where it has them, else by commands that
 * every shell has. The scripts get what varies as arguments, never as text of
 * their own.
 */
#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target/script.h"
#include "target/target.h"

/* A script may end with the number of an error: told by its exit status. */
static const struct script_error {
	int status, error;
} script_errors[] = {
	{ 40, -ENOENT }, { 41, -EACCES }, { 42, -ENOTDIR }, { 43, -EISDIR },
	{ 44, -EIO },	 { 45, -ENOSPC }, { 47, -EROFS },   { 48, -EEXIST },
};

/* The beginning of each: why a file cannot be read. */
#define WHY "[ -e \"$1\" ] || exit 40; [ -r \"$1\" ] || exit 41; "

int target_script_error(const struct jhcfg_result *result)
{
	if (result->signal || result->status == -1)
		return -EIO;
	for (size_t n = 0; n < sizeof(script_errors) / sizeof(*script_errors);
	     n++) {
		if (script_errors[n].status == result->status)
			return script_errors[n].error;
	}
	return result->status ? -EIO : 0;
}

/* Runs it with up to three arguments. *@result is empty on failure. */
static int script(struct jhcfg_target *target, const char *text,
		  const char *const *args, const void *input, size_t size,
		  size_t max, int timeout_ms, struct jhcfg_result *result)
{
	const char *argv[16] = { "sh", "-c", text, "sh" };
	size_t count = 4;
	int err;

	while (*args && count < 15)
		argv[count++] = *args++;
	if (*args)
		return -E2BIG;
	err = jhcfg_target_exec(target, argv, input, size, max, timeout_ms,
				result);
	if (err)
		return err;
	err = target_script_error(result);
	if (err)
		jhcfg_result_clear(result);
	return err;
}

int jhcfg_target_read(struct jhcfg_target *target, const char *path, size_t max,
		      void **data, size_t *size)
{
	const struct target_files *files = target->backend->files;
	const char *const args[] = { path, NULL };
	struct jhcfg_result result;
	int err;

	if (files)
		return files->read(target->self, path, max, data, size);
	err = script(target, WHY "[ -d \"$1\" ] && exit 43; exec cat <\"$1\"",
		     args, NULL, 0, max, 0, &result);
	if (err)
		return err;
	*data = result.output;
	*size = result.output_size;
	free(result.errors);
	return 0;
}

int jhcfg_target_stat(struct jhcfg_target *target, const char *path,
		      struct jhcfg_stat *stat)
{
	static const char text[] = "[ -e \"$1\" ] || exit 40\n"
				   "if [ -d \"$1\" ]; then echo d 0\n"
				   "elif [ -f \"$1\" ]; then printf 'f '; wc "
				   "-c <\"$1\" || exit 41\n"
				   "else echo o 0; fi\n";
	const struct target_files *files = target->backend->files;
	const char *const args[] = { path, NULL };
	struct jhcfg_result result;
	char kind;
	unsigned long long size;
	int err;

	if (files)
		return files->stat(target->self, path, true, stat);
	err = script(target, text, args, NULL, 0, 64, 0, &result);
	if (err)
		return err;
	if (sscanf(result.output, "%c %llu", &kind, &size) != 2)
		err = -EIO;
	jhcfg_result_clear(&result);
	if (err)
		return err;
	stat->kind = kind == 'f'   ? JHCFG_FILE_REGULAR
		     : kind == 'd' ? JHCFG_FILE_DIRECTORY
				   : JHCFG_FILE_OTHER;
	stat->size = size;
	return 0;
}

/* --- directories ---------------------------------------------------------- */

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Makes strings of @text, whose entries each end with a NUL. */
static int split(const char *text, size_t size, char ***names)
{
	size_t count = 0;
	char **list;

	for (size_t n = 0; n < size; n++)
		count += !text[n];
	list = calloc(count + 1, sizeof(*list));
	if (!list)
		return -ENOMEM;
	for (size_t n = 0; n < count; n++, text += strlen(text) + 1) {
		list[n] = strdup(text);
		if (!list[n]) {
			jhcfg_names_free(list);
			return -ENOMEM;
		}
	}
	qsort(list, count, sizeof(*list), by_bytes);
	*names = list;
	return 0;
}

int jhcfg_target_list(struct jhcfg_target *target, const char *path,
		      char ***names)
{
	static const char text[] =
		WHY "[ -d \"$1\" ] || exit 42; cd \"$1\" || exit 41\n"
		    "for f in * .[!.]* ..?*; do\n"
		    "[ -e \"$f\" ] || [ -L \"$f\" ] || continue\n"
		    "printf '%s\\0' \"$f\"; done\n";
	const struct target_files *files = target->backend->files;
	const char *const args[] = { path, NULL };
	struct jhcfg_result result;
	int err;

	if (files)
		return files->list(target->self, path, names);
	err = script(target, text, args, NULL, 0, (size_t)1 << 22, 0, &result);
	if (err)
		return err;
	err = split(result.output, result.output_size, names);
	jhcfg_result_clear(&result);
	return err;
}

void jhcfg_names_free(char **names)
{
	for (size_t n = 0; names && names[n]; n++)
		free(names[n]);
	free(names);
}

/* --- writing -------------------------------------------------------------- */

int jhcfg_target_write(struct jhcfg_target *target, const char *path,
		       const void *data, size_t size, unsigned int mode,
		       int timeout_ms)
{
	const struct target_files *files = target->backend->files;
	char sum[SHA256_DIGEST_STRING_LENGTH], mode_text[12];
	const char *const args[] = { path, sum, mode_text,
				     TARGET_WRITE_SIZE(size), NULL };
	struct jhcfg_result result;
	int err;

	if (files && !files->write)
		return -EROFS;
	if (files)
		return files->write(target->self, path, data, size, mode);
	SHA256Data(data, size, sum);
	snprintf(mode_text, sizeof(mode_text), "%o", mode & 07777U);
	err = script(target, TARGET_WRITE_SCRIPT, args, data, size, 4096,
		     timeout_ms, &result);
	if (!err)
		jhcfg_result_clear(&result);
	return err;
}
