// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/recovery_folder.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "model/text.h"

#define NOTE  "recovery.ini"
#define GROUP "copy"

char *recovery_folder_root(void)
{
	return g_build_filename(g_get_user_state_dir(), "jailhouse-workbench", "recovery", NULL);
}

char *recovery_folder_name(void)
{
	g_autofree char *root = recovery_folder_root(), *uuid = g_uuid_string_random();

	return g_build_filename(root, uuid, NULL);
}

gboolean recovery_folder_make(const char *folder, const char *origin, const char *title,
			      GError **error)
{
	g_autoptr(GKeyFile) note = g_key_file_new();
	g_autofree char *path = g_build_filename(folder, NOTE, NULL);
	g_autofree char *absolute = *origin ? g_canonicalize_filename(origin, NULL) : g_strdup("");

	if (g_mkdir_with_parents(folder, 0700)) {
		g_set_error(error, G_FILE_ERROR, (gint)g_file_error_from_errno(errno),
			    _("%s cannot be made: %s"), folder, g_strerror(errno));
		return FALSE;
	}
	g_key_file_set_string(note, GROUP, "origin", absolute);
	g_key_file_set_string(note, GROUP, "title", title);
	g_key_file_set_int64(note, GROUP, "process", getpid());
	return g_key_file_save_to_file(note, path, error);
}

/* Numbers of processes come again: then a copy waits until that one has ended,
 * too. */
static gboolean is_alive(gint64 process)
{
	return process > 0 && process <= G_MAXINT32 && (!kill((pid_t)process, 0) || errno == EPERM);
}

gboolean recovery_folder_read(const char *folder, char **origin, char **title)
{
	g_autoptr(GKeyFile) note = g_key_file_new();
	g_autofree char *path = g_build_filename(folder, NOTE, NULL);
	g_autofree char *copy = g_build_filename(folder, "system.json", NULL);

	if (!g_key_file_load_from_file(note, path, G_KEY_FILE_NONE, NULL) ||
	    is_alive(g_key_file_get_int64(note, GROUP, "process", NULL)) ||
	    !g_file_test(copy, G_FILE_TEST_IS_REGULAR))
		return FALSE;
	*origin = g_key_file_get_string(note, GROUP, "origin", NULL);
	*title = g_key_file_get_string(note, GROUP, "title", NULL);
	if (*origin && *title)
		return TRUE;
	g_clear_pointer(origin, g_free);
	g_clear_pointer(title, g_free);
	return FALSE;
}

/* Links are deleted, not followed. */
static void delete_tree(const char *path)
{
	g_autoptr(GDir) folder = NULL;
	const char *name;

	if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK))
		folder = g_dir_open(path, 0, NULL);
	while (folder && (name = g_dir_read_name(folder))) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		delete_tree(child);
	}
	g_remove(path);
}

void recovery_folder_delete(const char *folder)
{
	g_autofree char *root = recovery_folder_root();
	g_autofree char *parent = g_path_get_dirname(folder);

	if (g_str_equal(parent, root))
		delete_tree(folder);
}
