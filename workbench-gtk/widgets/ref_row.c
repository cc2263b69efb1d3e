// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/ref_row.h"

#include "widgets/move_menu.h"
#include "widgets/ref_drag.h"

#define ROW "jhw-ref-row"

struct row {
	GtkListItem *item; /* which outlives the widget */
	JhwRefOf ref_of;
	GtkWidget *view;
	JhwSession *session;
	gboolean equipped; /* with what takes its drags and clicks */
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

/* --- when somebody begins to use it --------------------------------------------- */

static void equip(GtkWidget *widget, struct row *row)
{
	GtkGesture *click = gtk_gesture_click_new();

	row->equipped = TRUE;
	gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(click), GDK_BUTTON_SECONDARY);
	g_signal_connect(click, "pressed", G_CALLBACK(pressed), row);
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(click));
	jhw_ref_drag_add(widget, row->session, take, row);
}

/* On its way down to the row: what is added there sees the same press. */
static void press_comes(G_GNUC_UNUSED GtkGestureClick *click, G_GNUC_UNUSED int count, double x,
			double y, GtkWidget *view)
{
	GtkWidget *widget = gtk_widget_pick(view, x, y, GTK_PICK_DEFAULT);

	for (; widget && widget != view; widget = gtk_widget_get_parent(widget)) {
		struct row *row = g_object_get_data(G_OBJECT(widget), ROW);

		if (row && !row->equipped)
			equip(widget, row);
	}
}

static void watch_presses(GtkWidget *view)
{
	GtkGesture *click;

	if (g_object_get_data(G_OBJECT(view), ROW))
		return;
	click = gtk_gesture_click_new();
	gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(click), 0);
	gtk_event_controller_set_propagation_phase(GTK_EVENT_CONTROLLER(click), GTK_PHASE_CAPTURE);
	g_signal_connect(click, "pressed", G_CALLBACK(press_comes), view);
	gtk_widget_add_controller(view, GTK_EVENT_CONTROLLER(click));
	g_object_set_data(G_OBJECT(view), ROW, click);
}

static void free_row(gpointer data)
{
	struct row *row = data;

	g_object_unref(row->session);
	g_free(row);
}

/* Rows are many, what they would need for it is large, and few are ever dragged:
 * they get it with the press that may begin a drag. */
void jhw_ref_row_add(GtkWidget *widget, GtkListItem *item, JhwRefOf ref_of, GtkWidget *view,
		     JhwSession *session)
{
	struct row *row = g_new0(struct row, 1);

	row->item = item;
	row->ref_of = ref_of;
	row->view = view;
	row->session = g_object_ref(session);
	g_object_set_data_full(G_OBJECT(widget), ROW, row, free_row);
	watch_presses(view);
}
