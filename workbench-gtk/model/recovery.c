// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/recovery.h"

#include <errno.h>
#include <unistd.h>

#include "model/error.h"
#include "model/recovery_folder.h"

#define SECONDS 2

struct _JhwRecovery {
	GObject parent_instance;
	JhwDocument *document;
	char *folder;
	guint timeout;
};

G_DEFINE_FINAL_TYPE(JhwRecovery, jhw_recovery, G_TYPE_OBJECT)

static gboolean write_copy(JhwRecovery *recovery, GError **error)
{
	g_autoptr(JhwWorkspace) fork = jhw_document_fork(recovery->document);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autofree char *path = g_build_filename(recovery->folder, "system.json", NULL);
	const char *origin = jhw_document_path(recovery->document);
	int err;

	if (!recovery_folder_make(recovery->folder, origin ? origin : "",
				  jhw_document_title(recovery->document), error))
		return FALSE;
	err = fork ? jhcfg_workspace_save(fork, path, diags) : -ENOMEM;
	return err ? jhw_error_take(error, err, diags) : TRUE;
}

gboolean jhw_recovery_flush(JhwRecovery *recovery, GError **error)
{
	if (!recovery->timeout)
		return TRUE;
	g_clear_handle_id(&recovery->timeout, g_source_remove);
	return write_copy(recovery, error);
}

static gboolean write_now(gpointer data)
{
	JhwRecovery *recovery = data;
	g_autoptr(GError) error = NULL;

	recovery->timeout = 0;
	/* the project itself can still be saved */
	if (!write_copy(recovery, &error))
		g_message("no copy for recovery: %s", error->message);
	return G_SOURCE_REMOVE;
}

void jhw_recovery_discard(JhwRecovery *recovery)
{
	g_clear_handle_id(&recovery->timeout, g_source_remove);
	recovery_folder_delete(recovery->folder);
}

/* Also after a save, which changes nothing but that. */
static void follow(JhwRecovery *recovery)
{
	if (!jhw_document_modified(recovery->document))
		jhw_recovery_discard(recovery);
	else if (!recovery->timeout)
		recovery->timeout = g_timeout_add_seconds(SECONDS, write_now, recovery);
}

static void jhw_recovery_dispose(GObject *object)
{
	JhwRecovery *recovery = JHW_RECOVERY(object);

	g_clear_handle_id(&recovery->timeout, g_source_remove);
	g_clear_object(&recovery->document);
	g_clear_pointer(&recovery->folder, g_free);
	G_OBJECT_CLASS(jhw_recovery_parent_class)->dispose(object);
}

static void jhw_recovery_class_init(JhwRecoveryClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_recovery_dispose;
}

static void jhw_recovery_init(G_GNUC_UNUSED JhwRecovery *recovery)
{
}

JhwRecovery *jhw_recovery_new(JhwDocument *document)
{
	JhwRecovery *recovery = g_object_new(JHW_TYPE_RECOVERY, NULL);

	recovery->document = g_object_ref(document);
	recovery->folder = recovery_folder_name();
	g_signal_connect_object(document, "changed", G_CALLBACK(follow), recovery,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(document, "notify::modified", G_CALLBACK(follow), recovery,
				G_CONNECT_SWAPPED);
	follow(recovery);
	return recovery;
}

/* --- lost work --------------------------------------------------------------- */

void jhw_lost_work_free(JhwLostWork *lost)
{
	g_free(lost->folder);
	g_free(lost->origin);
	g_free(lost->title);
	g_free(lost);
}

GPtrArray *jhw_recovery_list(void)
{
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)jhw_lost_work_free);
	g_autofree char *root = recovery_folder_root();
	g_autoptr(GDir) folders = g_dir_open(root, 0, NULL);
	const char *name;

	while (folders && (name = g_dir_read_name(folders))) {
		g_autofree char *folder = g_build_filename(root, name, NULL);
		JhwLostWork *lost = g_new0(JhwLostWork, 1);

		lost->folder = g_steal_pointer(&folder);
		if (recovery_folder_read(lost->folder, &lost->origin, &lost->title))
			g_ptr_array_add(list, lost);
		else
			jhw_lost_work_free(lost);
	}
	return list;
}

JhwLostWork *jhw_recovery_find(const char *path)
{
	g_autoptr(GPtrArray) list = jhw_recovery_list();
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);

	for (guint n = 0; n < list->len; n++) {
		JhwLostWork *lost = list->pdata[n];
		g_autofree char *origin = g_canonicalize_filename(lost->origin, NULL);

		if (*lost->origin && g_str_equal(origin, absolute))
			return g_ptr_array_steal_index(list, n);
	}
	return NULL;
}

JhwDocument *jhw_lost_work_load(const JhwLostWork *lost, GError **error)
{
	g_autofree char *path = g_build_filename(lost->folder, "system.json", NULL);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	JhwDocument *document = jhw_document_load(path, diags, error);

	if (document)
		jhw_document_adopt(document, *lost->origin ? lost->origin : NULL);
	return document;
}

void jhw_lost_work_delete(const JhwLostWork *lost)
{
	recovery_folder_delete(lost->folder);
}
