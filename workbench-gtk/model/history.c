// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/history.h"

#include <string.h>

/* Between reading a file and writing it: threads may add lines at the same time. */
static GMutex adding;

static char *path_of(const char *file)
{
	return g_build_filename(g_get_user_state_dir(), "jailhouse-workbench", file, NULL);
}

char **jhw_history_read(const char *file, guint max, gboolean (*is_wanted)(const char *line))
{
	g_autofree char *path = path_of(file), *text = NULL;
	g_auto(GStrv) lines = NULL;
	GPtrArray *found = g_ptr_array_new();

	g_file_get_contents(path, &text, NULL, NULL);
	lines = g_strsplit(text ? text : "", "\n", -1);
	for (char **line = lines; *line && found->len < max; line++)
		if (**line && g_utf8_validate(*line, -1, NULL) && (!is_wanted || is_wanted(*line)))
			g_ptr_array_add(found, g_strdup(*line));
	g_ptr_array_add(found, NULL);
	return (char **)g_ptr_array_free(found, FALSE);
}

static void write_with(const char *file, const char *line, guint max)
{
	g_autofree char *path = path_of(file), *folder = g_path_get_dirname(path);
	g_auto(GStrv) old = jhw_history_read(file, max, NULL);
	g_autoptr(GString) text = g_string_new(line);
	guint count = 1;

	for (char **at = old; *at && count < max; at++, count++)
		if (!g_str_equal(*at, line))
			g_string_append_printf(text, "\n%s", *at);
	if (!g_mkdir_with_parents(folder, 0700))
		g_file_set_contents(path, text->str, (gssize)text->len, NULL);
}

void jhw_history_add(const char *file, const char *line, guint max)
{
	if (strchr(line, '\n'))
		return;
	g_mutex_lock(&adding);
	write_with(file, line, max);
	g_mutex_unlock(&adding);
}
