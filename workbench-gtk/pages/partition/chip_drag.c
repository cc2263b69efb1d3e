// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/chip_drag.h"

#include "model/owner.h"
#include "model/text.h"
#include "widgets/trace.h"

static GdkContentProvider *prepare(G_GNUC_UNUSED GtkDragSource *source, G_GNUC_UNUSED double x,
				   G_GNUC_UNUSED double y, JhwChip *chip)
{
	JhwSession *session = jhw_chip_session(chip);
	g_autoptr(JhwRefList) refs = NULL;

	if (jhw_document_read_only(jhw_session_document(session)) ||
	    !jhw_is_movable(jhw_session_workspace(session), jhw_chip_ref(chip)))
		return NULL;
	refs = jhw_chip_take(chip);
	return gdk_content_provider_new_typed(JHW_TYPE_REF_LIST, refs);
}

/* What is under the pointer meanwhile: the chip's name, or how many there are. */
static GtkWidget *icon_of(JhwChip *chip)
{
	g_autoptr(JhwRefList) refs = jhw_chip_take(chip);
	g_autofree char *text = refs->count == 1 ? g_strdup(jhw_chip_name(chip))
						 : g_strdup_printf(_("%u things"), refs->count);
	GtkWidget *label = gtk_label_new(text);

	gtk_widget_add_css_class(label, "drag-icon");
	return label;
}

static void begin(G_GNUC_UNUSED GtkDragSource *source, GdkDrag *drag, JhwChip *chip)
{
	gtk_drag_icon_set_child(GTK_DRAG_ICON(gtk_drag_icon_get_for_drag(drag)), icon_of(chip));
	gdk_drag_set_hotspot(drag, -8, -8);
	gtk_widget_add_css_class(GTK_WIDGET(chip), "dragged");
	jhw_trace("drag-begin %s", jhw_chip_name(chip));
}

static void end(G_GNUC_UNUSED GtkDragSource *source, G_GNUC_UNUSED GdkDrag *drag,
		gboolean G_GNUC_UNUSED delete_data, JhwChip *chip)
{
	gtk_widget_remove_css_class(GTK_WIDGET(chip), "dragged");
	jhw_trace("drag-end");
}

void jhw_chip_add_drag(JhwChip *chip)
{
	GtkDragSource *source = gtk_drag_source_new();

	gtk_drag_source_set_actions(source, GDK_ACTION_MOVE);
	g_signal_connect(source, "prepare", G_CALLBACK(prepare), chip);
	g_signal_connect(source, "drag-begin", G_CALLBACK(begin), chip);
	g_signal_connect(source, "drag-end", G_CALLBACK(end), chip);
	gtk_widget_add_controller(GTK_WIDGET(chip), GTK_EVENT_CONTROLLER(source));
}
