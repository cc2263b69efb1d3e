// SPDX-License-Identifier: GPL-2.0-or-later
/* Saving while the window goes on: what is to be written is taken down first,
 * and a thread writes it, however long a file system takes. */
#include <errno.h>

#include "model/document_private.h"
#include "model/error.h"
#include "model/text.h"

struct save {
	struct jhcfg_saving *saving;
	struct jhcfg_diags *diags;
	char *path; /* NULL: where it came from */
	int err;
};

/* In the main thread: what is saved shares objects with the document. */
static void free_save(struct save *save)
{
	jhcfg_saving_free(save->saving);
	jhcfg_diags_free(save->diags);
	g_free(save->path);
	g_free(save);
}

static gboolean begin(JhwDocument *document, struct save *save, GError **error)
{
	const char *path = save->path ? save->path : document->path;
	int err = -ENOENT;

	if (!save->path && !jhw_document_check_writable(document, error))
		return FALSE;
	if (path)
		err = jhcfg_workspace_save_begin(document->workspace, path, save->diags,
						 &save->saving);
	return err ? jhw_error_take(error, err, save->diags) : TRUE;
}

static void end(JhwDocument *document, struct save *save)
{
	jhcfg_workspace_save_end(document->workspace, save->saving);
	document->adopted = FALSE;
	if (save->path) {
		g_free(document->path);
		document->path = g_steal_pointer(&save->path);
	}
}

gboolean jhw_document_save(JhwDocument *document, const char *path, GError **error)
{
	struct save *save = g_new0(struct save, 1);
	gboolean done;

	save->diags = jhcfg_diags_new();
	save->path = g_strdup(path);
	done = begin(document, save, error);
	if (done) {
		save->err = jhcfg_saving_write(save->saving, save->diags);
		if (save->err)
			done = jhw_error_take(error, save->err, save->diags);
		else
			end(document, save);
	}
	free_save(save);
	jhw_document_notify(document);
	return done;
}

/* --- in a thread -------------------------------------------------------------- */

static void work(GTask *task, G_GNUC_UNUSED gpointer source, gpointer data,
		 G_GNUC_UNUSED GCancellable *cancellable)
{
	struct save *save = data;

	save->err = jhcfg_saving_write(save->saving, save->diags);
	g_task_return_boolean(task, TRUE);
}

/* @data: the task of who asked. */
static void written(GObject *source, GAsyncResult *result, gpointer data)
{
	JhwDocument *document = JHW_DOCUMENT(source);
	struct save *save = g_task_get_task_data(G_TASK(result));
	g_autoptr(GTask) asked = data;
	GError *error = NULL;

	document->saving = FALSE;
	if (save->err)
		jhw_error_take(&error, save->err, save->diags);
	else
		end(document, save);
	free_save(save);
	jhw_document_notify(document);
	if (error)
		g_task_return_error(asked, error);
	else
		g_task_return_boolean(asked, TRUE);
}

void jhw_document_save_async(JhwDocument *document, const char *path, GAsyncReadyCallback callback,
			     gpointer data)
{
	struct save *save = g_new0(struct save, 1);
	GTask *asked = g_task_new(document, NULL, callback, data);
	g_autoptr(GTask) task = NULL;
	GError *error = NULL;

	save->diags = jhcfg_diags_new();
	save->path = g_strdup(path);
	if (document->saving) {
		g_set_error(&error, G_IO_ERROR, G_IO_ERROR_BUSY, _("%s is being saved already"),
			    jhw_document_title(document));
	} else if (begin(document, save, &error)) {
		document->saving = TRUE;
		jhw_document_notify(document);
		task = g_task_new(document, NULL, written, asked);
		g_task_set_task_data(task, save, NULL);
		g_task_run_in_thread(task, work);
		return;
	}
	free_save(save);
	g_task_return_error(asked, error);
	g_object_unref(asked);
}

gboolean jhw_document_save_finish(JhwDocument *document, GAsyncResult *result, GError **error)
{
	g_return_val_if_fail(g_task_is_valid(result, document), FALSE);
	return g_task_propagate_boolean(G_TASK(result), error);
}

gboolean jhw_document_is_saving(JhwDocument *document)
{
	return document->saving;
}
