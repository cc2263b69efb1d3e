// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/document_private.h"

#include "model/error.h"
#include "model/owner.h"
#include "model/text.h"

G_DEFINE_FINAL_TYPE(JhwDocument, jhw_document, G_TYPE_OBJECT)

enum property {
	PROP_TITLE = 1,
	PROP_MODIFIED,
	PROP_READ_ONLY,
	PROP_SAVING,
	PROP_UNDO_NAME,
	PROP_REDO_NAME,
	NUM_PROPERTIES
};

static GParamSpec *properties[NUM_PROPERTIES]; /* set once, with the class */
static guint changed_signal;		       /* the same */

/* --- object ------------------------------------------------------------------ */

static void jhw_document_get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
	JhwDocument *document = JHW_DOCUMENT(object);

	switch (id) {
	case PROP_TITLE:
		g_value_set_string(value, jhw_document_title(document));
		break;
	case PROP_MODIFIED:
		g_value_set_boolean(value, jhw_document_modified(document));
		break;
	case PROP_READ_ONLY:
		g_value_set_boolean(value, jhw_document_read_only(document));
		break;
	case PROP_SAVING:
		g_value_set_boolean(value, document->saving);
		break;
	case PROP_UNDO_NAME:
		g_value_set_string(value, jhw_document_undo_name(document));
		break;
	case PROP_REDO_NAME:
		g_value_set_string(value, jhw_document_redo_name(document));
		break;
	default:
		G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
	}
}

static void jhw_document_finalize(GObject *object)
{
	JhwDocument *document = JHW_DOCUMENT(object);

	jhcfg_workspace_free(document->workspace);
	g_free(document->path);
	g_free(document->read_only);
	G_OBJECT_CLASS(jhw_document_parent_class)->finalize(object);
}

static void jhw_document_class_init(JhwDocumentClass *class)
{
	GObjectClass *object_class = G_OBJECT_CLASS(class);
	const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

	object_class->get_property = jhw_document_get_property;
	object_class->finalize = jhw_document_finalize;
	properties[PROP_TITLE] = g_param_spec_string("title", NULL, NULL, NULL, flags);
	properties[PROP_MODIFIED] = g_param_spec_boolean("modified", NULL, NULL, FALSE, flags);
	properties[PROP_READ_ONLY] = g_param_spec_boolean("read-only", NULL, NULL, FALSE, flags);
	properties[PROP_SAVING] = g_param_spec_boolean("saving", NULL, NULL, FALSE, flags);
	properties[PROP_UNDO_NAME] = g_param_spec_string("undo-name", NULL, NULL, NULL, flags);
	properties[PROP_REDO_NAME] = g_param_spec_string("redo-name", NULL, NULL, NULL, flags);
	g_object_class_install_properties(object_class, NUM_PROPERTIES, properties);
	changed_signal = g_signal_new("changed", JHW_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
				      NULL, NULL, G_TYPE_NONE, 0);
}

static void jhw_document_init(G_GNUC_UNUSED JhwDocument *document)
{
}

JhwDocument *jhw_document_new(struct jhcfg_workspace *workspace, const char *path)
{
	JhwDocument *document = g_object_new(JHW_TYPE_DOCUMENT, NULL);

	document->workspace = workspace;
	document->path = g_strdup(path);
	return document;
}

/* --- reading ----------------------------------------------------------------- */

const struct jhcfg_workspace *jhw_document_workspace(JhwDocument *document)
{
	return document->workspace;
}

struct jhcfg_workspace *jhw_document_fork(JhwDocument *document)
{
	return jhcfg_workspace_fork(document->workspace);
}

const char *jhw_document_path(JhwDocument *document)
{
	return document->path;
}

const char *jhw_document_title(JhwDocument *document)
{
	const struct jhcfg_cell *root = jhw_cell(document->workspace, JHCFG_ROOT_KEY);

	return root ? jhcfg_cell_name(root) : "";
}

gboolean jhw_document_modified(JhwDocument *document)
{
	return document->adopted || jhcfg_workspace_is_modified(document->workspace);
}

gboolean jhw_document_read_only(JhwDocument *document)
{
	return document->read_only != NULL;
}

const char *jhw_document_reason(JhwDocument *document)
{
	return document->read_only;
}

const char *jhw_document_undo_name(JhwDocument *document)
{
	return jhcfg_workspace_undo_name(document->workspace);
}

const char *jhw_document_redo_name(JhwDocument *document)
{
	return jhcfg_workspace_redo_name(document->workspace);
}

/* --- changing ---------------------------------------------------------------- */

void jhw_document_notify(JhwDocument *document)
{
	g_object_freeze_notify(G_OBJECT(document));
	for (guint n = 1; n < NUM_PROPERTIES; n++)
		g_object_notify_by_pspec(G_OBJECT(document), properties[n]);
	g_object_thaw_notify(G_OBJECT(document));
}

static void tell_change(JhwDocument *document)
{
	g_signal_emit(document, changed_signal, 0);
	jhw_document_notify(document);
}

void jhw_document_look_again(JhwDocument *document)
{
	tell_change(document);
}

void jhw_document_set_read_only(JhwDocument *document, const char *reason)
{
	g_free(document->read_only);
	document->read_only = g_strdup(reason);
	jhw_document_notify(document);
}

gboolean jhw_document_check_writable(JhwDocument *document, GError **error)
{
	if (!document->read_only)
		return TRUE;
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_READ_ONLY, _("%s is open for reading only: %s"),
		    jhw_document_title(document), document->read_only);
	return FALSE;
}

gboolean jhw_document_edit(JhwDocument *document, const char *name, JhwEdit edit, gpointer data,
			   GError **error)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	uint64_t serial = jhcfg_workspace_serial(document->workspace);
	int err;

	if (!jhw_document_check_writable(document, error))
		return FALSE;
	err = jhcfg_workspace_begin(document->workspace, name);
	if (err)
		return jhw_error_take(error, err, diags);
	err = edit(document->workspace, data, diags);
	if (err) {
		jhcfg_workspace_cancel(document->workspace);
		return jhw_error_take(error, err, diags);
	}
	jhcfg_workspace_end(document->workspace);
	if (jhcfg_workspace_serial(document->workspace) != serial)
		tell_change(document);
	return TRUE;
}

static int do_plan(struct jhcfg_workspace *workspace, gpointer data,
		   G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	return jhcfg_plan_apply(workspace, data);
}

gboolean jhw_document_apply_plan(JhwDocument *document, const struct jhcfg_plan *plan,
				 GError **error)
{
	union {
		const struct jhcfg_plan *constant;
		gpointer plain;
	} pointer = { plan };

	return jhw_document_edit(document, jhcfg_plan_name(plan), do_plan, pointer.plain, error);
}

void jhw_document_undo(JhwDocument *document)
{
	if (!jhcfg_workspace_undo(document->workspace))
		tell_change(document);
}

void jhw_document_redo(JhwDocument *document)
{
	if (!jhcfg_workspace_redo(document->workspace))
		tell_change(document);
}

void jhw_document_adopt(JhwDocument *document, const char *path)
{
	g_free(document->path);
	document->path = g_strdup(path);
	document->adopted = TRUE;
	jhw_document_notify(document);
}
