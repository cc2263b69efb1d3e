// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/lane_drop.h"

#include "model/move.h"
#include "model/names.h"
#include "widgets/trace.h"

static guint hover_signal, leave_signal; /* set once, with the class */

void jhw_lane_install_drop_signals(GType type)
{
	hover_signal =
		g_signal_new("hover", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
			     JHW_TYPE_REF_LIST, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
	leave_signal =
		g_signal_new("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static JhwRefList *dragged(GtkDropTarget *target)
{
	const GValue *value = gtk_drop_target_get_value(target);

	return value && G_VALUE_HOLDS(value, JHW_TYPE_REF_LIST) ? g_value_get_boxed(value) : NULL;
}

static JhwDocument *document_of(JhwLane *lane)
{
	return jhw_session_document(jhw_lane_session(lane));
}

static GdkDragAction motion(GtkDropTarget *target, double x, double y, JhwLane *lane)
{
	JhwRefList *refs = dragged(target);

	if (!refs || !jhw_move_makes_sense(document_of(lane), refs, jhw_lane_key(lane)))
		return 0;
	g_signal_emit(lane, hover_signal, 0, refs, x, y);
	return GDK_ACTION_MOVE;
}

static GdkDragAction enter(GtkDropTarget *target, double x, double y, JhwLane *lane)
{
	g_autofree char *name =
		jhw_cell_title(jhw_session_workspace(jhw_lane_session(lane)), jhw_lane_key(lane));
	GdkDragAction action = motion(target, x, y, lane);

	if (action)
		gtk_widget_add_css_class(GTK_WIDGET(lane), "drop-here");
	jhw_trace("enter %s", name);
	return action;
}

static void leave(G_GNUC_UNUSED GtkDropTarget *target, JhwLane *lane)
{
	g_autofree char *name =
		jhw_cell_title(jhw_session_workspace(jhw_lane_session(lane)), jhw_lane_key(lane));

	jhw_trace("leave %s", name);
	gtk_widget_remove_css_class(GTK_WIDGET(lane), "drop-here");
	g_signal_emit(lane, leave_signal, 0);
}

static gboolean drop(G_GNUC_UNUSED GtkDropTarget *target, const GValue *value,
		     G_GNUC_UNUSED double x, G_GNUC_UNUSED double y, JhwLane *lane)
{
	g_autoptr(JhwSession) session = g_object_ref(jhw_lane_session(lane));
	GError *error = NULL;
	gboolean done;

	if (!G_VALUE_HOLDS(value, JHW_TYPE_REF_LIST))
		return FALSE;
	done = jhw_move(jhw_session_document(session), g_value_get_boxed(value), jhw_lane_key(lane),
			&error);
	jhw_session_complain(session, error);
	jhw_trace("drop %s", done ? "done" : "refused");
	return done;
}

void jhw_lane_add_drop(JhwLane *lane)
{
	GtkDropTarget *target = gtk_drop_target_new(JHW_TYPE_REF_LIST, GDK_ACTION_MOVE);

	/* the preview needs to know what is dragged */
	gtk_drop_target_set_preload(target, TRUE);
	g_signal_connect(target, "enter", G_CALLBACK(enter), lane);
	g_signal_connect(target, "motion", G_CALLBACK(motion), lane);
	g_signal_connect(target, "leave", G_CALLBACK(leave), lane);
	g_signal_connect(target, "drop", G_CALLBACK(drop), lane);
	gtk_widget_add_controller(GTK_WIDGET(lane), GTK_EVENT_CONTROLLER(target));
}
