// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/library.h"

#include <jhcfg/board.h>
#include <jhcfg/file.h>
#include <jhcfg/project.h>
#include <stdlib.h>

#include "model/error.h"

static void free_board(gpointer data)
{
	JhwLibraryBoard *board = data;

	g_free(board->name);
	g_free(board->title);
	g_free(board->path);
	g_free(board);
}

/* One that cannot be read, as of a newer program, goes by its folder's name: it is
 * there, and opening it says what is wrong. */
static char *title_of(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, "board.json", NULL);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;
	char *title = NULL;
	void *text;
	size_t size;

	if (jhcfg_file_read_regular(path, JHCFG_PROJECT_FILE_MAX, &text, &size))
		return g_strdup(name);
	if (!jhcfg_board_read(text, size, diags, &board))
		title = g_strdup(*jhcfg_board_title(board) ? jhcfg_board_title(board)
							   : jhcfg_board_name(board));
	jhcfg_board_free(board);
	free(text);
	return title ? title : g_strdup(name);
}

static void add_board(GPtrArray *boards, const char *parent, const char *name)
{
	g_autofree char *folder = g_build_filename(parent, name, NULL);
	g_autofree char *path = g_build_filename(folder, "system.json", NULL);
	char *title = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? title_of(folder, name) : NULL;
	JhwLibraryBoard *board;

	if (!title)
		return;
	board = g_new0(JhwLibraryBoard, 1);
	board->name = g_strdup(name);
	board->title = title;
	board->path = g_steal_pointer(&path);
	g_ptr_array_add(boards, board);
}

static void add_folder(GPtrArray *boards, const char *path)
{
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	const char *name;

	while (folder && (name = g_dir_read_name(folder)))
		add_board(boards, path, name);
}

static gint by_title(gconstpointer a, gconstpointer b)
{
	const JhwLibraryBoard *const *first = a, *const *second = b;

	return g_utf8_collate((*first)->title, (*second)->title);
}

GPtrArray *jhw_library_boards(void)
{
	static const char *const architectures[] = { "arm64", "armv7", "x86" };
	GPtrArray *boards = g_ptr_array_new_with_free_func(free_board);
	const char *places[] = { g_getenv("JAILHOUSE_BOARDS"), JHW_BOARDS_INSTALLED,
				 JHW_BOARDS_BUILT };

	for (guint n = 0; !boards->len && n < G_N_ELEMENTS(places); n++)
		for (guint m = 0; places[n] && m < G_N_ELEMENTS(architectures); m++) {
			g_autofree char *path = g_build_filename(places[n], architectures[m], NULL);

			add_folder(boards, path);
		}
	g_ptr_array_sort(boards, by_title);
	return boards;
}
