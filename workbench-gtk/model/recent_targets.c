// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/recent_targets.h"

#include <stdlib.h>

#include <jhcfg/target.h>

#include "model/beside.h"
#include "model/history.h"
#include "model/library.h"

#define FILE_NAME "targets"
#define MAX_NAMES 8U

char **jhw_recent_targets(void)
{
	return jhw_history_read(FILE_NAME, MAX_NAMES, NULL);
}

static gpointer add(gpointer name)
{
	jhw_history_add(FILE_NAME, name, MAX_NAMES);
	return NULL;
}

void jhw_recent_targets_add(const char *name)
{
	jhw_beside_to_the_end(add, NULL, g_strdup(name), g_free);
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
