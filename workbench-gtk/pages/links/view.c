// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/links/view.h"

#include "canvas/theme.h"
#include "model/text.h"
#include "pages/links/graph.h"
#include "widgets/follow.h"
#include "widgets/trace.h"

struct _JhwLinksView {
	GtkWidget parent_instance;
	JhwSession *session;
	JhwGraph *graph;
	guint from; /* node that an edge is drawn from, G_MAXUINT: none */
	double to_x, to_y;
	GtkGesture *drag; /* the widget's */
};

enum {
	CONNECT,
	MENU,
	NUM_SIGNALS
};
static guint signals[NUM_SIGNALS];

G_DEFINE_FINAL_TYPE(JhwLinksView, jhw_links_view, GTK_TYPE_WIDGET)

/* --- drawing ------------------------------------------------------------------ */

/* For who draws edges with a real pointer. */
static void trace_nodes(JhwLinksView *view)
{
	for (guint n = 0; n < view->graph->nodes->len; n++) {
		const JhwGraphNode *node = view->graph->nodes->pdata[n];
		g_autofree char *name = g_strdup_printf("node:%s", node->title);
		float width = (float)view->graph->node_width,
		      height = (float)view->graph->node_height;

		jhw_trace_drawn(GTK_WIDGET(view),
				&GRAPHENE_RECT_INIT((float)node->x - width / 2,
						    (float)node->y - height / 2, width, height),
				name);
	}
}

static void jhw_links_view_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
	JhwLinksView *view = JHW_LINKS_VIEW(widget);
	int width = gtk_widget_get_width(widget), height = gtk_widget_get_height(widget);
	JhwGraphLooks looks = {
		.theme = jhw_theme_of(widget),
		.font = pango_context_get_font_description(gtk_widget_get_pango_context(widget)),
		.from = view->from,
		.to_x = view->to_x,
		.to_y = view->to_y,
	};
	cairo_t *cairo;

	if (width <= 0 || height <= 0)
		return;
	cairo = gtk_snapshot_append_cairo(snapshot,
					  &GRAPHENE_RECT_INIT(0, 0, (float)width, (float)height));
	jhw_graph_draw(cairo, view->graph, &looks, jhw_session_selection(view->session));
	cairo_destroy(cairo);
	if (jhw_trace_on())
		trace_nodes(view);
}

static void jhw_links_view_measure(GtkWidget *widget, GtkOrientation orientation,
				   G_GNUC_UNUSED int for_size, int *minimum, int *natural,
				   G_GNUC_UNUSED int *minimum_baseline,
				   G_GNUC_UNUSED int *natural_baseline)
{
	JhwLinksView *view = JHW_LINKS_VIEW(widget);

	*minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
				      ? view->graph->height
				      : jhw_graph_min_width(view->graph->nodes->len);
}

static void read_graph(JhwLinksView *view, int width)
{
	JhwGraph *graph = jhw_graph_new(jhw_session_workspace(view->session), width);

	g_clear_pointer(&view->graph, jhw_graph_free);
	view->graph = graph;
	view->from = G_MAXUINT;
}

static void jhw_links_view_size_allocate(GtkWidget *widget, int width, G_GNUC_UNUSED int height,
					 G_GNUC_UNUSED int baseline)
{
	JhwLinksView *view = JHW_LINKS_VIEW(widget);

	if (view->graph->width != width)
		read_graph(view, width);
}

static void follow_changes(gpointer data)
{
	JhwLinksView *view = data;

	read_graph(view, gtk_widget_get_width(GTK_WIDGET(view)));
	gtk_widget_queue_resize(GTK_WIDGET(view));
}

/* --- pointer ------------------------------------------------------------------ */

static void select_at(JhwLinksView *view, double x, double y)
{
	guint node = jhw_graph_node_at(view->graph, x, y);
	guint edge = node == G_MAXUINT ? jhw_graph_edge_at(view->graph, x, y) : G_MAXUINT;
	JhwRef ref = { .kind = JHW_REF_NONE };

	if (node != G_MAXUINT)
		ref = jhw_ref_cell(((JhwGraphNode *)view->graph->nodes->pdata[node])->cell);
	else if (edge != G_MAXUINT)
		ref = jhw_ref_of(JHW_REF_LINK,
				 ((JhwGraphEdge *)view->graph->edges->pdata[edge])->key);
	jhw_selection_set(jhw_session_selection(view->session), &ref);
}

static void pressed(GtkGestureClick *click, G_GNUC_UNUSED int count, double x, double y,
		    JhwLinksView *view)
{
	gtk_widget_grab_focus(GTK_WIDGET(view));
	select_at(view, x, y);
	if (gtk_gesture_single_get_current_button(GTK_GESTURE_SINGLE(click)) ==
	    GDK_BUTTON_SECONDARY)
		g_signal_emit(view, signals[MENU], 0, x, y);
}

static void drag_begin(G_GNUC_UNUSED GtkGestureDrag *gesture, double x, double y,
		       JhwLinksView *view)
{
	view->from = jhw_graph_node_at(view->graph, x, y);
	view->to_x = x;
	view->to_y = y;
}

static void drag_update(GtkGestureDrag *gesture, double dx, double dy, JhwLinksView *view)
{
	double x, y;

	gtk_gesture_drag_get_start_point(gesture, &x, &y);
	view->to_x = x + dx;
	view->to_y = y + dy;
	gtk_widget_queue_draw(GTK_WIDGET(view));
}

static void drag_end(GtkGestureDrag *gesture, double dx, double dy, JhwLinksView *view)
{
	double x, y;
	guint from = view->from, to;

	gtk_gesture_drag_get_start_point(gesture, &x, &y);
	to = jhw_graph_node_at(view->graph, x + dx, y + dy);
	view->from = G_MAXUINT;
	gtk_widget_queue_draw(GTK_WIDGET(view));
	if (from == G_MAXUINT || to == G_MAXUINT || from == to)
		return;
	g_signal_emit(view, signals[CONNECT], 0,
		      ((JhwGraphNode *)view->graph->nodes->pdata[from])->cell,
		      ((JhwGraphNode *)view->graph->nodes->pdata[to])->cell, x + dx, y + dy);
}

static void drag_cancel(G_GNUC_UNUSED GtkGesture *gesture, G_GNUC_UNUSED GdkEventSequence *sequence,
			JhwLinksView *view)
{
	view->from = G_MAXUINT;
	gtk_widget_queue_draw(GTK_WIDGET(view));
}

/* --- keys: through all cells, then all links ---------------------------------- */

static void nth_ref(JhwLinksView *view, guint index, JhwRef *ref)
{
	guint nodes = view->graph->nodes->len;

	if (index < nodes)
		*ref = jhw_ref_cell(((JhwGraphNode *)view->graph->nodes->pdata[index])->cell);
	else
		*ref = jhw_ref_of(JHW_REF_LINK,
				  ((JhwGraphEdge *)view->graph->edges->pdata[index - nodes])->key);
}

static void select_next(JhwLinksView *view, int direction)
{
	JhwSelection *selection = jhw_session_selection(view->session);
	JhwRef current = jhw_selection_current(selection), ref;
	guint count = view->graph->nodes->len + view->graph->edges->len;
	guint at = direction > 0 ? count - 1 : 0;

	for (guint n = 0; n < count; n++) {
		nth_ref(view, n, &ref);
		if (jhw_ref_equal(&ref, &current))
			at = n;
	}
	nth_ref(view, (at + (direction > 0 ? 1 : count - 1)) % count, &ref);
	jhw_selection_set(selection, &ref);
}

static gboolean key_pressed(G_GNUC_UNUSED GtkEventControllerKey *keys, guint key,
			    G_GNUC_UNUSED guint code, G_GNUC_UNUSED GdkModifierType state,
			    JhwLinksView *view)
{
	if (key == GDK_KEY_Escape && view->from != G_MAXUINT) {
		/* before the gesture ends, which draws the edge */
		view->from = G_MAXUINT;
		gtk_gesture_set_state(view->drag, GTK_EVENT_SEQUENCE_DENIED);
		gtk_widget_queue_draw(GTK_WIDGET(view));
	} else if (key == GDK_KEY_Right || key == GDK_KEY_Down)
		select_next(view, 1);
	else if (key == GDK_KEY_Left || key == GDK_KEY_Up)
		select_next(view, -1);
	else if (key == GDK_KEY_Menu || key == GDK_KEY_Return)
		g_signal_emit(view, signals[MENU], 0, view->graph->width / 2.0, 10.0);
	else
		return FALSE;
	return TRUE;
}

/* --- the widget --------------------------------------------------------------- */

static void jhw_links_view_dispose(GObject *object)
{
	JhwLinksView *view = JHW_LINKS_VIEW(object);
	GtkWidget *child;

	/* popovers */
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(view))))
		gtk_widget_unparent(child);
	g_clear_pointer(&view->graph, jhw_graph_free);
	g_clear_object(&view->session);
	G_OBJECT_CLASS(jhw_links_view_parent_class)->dispose(object);
}

static void jhw_links_view_class_init(JhwLinksViewClass *class)
{
	GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);
	GType type = G_TYPE_FROM_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_links_view_dispose;
	widget->snapshot = jhw_links_view_snapshot;
	widget->measure = jhw_links_view_measure;
	widget->size_allocate = jhw_links_view_size_allocate;
	gtk_widget_class_set_css_name(widget, "linksgraph");
	gtk_widget_class_set_accessible_role(widget, GTK_ACCESSIBLE_ROLE_IMG);
	signals[CONNECT] =
		g_signal_new("connect", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
			     4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
	signals[MENU] = g_signal_new("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
				     G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void jhw_links_view_init(JhwLinksView *view)
{
	GtkWidget *widget = GTK_WIDGET(view);
	GtkEventController *keys = gtk_event_controller_key_new();
	GtkGesture *click = gtk_gesture_click_new(), *drag = gtk_gesture_drag_new();

	view->from = G_MAXUINT;
	view->drag = drag;
	gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(click), 0);
	g_signal_connect(click, "pressed", G_CALLBACK(pressed), view);
	g_signal_connect(drag, "drag-begin", G_CALLBACK(drag_begin), view);
	g_signal_connect(drag, "drag-update", G_CALLBACK(drag_update), view);
	g_signal_connect(drag, "drag-end", G_CALLBACK(drag_end), view);
	g_signal_connect(drag, "cancel", G_CALLBACK(drag_cancel), view);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), view);
	gtk_widget_add_controller(widget, keys);
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(click));
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(drag));
	gtk_widget_set_focusable(widget, TRUE);
	gtk_widget_set_hexpand(widget, TRUE);
	gtk_accessible_update_property(GTK_ACCESSIBLE(view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Cells and links"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
				       _("The links are in the list below, too"), -1);
}

GtkWidget *jhw_links_view_new(JhwSession *session)
{
	JhwLinksView *view = g_object_new(JHW_TYPE_LINKS_VIEW, NULL);

	view->session = g_object_ref(session);
	read_graph(view, 0);
	jhw_follow_document(GTK_WIDGET(view), session, follow_changes, view);
	g_signal_connect_object(jhw_session_selection(session), "changed",
				G_CALLBACK(gtk_widget_queue_draw), view, G_CONNECT_SWAPPED);
	return GTK_WIDGET(view);
}
