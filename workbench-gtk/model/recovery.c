// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/recovery.h"

#include <errno.h>
#include <unistd.h>

#include "model/beside.h"
#include "model/error.h"
#include "model/preferences.h"
#include "model/recovery_folder.h"

static guint written_signal, failed_signal; /* set once, with the class */

struct copy;

struct _JhwRecovery {
	GObject parent_instance;
	JhwDocument *document;
	char *folder;
	gboolean used; /* there may be a copy in it */
	guint timeout;
	struct copy *copy; /* that a thread writes, NULL: none */
	gboolean failed;   /* the last one did */
};

G_DEFINE_FINAL_TYPE(JhwRecovery, jhw_recovery, G_TYPE_OBJECT)

/* --- one copy ------------------------------------------------------------------ */

struct copy {
	struct jhcfg_saving *saving;
	struct jhcfg_diags *diags;
	char *folder, *origin, *title;
	int given_up; /* by the main thread: it is not wanted any more */
};

/* In the main thread, as it was made. */
static void free_copy(struct copy *copy)
{
	jhcfg_saving_free(copy->saving);
	jhcfg_diags_free(copy->diags);
	g_free(copy->folder);
	g_free(copy->origin);
	g_free(copy->title);
	g_free(copy);
}

static struct copy *take_down(JhwRecovery *recovery, GError **error)
{
	g_autoptr(JhwWorkspace) fork = jhw_document_fork(recovery->document);
	g_autofree char *path = g_build_filename(recovery->folder, "system.json", NULL);
	const char *origin = jhw_document_path(recovery->document);
	struct copy *copy = g_new0(struct copy, 1);
	int err;

	copy->diags = jhcfg_diags_new();
	copy->folder = g_strdup(recovery->folder);
	copy->origin = g_strdup(origin ? origin : "");
	copy->title = g_strdup(jhw_document_title(recovery->document));
	err = fork ? jhcfg_workspace_save_begin(fork, path, copy->diags, &copy->saving) : -ENOMEM;
	if (!err)
		return copy;
	jhw_error_take(error, err, copy->diags);
	free_copy(copy);
	return NULL;
}

/* In any thread. */
static gboolean write_copy(struct copy *copy, GError **error)
{
	int err;

	if (!recovery_folder_make(copy->folder, copy->origin, copy->title, error))
		return FALSE;
	err = jhcfg_saving_write(copy->saving, copy->diags);
	return err ? jhw_error_take(error, err, copy->diags) : TRUE;
}

static void work(GTask *task, G_GNUC_UNUSED gpointer source, gpointer data,
		 G_GNUC_UNUSED GCancellable *cancellable)
{
	struct copy *copy = data;
	GError *error = NULL;
	gboolean done = g_atomic_int_get(&copy->given_up) || write_copy(copy, &error);

	if (g_atomic_int_get(&copy->given_up))
		recovery_folder_delete(copy->folder);
	if (done)
		g_task_return_boolean(task, TRUE);
	else
		g_task_return_error(task, error);
}

/* @error NULL: a copy is there. Each change would fail on a disk that is full: that
 * is told once. */
static void ended(JhwRecovery *recovery, const GError *error)
{
	gboolean is_new = error && !recovery->failed;

	recovery->failed = error != NULL;
	if (is_new)
		g_signal_emit(recovery, failed_signal, 0, error->message);
	g_signal_emit(recovery, written_signal, 0, !error);
}

static void written(GObject *source, GAsyncResult *result, G_GNUC_UNUSED gpointer data)
{
	JhwRecovery *recovery = JHW_RECOVERY(source);
	gboolean given_up = recovery->copy->given_up;
	g_autoptr(GError) error = NULL;

	g_task_propagate_boolean(G_TASK(result), &error);
	free_copy(recovery->copy);
	recovery->copy = NULL;
	if (given_up) /* it says nothing of the next one */
		g_signal_emit(recovery, written_signal, 0, !error);
	else
		ended(recovery, error);
}

static gboolean write_now(gpointer data)
{
	JhwRecovery *recovery = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(GTask) task = NULL;

	if (recovery->copy)
		return G_SOURCE_CONTINUE; /* the one before takes long */
	recovery->timeout = 0;
	recovery->used = TRUE;
	recovery->copy = take_down(recovery, &error);
	if (!recovery->copy) {
		ended(recovery, error);
		return G_SOURCE_REMOVE;
	}
	task = g_task_new(recovery, NULL, written, NULL);
	g_task_set_task_data(task, recovery->copy, NULL);
	g_task_run_in_thread(task, work);
	return G_SOURCE_REMOVE;
}

/* Unless the one before is being written: then it comes when it would have come. */
void jhw_recovery_hurry(JhwRecovery *recovery)
{
	if (!recovery->timeout || recovery->copy)
		return;
	g_source_remove(recovery->timeout);
	recovery->timeout = g_idle_add(write_now, recovery);
}

static gpointer delete (gpointer folder)
{
	recovery_folder_delete(folder);
	return NULL;
}

/* The next copy has a folder of its own: nobody knows when this one goes. */
void jhw_recovery_discard(JhwRecovery *recovery)
{
	g_clear_handle_id(&recovery->timeout, g_source_remove);
	if (recovery->copy)
		g_atomic_int_set(&recovery->copy->given_up, 1);
	if (recovery->used)
		jhw_beside_to_the_end(delete, NULL, recovery->folder, g_free);
	else
		g_free(recovery->folder);
	recovery->folder = recovery_folder_name();
	recovery->used = FALSE;
}

/* --- object -------------------------------------------------------------------- */

/* Also after a save, which changes nothing but that. */
static void follow(JhwRecovery *recovery)
{
	if (!jhw_document_modified(recovery->document))
		jhw_recovery_discard(recovery);
	else if (!recovery->timeout)
		recovery->timeout = g_timeout_add_seconds(
			(guint)jhw_preference(JHW_PREFERENCE_COPIES), write_now, recovery);
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
	written_signal = g_signal_new("written", JHW_TYPE_RECOVERY, G_SIGNAL_RUN_LAST, 0, NULL,
				      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
	failed_signal = g_signal_new("failed", JHW_TYPE_RECOVERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
				     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
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
	if (!lost)
		return;
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
	jhw_beside_to_the_end(delete, NULL, g_strdup(lost->folder), g_free);
}
