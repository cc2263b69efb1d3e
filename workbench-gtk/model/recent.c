// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/recent.h"

#include <string.h>

#define MAX_PATHS 10U

static char *file_name(void)
{
	return g_build_filename(g_get_user_state_dir(), "jailhouse-workbench", "recent", NULL);
}

char **jhw_recent_list(void)
{
	g_autofree char *path = file_name(), *text = NULL;
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_auto(GStrv) lines = NULL;

	g_file_get_contents(path, &text, NULL, NULL);
	lines = g_strsplit(text ? text : "", "\n", -1);
	for (char **line = lines; *line && found->len < MAX_PATHS; line++)
		if (g_utf8_validate(*line, -1, NULL) && g_path_is_absolute(*line) &&
		    g_file_test(*line, G_FILE_TEST_IS_REGULAR))
			g_ptr_array_add(found, g_strdup(*line));
	g_ptr_array_add(found, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&found), FALSE);
}

/* What cannot be kept is no loss that anybody has to be told of. */
void jhw_recent_add(const char *path)
{
	g_autofree char *file = file_name(), *folder = g_path_get_dirname(file);
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);
	g_auto(GStrv) old = jhw_recent_list();
	g_autoptr(GString) text = g_string_new(absolute);
	guint count = 1;

	for (char **line = old; *line && count < MAX_PATHS; line++, count++)
		if (!g_str_equal(*line, absolute))
			g_string_append_printf(text, "\n%s", *line);
	if (!g_mkdir_with_parents(folder, 0700))
		g_file_set_contents(file, text->str, (gssize)text->len, NULL);
}
