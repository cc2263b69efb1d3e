// SPDX-License-Identifier: GPL-2.0-or-later
#include "inspector/inspector.h"

#include "inspector/field_row.h"
#include "model/names.h"
#include "model/text.h"

struct _JhwInspector {
	GtkWidget parent_instance;
	JhwSession *session;
	GtkWidget *scroller;
	GtkWidget *box;
	JhwRef shown;
	GPtrArray *rows; /* JhwFieldRow, which the form owns */
};

G_DEFINE_FINAL_TYPE(JhwInspector, jhw_inspector, GTK_TYPE_WIDGET)

static void jhw_inspector_dispose(GObject *object)
{
	JhwInspector *inspector = JHW_INSPECTOR(object);

	g_clear_pointer(&inspector->rows, g_ptr_array_unref);
	g_clear_pointer(&inspector->scroller, gtk_widget_unparent);
	g_clear_object(&inspector->session);
	G_OBJECT_CLASS(jhw_inspector_parent_class)->dispose(object);
}

static void jhw_inspector_class_init(JhwInspectorClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_inspector_dispose;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "inspector");
	gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(class), GTK_ACCESSIBLE_ROLE_FORM);
}

static void jhw_inspector_init(JhwInspector *inspector)
{
	inspector->rows = g_ptr_array_new();
	gtk_widget_set_vexpand(GTK_WIDGET(inspector), TRUE);
	inspector->scroller = gtk_scrolled_window_new();
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(inspector->scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_widget_set_parent(inspector->scroller, GTK_WIDGET(inspector));
}

static GtkWidget *new_heading(const char *text)
{
	g_autofree char *upper = g_utf8_strup(text, -1);
	GtkWidget *label = gtk_label_new(upper);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_widget_add_css_class(label, "heading");
	return label;
}

static void add_group(JhwInspector *inspector, const JhwFieldGroup *group)
{
	GtkWidget *card = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	gboolean any = FALSE;

	gtk_widget_add_css_class(card, "card");
	for (guint n = 0; n < group->count; n++) {
		GtkWidget *row =
			jhw_field_row_new(inspector->session, &group->fields[n], &inspector->shown);

		gtk_box_append(GTK_BOX(card), row);
		g_ptr_array_add(inspector->rows, row);
		any |= gtk_widget_get_visible(row);
	}
	if (any)
		gtk_box_append(GTK_BOX(inspector->box), new_heading(jhw_said(group->title)));
	gtk_widget_set_visible(card, any);
	gtk_box_append(GTK_BOX(inspector->box), card);
}

static void add_hint(JhwInspector *inspector)
{
	GtkWidget *hint = gtk_label_new(_("Select a cell, a CPU, a device or memory to see what it "
					  "is and to change it."));

	gtk_label_set_wrap(GTK_LABEL(hint), TRUE);
	gtk_label_set_xalign(GTK_LABEL(hint), 0);
	gtk_widget_add_css_class(hint, "dim");
	gtk_widget_add_css_class(hint, "hint");
	gtk_box_append(GTK_BOX(inspector->box), hint);
}

static void build(JhwInspector *inspector)
{
	guint count = 0;
	const JhwFieldGroup *groups;

	g_ptr_array_set_size(inspector->rows, 0);
	inspector->shown = jhw_selection_current(jhw_session_selection(inspector->session));
	groups = jhw_field_groups(inspector->shown.kind, &count);
	inspector->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	gtk_widget_add_css_class(inspector->box, "form-page");
	if (!count)
		add_hint(inspector);
	for (guint n = 0; n < count; n++)
		add_group(inspector, &groups[n]);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(inspector->scroller), inspector->box);
}

/* Whether what was selected is still there. */
static gboolean is_there(JhwInspector *inspector)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(inspector->session);
	g_autofree char *name = NULL;

	if (inspector->shown.kind == JHW_REF_CELL || inspector->shown.kind == JHW_REF_REGION)
		if (!jhcfg_workspace_cell(workspace, inspector->shown.cell))
			return FALSE;
	name = jhw_ref_name(workspace, &inspector->shown);
	return !g_str_equal(name, "?");
}

static void document_changed(JhwInspector *inspector)
{
	if (inspector->shown.kind && !is_there(inspector)) {
		jhw_selection_set(jhw_session_selection(inspector->session), &(JhwRef){ 0 });
		return;
	}
	for (guint n = 0; n < inspector->rows->len; n++)
		gtk_widget_set_visible(inspector->rows->pdata[n],
				       jhw_field_row_update(inspector->rows->pdata[n]));
}

GtkWidget *jhw_inspector_new(JhwSession *session)
{
	JhwInspector *inspector = g_object_new(JHW_TYPE_INSPECTOR, NULL);

	inspector->session = g_object_ref(session);
	g_signal_connect_object(jhw_session_selection(session), "changed", G_CALLBACK(build),
				inspector, G_CONNECT_SWAPPED);
	g_signal_connect_object(jhw_session_document(session), "changed",
				G_CALLBACK(document_changed), inspector, G_CONNECT_SWAPPED);
	build(inspector);
	return GTK_WIDGET(inspector);
}
