// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/recent_targets.h"

#include <stdlib.h>
#include <string.h>

#include <jhcfg/target.h>

#include "model/library.h"

#define MAX_NAMES 8U

static char *file_name(void)
{
	return g_build_filename(g_get_user_state_dir(), "jailhouse-workbench", "targets", NULL);
}

char **jhw_recent_targets(void)
{
	g_autofree char *path = file_name(), *text = NULL;
	g_auto(GStrv) lines = NULL;
	GPtrArray *names = g_ptr_array_new();

	g_file_get_contents(path, &text, NULL, NULL);
	lines = g_strsplit(text ? text : "", "\n", -1);
	for (char **line = lines; *line && names->len < MAX_NAMES; line++)
		if (**line && g_utf8_validate(*line, -1, NULL))
			g_ptr_array_add(names, g_strdup(*line));
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}

/* What cannot be kept is no loss that anybody has to be told of. */
void jhw_recent_targets_add(const char *name)
{
	g_autofree char *file = file_name(), *folder = g_path_get_dirname(file);
	g_auto(GStrv) old = jhw_recent_targets();
	g_autoptr(GString) text = g_string_new(name);
	guint count = 1;

	if (strchr(name, '\n'))
		return;
	for (char **line = old; *line && count < MAX_NAMES; line++, count++)
		if (!g_str_equal(*line, name))
			g_string_append_printf(text, "\n%s", *line);
	if (!g_mkdir_with_parents(folder, 0700))
		g_file_set_contents(file, text->str, (gssize)text->len, NULL);
}

char **jhw_emulated_targets(void)
{
	g_autoptr(GPtrArray) boards = jhw_library_boards();
	char *emulator = jhcfg_emulator_find();
	GPtrArray *names = g_ptr_array_new();

	for (guint n = 0; emulator && n < boards->len; n++) {
		const JhwLibraryBoard *board = boards->pdata[n];
		g_autofree char *folder = g_path_get_dirname(board->path);
		g_autofree char *file = g_build_filename(folder, "emulator.json", NULL);

		if (g_file_test(file, G_FILE_TEST_EXISTS))
			g_ptr_array_add(names, g_strdup_printf("emu://%s", board->name));
	}
	free(emulator);
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}
