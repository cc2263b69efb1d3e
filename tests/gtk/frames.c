// SPDX-License-Identifier: GPL-2.0-or-later
#include "frames.h"

static void count_frame(G_GNUC_UNUSED GdkFrameClock *clock, guint *frames)
{
	(*frames)++;
}

void frames_wait(GtkWidget *window, guint count)
{
	GdkFrameClock *clock = gtk_widget_get_frame_clock(window);
	guint frames = 0;
	gulong handler = g_signal_connect(clock, "after-paint", G_CALLBACK(count_frame), &frames);

	while (frames < count) {
		gtk_widget_queue_draw(window);
		g_main_context_iteration(NULL, TRUE);
	}
	g_signal_handler_disconnect(clock, handler);
}

GdkTexture *frames_paint(GtkWidget *window, int width, int height)
{
	g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new(window);
	GtkSnapshot *snapshot = gtk_snapshot_new();
	GskRenderNode *node;
	GdkTexture *texture;

	gdk_paintable_snapshot(paintable, snapshot, width, height);
	node = gtk_snapshot_free_to_node(snapshot);
	texture =
		gsk_renderer_render_texture(gtk_native_get_renderer(GTK_NATIVE(window)), node,
					    &GRAPHENE_RECT_INIT(0, 0, (float)width, (float)height));
	gsk_render_node_unref(node);
	return texture;
}
