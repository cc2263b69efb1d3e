// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/live.h>

#include "output.h"
#include "target.h"

#define MAX_ARCHIVE (64u << 20)
#define TIMEOUT_MS  (5 * 60 * 1000) /* slow boards, hundreds of CPUs */
#define FILE_NAME   "machine.tar"

bool collect_target(void **data, size_t *size)
{
	static const char *const argv[] = { "sh", "-s", "--", "-", NULL };
	const char *script = jhcfg_collect_script();
	struct jhcfg_target *target = target_get();
	struct jhcfg_result result;
	int err;

	if (!target)
		return false;
	err = jhcfg_target_exec(target, argv, script, strlen(script),
				MAX_ARCHIVE, TIMEOUT_MS, &result);
	if (err == -EOPNOTSUPP)
		output_error("nothing can run on a recording: it is collected "
			     "already");
	else if (err)
		output_errno("collecting", err);
	if (err)
		return false;
	if (result.status || !result.output_size) {
		output_error("collecting failed there: %s", result.errors);
		jhcfg_result_clear(&result);
		return false;
	}
	*data = result.output;
	*size = result.output_size;
	result.output = NULL;
	jhcfg_result_clear(&result);
	return true;
}

static char *write_file(const void *data, size_t size)
{
	const char *folder = getenv("TMPDIR");
	char *path;
	int err;

	if (asprintf(&path, "%s/jailhouse-XXXXXX/" FILE_NAME,
		     folder && *folder ? folder : "/tmp") < 0) {
		output_errno("collecting", ENOMEM);
		return NULL;
	}
	/* a folder of our own, with the file in it */
	path[strlen(path) - strlen("/" FILE_NAME)] = '\0';
	err = mkdtemp(path) ? 0 : -errno;
	path[strlen(path)] = '/';
	if (!err)
		err = jhcfg_file_write(path, data, size);
	if (!err)
		return path;
	output_errno(path, err);
	collect_discard(path);
	return NULL;
}

char *collect_target_file(void)
{
	char *path;
	void *data;
	size_t size;

	if (!collect_target(&data, &size))
		return NULL;
	path = write_file(data, size);
	free(data);
	return path;
}

void collect_discard(char *path)
{
	if (!path)
		return;
	unlink(path);
	path[strlen(path) - strlen("/" FILE_NAME)] = '\0';
	rmdir(path);
	free(path);
}
