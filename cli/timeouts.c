// SPDX-License-Identifier: GPL-2.0-or-later
#include "timeouts.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

#include "output.h"
#include "paths.h"

static bool is_positive_number(const char *text)
{
	return strspn(text, "0123456789") == strlen(text) &&
	       strspn(text, "0") != strlen(text);
}

int timeouts_set(const char *parameter, const char *text)
{
	char *path;
	int err;

	if (!is_positive_number(text)) {
		output_error("%s: not a time-out; give microseconds", text);
		return -EINVAL;
	}
	path = paths_make("/sys/module/jailhouse/parameters/%s", parameter);
	if (!path)
		return -ENOMEM;
	err = jhcfg_file_overwrite(path, text, strlen(text));
	if (err)
		output_errno(path, err);
	if (err == -ENOENT)
		output_hint("the driver is not loaded (modprobe jailhouse), or "
			    "it is one without this time-out");
	free(path);
	return err;
}
