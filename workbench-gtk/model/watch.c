// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/watch.h"

#include <jhcfg/file.h>
#include <jhcfg/project.h>
#include <stdlib.h>

struct _JhwWatch {
	GObject parent_instance;
	JhwDocument *document;
	GPtrArray *monitors;
	char *known;	   /* digest of the files as the document knows them */
	guint reading;	   /* threads that make one */
	gboolean settling; /* the next digest is what the document knows */
	gboolean again;	   /* the files changed while one was made */
};

G_DEFINE_FINAL_TYPE(JhwWatch, jhw_watch, G_TYPE_OBJECT)

static guint changed_signal; /* set once, with the class */

/* --- files ------------------------------------------------------------------- */

/* Paths of the project's files: the system's first. */
static GPtrArray *files_of(JhwDocument *document)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
	const char *path = jhw_document_path(document);
	g_autofree char *folder = path ? g_path_get_dirname(path) : NULL;
	uint32_t key;

	if (!path)
		return files;
	g_ptr_array_add(files, g_strdup(path));
	for (size_t n = 1; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		const char *file = jhcfg_workspace_cell_file(workspace, key);

		if (*file)
			g_ptr_array_add(files, g_build_filename(folder, file, NULL));
	}
	return files;
}

static char *digest(const GPtrArray *files)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	for (guint n = 0; n < files->len; n++) {
		void *data = NULL;
		size_t size = 0;

		if (jhcfg_file_read_regular(files->pdata[n], JHCFG_PROJECT_FILE_MAX, &data, &size))
			continue;
		g_checksum_update(sum, data, (gssize)size);
		free(data);
	}
	return g_strdup(g_checksum_get_string(sum));
}

/* --- watching ---------------------------------------------------------------- */

/* A thread reads the files, since nobody knows how long that takes. */
static void work(GTask *task, G_GNUC_UNUSED gpointer source, gpointer data,
		 G_GNUC_UNUSED GCancellable *cancellable)
{
	g_task_return_pointer(task, digest(data), g_free);
}

static void look(JhwWatch *watch);

static void looked(GObject *source, GAsyncResult *result, G_GNUC_UNUSED gpointer data)
{
	JhwWatch *watch = JHW_WATCH(source);
	char *now = g_task_propagate_pointer(G_TASK(result), NULL);
	gboolean same = !g_strcmp0(now, watch->known);

	watch->reading--;
	if (!watch->document) {
		g_free(now);
		return;
	}
	g_free(watch->known);
	watch->known = now;
	if (!same && !watch->settling && !jhw_document_is_saving(watch->document))
		g_signal_emit(watch, changed_signal, 0);
	watch->settling = FALSE;
	if (watch->again)
		look(watch);
}

/* One at a time; what happens meanwhile is looked at afterwards. */
static void look(JhwWatch *watch)
{
	g_autoptr(GTask) task = NULL;

	watch->again = watch->reading > 0;
	if (watch->again)
		return;
	watch->reading++;
	task = g_task_new(watch, NULL, looked, NULL);
	g_task_set_task_data(task, files_of(watch->document), (GDestroyNotify)g_ptr_array_unref);
	g_task_run_in_thread(task, work);
}

static void file_changed(JhwWatch *watch)
{
	/* our own; when it is done, somebody settles this */
	if (!jhw_document_is_saving(watch->document))
		look(watch);
}

gboolean jhw_watch_is_settled(JhwWatch *watch)
{
	return !watch->reading;
}

void jhw_watch_settle(JhwWatch *watch)
{
	g_autoptr(GPtrArray) files = files_of(watch->document);

	watch->settling = TRUE;
	look(watch);
	g_ptr_array_set_size(watch->monitors, 0);
	for (guint n = 0; n < files->len; n++) {
		g_autoptr(GFile) file = g_file_new_for_path(files->pdata[n]);
		GFileMonitor *monitor = g_file_monitor_file(file, G_FILE_MONITOR_NONE, NULL, NULL);

		if (!monitor)
			continue; /* not on each file system */
		g_signal_connect_object(monitor, "changed", G_CALLBACK(file_changed), watch,
					G_CONNECT_SWAPPED);
		g_ptr_array_add(watch->monitors, monitor);
	}
}

static void jhw_watch_dispose(GObject *object)
{
	JhwWatch *watch = JHW_WATCH(object);

	g_clear_pointer(&watch->monitors, g_ptr_array_unref);
	g_clear_object(&watch->document);
	g_clear_pointer(&watch->known, g_free);
	G_OBJECT_CLASS(jhw_watch_parent_class)->dispose(object);
}

static void jhw_watch_class_init(JhwWatchClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_watch_dispose;
	changed_signal = g_signal_new("changed", JHW_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
				      NULL, G_TYPE_NONE, 0);
}

static void jhw_watch_init(JhwWatch *watch)
{
	watch->monitors = g_ptr_array_new_with_free_func(g_object_unref);
}

JhwWatch *jhw_watch_new(JhwDocument *document)
{
	JhwWatch *watch = g_object_new(JHW_TYPE_WATCH, NULL);

	watch->document = g_object_ref(document);
	jhw_watch_settle(watch);
	return watch;
}
