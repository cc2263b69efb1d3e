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
	JhwRefList *shown; /* NULL: nothing */
	GPtrArray *rows;   /* JhwFieldRow, which the form owns */
};

G_DEFINE_FINAL_TYPE(JhwInspector, jhw_inspector, GTK_TYPE_WIDGET)

static void jhw_inspector_dispose(GObject *object)
{
	JhwInspector *inspector = JHW_INSPECTOR(object);

	g_clear_pointer(&inspector->rows, g_ptr_array_unref);
	g_clear_pointer(&inspector->shown, jhw_ref_list_unref);
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
			jhw_field_row_new(inspector->session, &group->fields[n], inspector->shown);

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

static gboolean is_one_kind(const JhwRefList *refs)
{
	for (guint n = 1; n < refs->count; n++)
		if (refs->refs[n].kind != refs->refs[0].kind)
			return FALSE;
	return TRUE;
}

/* Several things: how many of them the form is about. */
static void add_count(JhwInspector *inspector)
{
	g_autofree char *text = g_strdup_printf(
		ngettext("%u thing is selected", "%u things are selected", inspector->shown->count),
		inspector->shown->count);
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_widget_add_css_class(label, "strong");
	gtk_widget_add_css_class(label, "hint");
	gtk_box_append(GTK_BOX(inspector->box), label);
}

static void build(JhwInspector *inspector)
{
	const JhwFieldGroup *groups = NULL;
	guint count = 0;

	g_ptr_array_set_size(inspector->rows, 0);
	g_clear_pointer(&inspector->shown, jhw_ref_list_unref);
	inspector->shown = jhw_selection_list(jhw_session_selection(inspector->session));
	if (inspector->shown->count)
		groups = jhw_field_groups(is_one_kind(inspector->shown)
						  ? inspector->shown->refs[0].kind
						  : JHW_REF_NONE,
					  &count);
	inspector->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	gtk_widget_add_css_class(inspector->box, "form-page");
	if (!count)
		add_hint(inspector);
	if (inspector->shown->count > 1)
		add_count(inspector);
	for (guint n = 0; n < count; n++)
		add_group(inspector, &groups[n]);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(inspector->scroller), inspector->box);
}

/* Whether what was selected is still there. */
static gboolean is_there(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	g_autofree char *name = NULL;

	if ((ref->kind == JHW_REF_CELL || ref->kind == JHW_REF_REGION) &&
	    !jhcfg_workspace_cell(workspace, ref->cell))
		return FALSE;
	name = jhw_ref_name(workspace, ref);
	return !g_str_equal(name, "?");
}

static void document_changed(JhwInspector *inspector)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(inspector->session);
	g_autofree JhwRef *left = g_new(JhwRef, inspector->shown->count + 1);
	guint count = 0;

	for (guint n = 0; n < inspector->shown->count; n++)
		if (is_there(workspace, &inspector->shown->refs[n]))
			left[count++] = inspector->shown->refs[n];
	if (count < inspector->shown->count) {
		jhw_selection_set_all(jhw_session_selection(inspector->session), left, count);
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
