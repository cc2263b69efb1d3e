// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/ref_row.h"

#include "widgets/move_menu.h"
#include "widgets/ref_drag.h"

struct row {
	GtkListItem *item; /* which outlives the widget */
	JhwRefOf ref_of;
	GtkWidget *view;
	JhwSession *session;
};

static JhwRefList *take(G_GNUC_UNUSED GtkWidget *widget, gpointer data)
{
	struct row *row = data;
	gpointer item = gtk_list_item_get_item(row->item);
	JhwRef ref = item ? row->ref_of(item) : (JhwRef){ 0 };

	return ref.kind ? jhw_selection_take(jhw_session_selection(row->session), &ref) : NULL;
}

static void pressed(GtkGestureClick *click, G_GNUC_UNUSED int count, double x, double y,
		    struct row *row)
{
	GtkWidget *widget = gtk_event_controller_get_widget(GTK_EVENT_CONTROLLER(click));
	g_autoptr(JhwRefList) refs = take(widget, row);

	if (refs)
		jhw_move_menu_open_at(row->view, row->session, refs, widget, x, y);
}

static void free_row(gpointer data)
{
	struct row *row = data;

	g_object_unref(row->session);
	g_free(row);
}

void jhw_ref_row_add(GtkWidget *widget, GtkListItem *item, JhwRefOf ref_of, GtkWidget *view,
		     JhwSession *session)
{
	struct row *row = g_new0(struct row, 1);
	GtkGesture *click = gtk_gesture_click_new();

	row->item = item;
	row->ref_of = ref_of;
	row->view = view;
	row->session = g_object_ref(session);
	g_object_set_data_full(G_OBJECT(widget), "jhw-ref-row", row, free_row);
	gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(click), GDK_BUTTON_SECONDARY);
	g_signal_connect(click, "pressed", G_CALLBACK(pressed), row);
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(click));
	jhw_ref_drag_add(widget, session, take, row);
}
