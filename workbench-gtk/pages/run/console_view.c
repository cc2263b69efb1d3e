// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/console_view.h"

#include "model/text.h"
#include "pages/run/console_view_private.h"
#include "widgets/stay_at_end.h"
#include "widgets/trace.h"

/* How much of the time may go into showing a console that floods: a tenth. */
#define REST 9

enum {
	ADDRESS,
	NUM_SIGNALS
};
static guint signals[NUM_SIGNALS]; /* set once, with the class */

G_DEFINE_FINAL_TYPE(JhwConsoleView, jhw_console_view, GTK_TYPE_WIDGET)

/* --- what comes --------------------------------------------------------------- */

static gboolean is_empty(const JhwConsoleBuffer *lines)
{
	return jhw_console_buffer_first(lines) == jhw_console_buffer_end(lines);
}

static void show_state(JhwConsoleView *view)
{
	g_autofree char *words = jhw_console_words(view->console);

	gtk_label_set_text(GTK_LABEL(view->state), words);
	gtk_button_set_label(GTK_BUTTON(view->log), jhw_console_log_path(view->console)
							    ? _("End Log")
							    : _("Log\342\200\246"));
	gtk_widget_set_visible(view->input, jhw_console_takes_input(view->console));
	gtk_widget_set_visible(view->empty, is_empty(jhw_console_buffer(view->console)));
}

static void trace_lines(JhwConsoleView *view)
{
	JhwConsoleBuffer *lines = jhw_console_buffer(view->console);
	guint64 end = jhw_console_buffer_end(lines);

	if (!jhw_trace_on())
		return;
	for (; view->traced < end; view->traced++) {
		const JhwConsoleLine *line = jhw_console_buffer_line(lines, view->traced);

		if (line && !line->complete)
			return;
		if (line)
			jhw_trace("console %s", line->text);
	}
}

void jhw_console_view_show(JhwConsoleView *view)
{
	gint64 began = g_get_monotonic_time(), now;

	view->stale = FALSE;
	jhw_console_text_update(view->text);
	show_state(view);
	trace_lines(view);
	now = g_get_monotonic_time();
	view->not_before = now + (now - began) * REST;
}

static gboolean show_later(gpointer data)
{
	JhwConsoleView *view = data;

	view->later = 0;
	jhw_console_view_show(view);
	return G_SOURCE_REMOVE;
}

static void changed(JhwConsoleView *view)
{
	gint64 wait = view->not_before - g_get_monotonic_time();

	if (!gtk_widget_get_mapped(GTK_WIDGET(view)))
		view->stale = TRUE;
	else if (wait <= 0)
		jhw_console_view_show(view);
	else if (!view->later)
		view->later = g_timeout_add((guint)(wait / 1000) + 1, show_later, view);
}

static void jhw_console_view_map(GtkWidget *widget)
{
	JhwConsoleView *view = JHW_CONSOLE_VIEW(widget);

	GTK_WIDGET_CLASS(jhw_console_view_parent_class)->map(widget);
	if (view->stale)
		jhw_console_view_show(view);
}

/* --- faults ------------------------------------------------------------------- */

static gboolean follow_line(JhwConsoleView *view, const GtkTextIter *iter)
{
	const JhwConsoleLine *line = jhw_console_text_line(view->text, iter);

	if (!line || !line->has_address)
		return FALSE;
	g_signal_emit(view, signals[ADDRESS], 0, line->address);
	return TRUE;
}

static gboolean iter_at(JhwConsoleView *view, double x, double y, GtkTextIter *iter)
{
	GtkTextView *text = GTK_TEXT_VIEW(view->view);
	int left, top;

	gtk_text_view_window_to_buffer_coords(text, GTK_TEXT_WINDOW_WIDGET, (int)x, (int)y, &left,
					      &top);
	return gtk_text_view_get_iter_at_location(text, iter, left, top);
}

static void released(G_GNUC_UNUSED GtkGestureClick *click, G_GNUC_UNUSED int count, double x,
		     double y, JhwConsoleView *view)
{
	GtkTextIter iter;

	/* who selects text does not want to go anywhere */
	if (!gtk_text_buffer_get_has_selection(jhw_console_text_buffer(view->text)) &&
	    iter_at(view, x, y, &iter))
		follow_line(view, &iter);
}

static void moved(G_GNUC_UNUSED GtkEventControllerMotion *motion, double x, double y,
		  JhwConsoleView *view)
{
	const JhwConsoleLine *line;
	GtkTextIter iter;

	line = iter_at(view, x, y, &iter) ? jhw_console_text_line(view->text, &iter) : NULL;
	gtk_widget_set_cursor_from_name(view->view, line && line->has_address ? "pointer" : "text");
}

static gboolean key_pressed(G_GNUC_UNUSED GtkEventControllerKey *keys, guint key,
			    G_GNUC_UNUSED guint code, GdkModifierType state, JhwConsoleView *view)
{
	GtkTextBuffer *buffer = jhw_console_text_buffer(view->text);
	GtkTextIter iter;

	if (key == GDK_KEY_f && (state & GDK_CONTROL_MASK)) {
		gtk_widget_grab_focus(view->search);
		return TRUE;
	}
	if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
		return FALSE;
	gtk_text_buffer_get_iter_at_mark(buffer, &iter, gtk_text_buffer_get_insert(buffer));
	return follow_line(view, &iter);
}

/* --- the rest ----------------------------------------------------------------- */

static void typed(JhwConsoleView *view)
{
	g_autofree char *line =
		g_strdup_printf("%s\r", gtk_editable_get_text(GTK_EDITABLE(view->input)));

	jhw_console_send(view->console, line);
	gtk_editable_set_text(GTK_EDITABLE(view->input), "");
}

static GtkWidget *new_empty(JhwConsoleView *view)
{
	JhwConsoleSource source = jhw_console_place(view->console)->source;

	view->empty = gtk_label_new(
		source == JHW_CONSOLE_HYPERVISOR
			? _("What the hypervisor says is seen here when it is enabled:\n"
			    "connect to a target, and deploy to it.")
			: _("Nothing was said yet."));
	gtk_label_set_justify(GTK_LABEL(view->empty), GTK_JUSTIFY_CENTER);
	gtk_widget_set_can_target(view->empty, FALSE);
	gtk_widget_set_halign(view->empty, GTK_ALIGN_CENTER);
	gtk_widget_set_valign(view->empty, GTK_ALIGN_CENTER);
	gtk_widget_add_css_class(view->empty, "console-empty");
	return view->empty;
}

static GtkWidget *new_text(JhwConsoleView *view)
{
	GtkWidget *overlay = gtk_overlay_new(), *scroller = gtk_scrolled_window_new();
	GtkEventController *keys = gtk_event_controller_key_new();
	GtkEventController *motion = gtk_event_controller_motion_new();
	GtkGesture *click = gtk_gesture_click_new();

	view->view = gtk_text_view_new_with_buffer(jhw_console_text_buffer(view->text));
	gtk_text_view_set_editable(GTK_TEXT_VIEW(view->view), FALSE);
	gtk_text_view_set_monospace(GTK_TEXT_VIEW(view->view), TRUE);
	gtk_text_view_set_wrap_mode(GTK_TEXT_VIEW(view->view), GTK_WRAP_CHAR);
	gtk_widget_add_css_class(view->view, "console");
	gtk_accessible_update_property(GTK_ACCESSIBLE(view->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Console"), -1);
	gtk_event_controller_set_name(keys, "console");
	g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), view);
	g_signal_connect(motion, "motion", G_CALLBACK(moved), view);
	g_signal_connect(click, "released", G_CALLBACK(released), view);
	gtk_widget_add_controller(view->view, keys);
	gtk_widget_add_controller(view->view, motion);
	gtk_widget_add_controller(view->view, GTK_EVENT_CONTROLLER(click));
	gtk_overlay_set_child(GTK_OVERLAY(overlay), scroller);
	gtk_overlay_add_overlay(GTK_OVERLAY(overlay), new_empty(view));
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), view->view);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_AUTOMATIC,
				       GTK_POLICY_AUTOMATIC);
	jhw_stay_at_end(scroller, view->view);
	gtk_widget_set_vexpand(overlay, TRUE);
	return overlay;
}

static void jhw_console_view_dispose(GObject *object)
{
	JhwConsoleView *view = JHW_CONSOLE_VIEW(object);

	g_clear_handle_id(&view->later, g_source_remove);
	g_clear_pointer(&view->box, gtk_widget_unparent);
	g_clear_pointer(&view->text, jhw_console_text_free);
	g_clear_object(&view->console);
	G_OBJECT_CLASS(jhw_console_view_parent_class)->dispose(object);
}

static void jhw_console_view_class_init(JhwConsoleViewClass *class)
{
	GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_console_view_dispose;
	widget->map = jhw_console_view_map;
	gtk_widget_class_set_layout_manager_type(widget, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_css_name(widget, "console");
	signals[ADDRESS] = g_signal_new("address", JHW_TYPE_CONSOLE_VIEW, G_SIGNAL_RUN_LAST, 0,
					NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void jhw_console_view_init(G_GNUC_UNUSED JhwConsoleView *view)
{
}

GtkWidget *jhw_console_view_new(JhwConsole *console)
{
	JhwConsoleView *view = g_object_new(JHW_TYPE_CONSOLE_VIEW, NULL);

	view->console = g_object_ref(console);
	view->text = jhw_console_text_new(console);
	view->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	view->input = gtk_entry_new();
	gtk_entry_set_placeholder_text(GTK_ENTRY(view->input), _("Type a line for it, then Enter"));
	gtk_widget_add_css_class(view->input, "console-input");
	g_signal_connect_swapped(view->input, "activate", G_CALLBACK(typed), view);
	gtk_box_append(GTK_BOX(view->box), jhw_console_bar_new(view));
	gtk_box_append(GTK_BOX(view->box), new_text(view));
	gtk_box_append(GTK_BOX(view->box), view->input);
	gtk_widget_set_parent(view->box, GTK_WIDGET(view));
	g_signal_connect_object(console, "changed", G_CALLBACK(changed), view, G_CONNECT_SWAPPED);
	show_state(view);
	view->stale = TRUE;
	return GTK_WIDGET(view);
}

JhwConsole *jhw_console_view_console(JhwConsoleView *view)
{
	return view->console;
}

GtkTextBuffer *jhw_console_view_text(JhwConsoleView *view)
{
	return jhw_console_text_buffer(view->text);
}
