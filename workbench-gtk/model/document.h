/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A project that is open: a libjhcfg workspace with signals. Every change goes
 * through jhw_document_edit(), so that all of them can be undone, are checked,
 * and are kept from loss.
 *
 * Properties, all to be read and watched: "title", "modified", "read-only",
 * "saving", "undo-name", "redo-name" (NULL: nothing to undo or redo).
 * Signal "changed": the contents are others than before.
 */
#ifndef JHW_DOCUMENT_H
#define JHW_DOCUMENT_H

#include <gio/gio.h>
#include <jhcfg/plan.h>
#include <jhcfg/workspace.h>

#define JHW_TYPE_DOCUMENT (jhw_document_get_type())
G_DECLARE_FINAL_TYPE(JhwDocument, jhw_document, JHW, DOCUMENT, GObject)

/* Takes over @workspace. @path: the project's file, NULL: it has none yet. */
JhwDocument *jhw_document_new(struct jhcfg_workspace *workspace, const char *path);

/* Whatever a person may name: a project, a device tree, a .cell, C, a recorded
 * machine, "/". What was said about it is added to @diags. Blocks: made to be
 * called in a thread. NULL with @error set. */
JhwDocument *jhw_document_load(const char *path, struct jhcfg_diags *diags, GError **error);

/* The same of an archive that was collected from the machine @name. */
JhwDocument *jhw_document_import_archive(const void *data, gsize size, const char *name,
					 struct jhcfg_diags *diags, GError **error);

/* The current state; pointers into it are valid until the next change. */
const struct jhcfg_workspace *jhw_document_workspace(JhwDocument *document);
const char *jhw_document_path(JhwDocument *document);
const char *jhw_document_title(JhwDocument *document);
gboolean jhw_document_modified(JhwDocument *document);
gboolean jhw_document_read_only(JhwDocument *document);
/* Why it is read-only, for people; NULL: it is not. */
/* Nothing of it changed, but how it is shown did: who follows it looks again. */
void jhw_document_look_again(JhwDocument *document);
void jhw_document_set_read_only(JhwDocument *document, const char *reason);
const char *jhw_document_reason(JhwDocument *document);
const char *jhw_document_undo_name(JhwDocument *document);
const char *jhw_document_redo_name(JhwDocument *document);

/* Changes the workspace inside of a step; 0 or -errno with the reason in
 * @diags. */
typedef int (*JhwEdit)(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags);
/* One undoable step called @name. FALSE with @error and nothing changed if the
 * edit fails. */
gboolean jhw_document_edit(JhwDocument *document, const char *name, JhwEdit edit, gpointer data,
			   GError **error);
gboolean jhw_document_apply_plan(JhwDocument *document, const struct jhcfg_plan *plan,
				 GError **error);
void jhw_document_undo(JhwDocument *document);
void jhw_document_redo(JhwDocument *document);

/* Writes the files that differ, each in one step; @path NULL: where it came
 * from. Waits for the file system, unlike the next one, which writes what is
 * there now and lets it be changed meanwhile. One at a time. */
gboolean jhw_document_save(JhwDocument *document, const char *path, GError **error);

void jhw_document_save_async(JhwDocument *document, const char *path, GAsyncReadyCallback callback,
			     gpointer data);
gboolean jhw_document_save_finish(JhwDocument *document, GAsyncResult *result, GError **error);
gboolean jhw_document_is_saving(JhwDocument *document);

/* It came from elsewhere: @path is where it is to be saved (NULL: not known), and
 * until then it counts as modified. */
void jhw_document_adopt(JhwDocument *document, const char *path);

/* A copy of its contents to try things in. */
struct jhcfg_workspace *jhw_document_fork(JhwDocument *document);
typedef struct jhcfg_workspace JhwWorkspace;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwWorkspace, jhcfg_workspace_free)

#endif
