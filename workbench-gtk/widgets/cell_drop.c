// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/cell_drop.h"

#include "model/move.h"
#include "model/names.h"
#include "widgets/trace.h"

struct drop {
	GtkWidget *widget;
	JhwSession *session;
	uint32_t cell;
	JhwCellDropHover hover;
	gpointer data;
};

static JhwRefList *dragged(GtkDropTarget *target)
{
	const GValue *value = gtk_drop_target_get_value(target);

	return value && G_VALUE_HOLDS(value, JHW_TYPE_REF_LIST) ? g_value_get_boxed(value) : NULL;
}

static GdkDragAction motion(GtkDropTarget *target, double x, double y, struct drop *drop)
{
	JhwRefList *refs = dragged(target);

	if (!refs || !jhw_move_makes_sense(jhw_session_document(drop->session), refs, drop->cell))
		return 0;
	drop->hover(drop->widget, refs, x, y, drop->data);
	return GDK_ACTION_MOVE;
}

static void trace(const struct drop *drop, const char *what)
{
	g_autofree char *name = jhw_cell_title(jhw_session_workspace(drop->session), drop->cell);

	jhw_trace("%s %s", what, name);
}

static GdkDragAction enter(GtkDropTarget *target, double x, double y, struct drop *drop)
{
	GdkDragAction action = motion(target, x, y, drop);

	if (action)
		gtk_widget_add_css_class(drop->widget, "drop-here");
	trace(drop, "enter");
	return action;
}

static void end_hover(struct drop *drop)
{
	gtk_widget_remove_css_class(drop->widget, "drop-here");
	drop->hover(drop->widget, NULL, 0, 0, drop->data);
}

static void leave(G_GNUC_UNUSED GtkDropTarget *target, struct drop *drop)
{
	trace(drop, "leave");
	end_hover(drop);
}

static gboolean dropped(G_GNUC_UNUSED GtkDropTarget *target, const GValue *value,
			G_GNUC_UNUSED double x, G_GNUC_UNUSED double y, struct drop *drop)
{
	/* the widget may go away with what changes */
	g_autoptr(JhwSession) session = g_object_ref(drop->session);
	GError *error = NULL;
	gboolean done;

	if (!G_VALUE_HOLDS(value, JHW_TYPE_REF_LIST))
		return FALSE;
	/* GTK says nothing of leaving behind a drop */
	end_hover(drop);
	done = jhw_move(jhw_session_document(session), g_value_get_boxed(value), drop->cell,
			&error);
	jhw_session_complain(session, error);
	jhw_trace("drop %s", done ? "done" : "refused");
	return done;
}

static void free_drop(gpointer data)
{
	struct drop *drop = data;

	g_object_unref(drop->session);
	g_free(drop);
}

void jhw_cell_drop_add(GtkWidget *widget, JhwSession *session, uint32_t cell,
		       JhwCellDropHover hover, gpointer data)
{
	GtkDropTarget *target = gtk_drop_target_new(JHW_TYPE_REF_LIST, GDK_ACTION_MOVE);
	struct drop *drop = g_new0(struct drop, 1);

	drop->widget = widget;
	drop->session = g_object_ref(session);
	drop->cell = cell;
	drop->hover = hover;
	drop->data = data;
	g_object_set_data_full(G_OBJECT(target), "jhw-drop", drop, free_drop);
	/* the preview needs to know what is dragged */
	gtk_drop_target_set_preload(target, TRUE);
	g_signal_connect(target, "enter", G_CALLBACK(enter), drop);
	g_signal_connect(target, "motion", G_CALLBACK(motion), drop);
	g_signal_connect(target, "leave", G_CALLBACK(leave), drop);
	g_signal_connect(target, "drop", G_CALLBACK(dropped), drop);
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(target));
}
