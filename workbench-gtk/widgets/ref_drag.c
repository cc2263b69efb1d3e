// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/ref_drag.h"

#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"
#include "widgets/drag_escape.h"
#include "widgets/trace.h"

struct drag {
	GtkWidget *widget;
	JhwSession *session;
	JhwRefDragTake take;
	gpointer data;
	JhwRefList *refs; /* of the drag that goes on */
};

static gboolean is_any_movable(const struct jhcfg_workspace *workspace, const JhwRefList *refs)
{
	for (guint n = 0; n < refs->count; n++)
		if (jhw_is_movable(workspace, &refs->refs[n]))
			return TRUE;
	return FALSE;
}

static GdkContentProvider *prepare(G_GNUC_UNUSED GtkDragSource *source, G_GNUC_UNUSED double x,
				   G_GNUC_UNUSED double y, struct drag *drag)
{
	g_clear_pointer(&drag->refs, jhw_ref_list_unref);
	if (jhw_document_read_only(jhw_session_document(drag->session)))
		return NULL;
	drag->refs = drag->take(drag->widget, drag->data);
	if (!drag->refs || !is_any_movable(jhw_session_workspace(drag->session), drag->refs))
		return NULL;
	return gdk_content_provider_new_typed(JHW_TYPE_REF_LIST, drag->refs);
}

static char *name_of(const struct drag *drag)
{
	return drag->refs->count == 1
		       ? jhw_ref_name(jhw_session_workspace(drag->session), &drag->refs->refs[0])
		       : g_strdup_printf(_("%u things"), drag->refs->count);
}

static void begin(G_GNUC_UNUSED GtkDragSource *source, GdkDrag *drag, struct drag *ours)
{
	g_autofree char *name = name_of(ours);
	GtkWidget *label = gtk_label_new(name);

	gtk_widget_add_css_class(label, "drag-icon");
	gtk_drag_icon_set_child(GTK_DRAG_ICON(gtk_drag_icon_get_for_drag(drag)), label);
	gdk_drag_set_hotspot(drag, -8, -8);
	gtk_widget_add_css_class(ours->widget, "dragged");
	jhw_trace("drag-begin %s", name);
}

static gboolean cancel(G_GNUC_UNUSED GtkDragSource *source, G_GNUC_UNUSED GdkDrag *drag,
		       GdkDragCancelReason reason, G_GNUC_UNUSED struct drag *ours)
{
	jhw_trace("drag-cancel %s", reason == GDK_DRAG_CANCEL_NO_TARGET ? "no target" : "asked");
	return FALSE;
}

static void end(G_GNUC_UNUSED GtkDragSource *source, G_GNUC_UNUSED GdkDrag *drag,
		G_GNUC_UNUSED gboolean delete_data, struct drag *ours)
{
	gtk_widget_remove_css_class(ours->widget, "dragged");
	jhw_trace("drag-end");
}

static void free_drag(gpointer data)
{
	struct drag *drag = data;

	g_clear_pointer(&drag->refs, jhw_ref_list_unref);
	g_object_unref(drag->session);
	g_free(drag);
}

void jhw_ref_drag_add(GtkWidget *widget, JhwSession *session, JhwRefDragTake take, gpointer data)
{
	GtkDragSource *source = gtk_drag_source_new();
	struct drag *drag = g_new0(struct drag, 1);

	drag->widget = widget;
	drag->session = g_object_ref(session);
	drag->take = take;
	drag->data = data;
	g_object_set_data_full(G_OBJECT(source), "jhw-drag", drag, free_drag);
	gtk_drag_source_set_actions(source, GDK_ACTION_MOVE);
	g_signal_connect(source, "prepare", G_CALLBACK(prepare), drag);
	g_signal_connect(source, "drag-begin", G_CALLBACK(begin), drag);
	g_signal_connect(source, "drag-cancel", G_CALLBACK(cancel), drag);
	g_signal_connect(source, "drag-end", G_CALLBACK(end), drag);
	jhw_drag_escape_watch(source);
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(source));
}
