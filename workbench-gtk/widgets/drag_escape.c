// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Wayland's compositors end drags themselves when Escape is pressed. On X11 it
 * is GDK that should: drag_grab() in gdk/x11/gdkdrag-x11.c grabs Escape and
 * some other keys on the root window while a drag goes on. Up to 4.8.3 at least
 * such a key comes as an event of the root window, for which there is no
 * GdkSurface, so get_event_surface() in gdkdevicemanager-xi2.c drops it, and
 * neither gdk_dnd_handle_key_event() nor any GtkEventControllerKey sees it. The
 * signal "xevent" of the display comes before that.
 */
#include "widgets/drag_escape.h"

#ifdef GDK_WINDOWING_X11

#include <X11/extensions/XInput2.h>
#include <gdk/x11/gdkx.h>

struct watch {
	GdkDisplay *display;
	GdkDrag *drag; /* that goes on; it has a reference of its own */
	gulong handler;
	int opcode; /* of the extension that tells of keys */
};

static gboolean is_escape(const struct watch *watch, const XEvent *event)
{
	const XGenericEventCookie *cookie = &event->xcookie;
	const XIDeviceEvent *key;
	guint symbol = 0;

	if (event->type != GenericEvent || cookie->extension != watch->opcode ||
	    cookie->evtype != XI_KeyPress || !cookie->data)
		return FALSE;
	key = cookie->data;
	return gdk_display_translate_key(watch->display, (guint)key->detail, 0,
					 key->group.effective, &symbol, NULL, NULL, NULL) &&
	       symbol == GDK_KEY_Escape;
}

static gboolean x_event(G_GNUC_UNUSED GdkDisplay *display, gpointer event, struct watch *watch)
{
	if (!is_escape(watch, event))
		return FALSE;
	/* not gtk_drag_source_drag_cancel(): GDK's part of the drag, with its
	 * grab, would go on */
	g_signal_emit_by_name(watch->drag, "cancel", GDK_DRAG_CANCEL_USER_CANCELLED);
	return TRUE;
}

static void stop(struct watch *watch)
{
	if (watch->handler)
		g_signal_handler_disconnect(watch->display, watch->handler);
	watch->handler = 0;
	g_clear_object(&watch->display);
}

static void begin(G_GNUC_UNUSED GtkDragSource *source, GdkDrag *drag, struct watch *watch)
{
	GdkDisplay *display = gdk_drag_get_display(drag);
	int event, error;

	stop(watch);
	watch->drag = drag;
	if (!GDK_IS_X11_DISPLAY(display) ||
	    !XQueryExtension(gdk_x11_display_get_xdisplay(display), "XInputExtension",
			     &watch->opcode, &event, &error))
		return;
	watch->display = g_object_ref(display);
	watch->handler = g_signal_connect(display, "xevent", G_CALLBACK(x_event), watch);
}

static void end(G_GNUC_UNUSED GtkDragSource *source, G_GNUC_UNUSED GdkDrag *drag,
		G_GNUC_UNUSED gboolean delete_data, struct watch *watch)
{
	stop(watch);
}

static void free_watch(gpointer data)
{
	stop(data);
	g_free(data);
}

void jhw_drag_escape_watch(GtkDragSource *source)
{
	struct watch *watch = g_new0(struct watch, 1);

	g_object_set_data_full(G_OBJECT(source), "jhw-escape", watch, free_watch);
	g_signal_connect(source, "drag-begin", G_CALLBACK(begin), watch);
	g_signal_connect(source, "drag-end", G_CALLBACK(end), watch);
}

#else

void jhw_drag_escape_watch(G_GNUC_UNUSED GtkDragSource *source)
{
}

#endif
