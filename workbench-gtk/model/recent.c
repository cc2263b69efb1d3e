// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/recent.h"

#include "model/beside.h"
#include "model/history.h"

#define FILE_NAME "recent"
#define MAX_PATHS 10U

static gboolean is_there(const char *path)
{
	return g_path_is_absolute(path) && g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

char **jhw_recent_list(void)
{
	return jhw_history_read(FILE_NAME, MAX_PATHS, is_there);
}

static gpointer add(gpointer path)
{
	jhw_history_add(FILE_NAME, path, MAX_PATHS);
	return NULL;
}

void jhw_recent_add(const char *path)
{
	jhw_beside_to_the_end(add, NULL, g_canonicalize_filename(path, NULL), g_free);
}
