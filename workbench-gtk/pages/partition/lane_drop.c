// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/lane_drop.h"

#include "widgets/cell_drop.h"

static guint hover_signal, leave_signal; /* set once, with the class */

void jhw_lane_install_drop_signals(GType type)
{
	hover_signal =
		g_signal_new("hover", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
			     JHW_TYPE_REF_LIST, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
	leave_signal =
		g_signal_new("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void hover(GtkWidget *lane, JhwRefList *refs, double x, double y,
		  G_GNUC_UNUSED gpointer data)
{
	if (refs)
		g_signal_emit(lane, hover_signal, 0, refs, x, y);
	else
		g_signal_emit(lane, leave_signal, 0);
}

void jhw_lane_add_drop(JhwLane *lane)
{
	jhw_cell_drop_add(GTK_WIDGET(lane), jhw_lane_session(lane), jhw_lane_key(lane), hover,
			  NULL);
}
