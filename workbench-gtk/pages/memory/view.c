// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/view.h"

#include "canvas/theme.h"
#include "model/text.h"
#include "pages/memory/view_private.h"
#include "widgets/follow.h"

enum {
	SCALE_CHANGED,
	POINTED,
	MENU,
	NUM_SIGNALS
};
static guint signals[NUM_SIGNALS];

G_DEFINE_FINAL_TYPE(JhwMemoryView, jhw_memory_view, GTK_TYPE_WIDGET)

/* --- looks -------------------------------------------------------------------- */

static void jhw_memory_view_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
	JhwMemoryView *view = JHW_MEMORY_VIEW(widget);
	int width = gtk_widget_get_width(widget), height = gtk_widget_get_height(widget);
	PangoContext *context = gtk_widget_get_pango_context(widget);
	JhwMemoryLooks looks = {
		.theme = jhw_theme_of(widget),
		.font = pango_context_get_font_description(context),
	};
	JhwRef selected = jhw_selection_current(jhw_session_selection(view->session));
	cairo_t *cairo;

	if (width <= 0 || height <= 0)
		return;
	cairo = gtk_snapshot_append_cairo(snapshot,
					  &GRAPHENE_RECT_INIT(0, 0, (float)width, (float)height));
	jhw_memory_draw(cairo, view->preview ? view->preview : view->map, &view->scale, &looks,
			&selected);
	cairo_destroy(cairo);
	if (gtk_widget_has_visible_focus(widget))
		gtk_snapshot_render_focus(snapshot, gtk_widget_get_style_context(widget), 0, 0,
					  width, height);
}

static void jhw_memory_view_measure(GtkWidget *widget, GtkOrientation orientation,
				    G_GNUC_UNUSED int for_size, int *minimum, int *natural,
				    G_GNUC_UNUSED int *minimum_baseline,
				    G_GNUC_UNUSED int *natural_baseline)
{
	JhwMemoryView *view = JHW_MEMORY_VIEW(widget);

	*minimum = *natural =
		orientation == GTK_ORIENTATION_VERTICAL ? jhw_memory_height(view->map) : 320;
}

/* --- the part that is seen ---------------------------------------------------- */

void jhw_memory_view_scale_changed(JhwMemoryView *view)
{
	gtk_widget_queue_draw(GTK_WIDGET(view));
	g_signal_emit(view, signals[SCALE_CHANGED], 0);
}

static gboolean tell_scale(gpointer data)
{
	JhwMemoryView *view = data;

	view->telling = 0;
	jhw_memory_view_scale_changed(view);
	return G_SOURCE_REMOVE;
}

static void jhw_memory_view_size_allocate(GtkWidget *widget, int width, G_GNUC_UNUSED int height,
					  G_GNUC_UNUSED int baseline)
{
	JhwMemoryView *view = JHW_MEMORY_VIEW(widget);

	view->scale.width = MAX(width, 1);
	if (!view->shown) {
		jhw_scale_show(&view->scale, view->map->ram_start, view->map->ram_last);
		view->shown = TRUE;
	}
	/* Not now: others may not change their size while sizes are given; but
	 * before the next frame is drawn. */
	if (!view->telling)
		view->telling = g_idle_add_full(G_PRIORITY_HIGH_IDLE, tell_scale, view, NULL);
}

const JhwScale *jhw_memory_view_scale(JhwMemoryView *view)
{
	return &view->scale;
}

void jhw_memory_view_set_span(JhwMemoryView *view, uint64_t span)
{
	jhw_scale_zoom(&view->scale, span, view->scale.width / 2.0);
	jhw_memory_view_scale_changed(view);
}

void jhw_memory_view_show_all(JhwMemoryView *view)
{
	jhw_scale_show(&view->scale, view->map->ram_start, view->map->ram_last);
	jhw_memory_view_scale_changed(view);
}

const JhwSegment *jhw_memory_view_find(JhwMemoryView *view, const JhwRef *ref,
				       const JhwMemoryRow **row)
{
	for (guint n = 0; n < view->map->rows->len; n++) {
		*row = view->map->rows->pdata[n];
		for (guint m = 0; m < (*row)->segments->len; m++) {
			const JhwSegment *segment = (*row)->segments->pdata[m];

			if (jhw_ref_equal(&segment->ref, ref))
				return segment;
		}
	}
	return NULL;
}

void jhw_memory_view_show_selected(JhwMemoryView *view)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(view->session));
	const JhwMemoryRow *row;
	const JhwSegment *segment =
		ref.kind == JHW_REF_NONE ? NULL : jhw_memory_view_find(view, &ref, &row);

	if (!segment)
		return;
	jhw_scale_show(&view->scale, segment->start + row->shift, segment->last + row->shift);
	jhw_memory_view_scale_changed(view);
}

const JhwMemoryHit *jhw_memory_view_last_hit(JhwMemoryView *view)
{
	return &view->hit;
}

void jhw_memory_view_say(JhwMemoryView *view, const char *text)
{
	g_signal_emit(view, signals[POINTED], 0, text);
}

void jhw_memory_view_ask_for_menu(JhwMemoryView *view, double x, double y)
{
	g_signal_emit(view, signals[MENU], 0, x, y);
}

/* --- the widget --------------------------------------------------------------- */

static void update(JhwMemoryView *view)
{
	jhw_memory_view_end_drag(view);
	g_clear_pointer(&view->map, jhw_memory_map_free);
	view->map = jhw_memory_map_new(jhw_session_workspace(view->session));
	view->hit = (JhwMemoryHit){ .part = JHW_PART_NONE };
	gtk_widget_queue_resize(GTK_WIDGET(view));
}

static void jhw_memory_view_dispose(GObject *object)
{
	JhwMemoryView *view = JHW_MEMORY_VIEW(object);

	g_clear_handle_id(&view->telling, g_source_remove);
	g_clear_pointer(&view->drag, jhw_memory_drag_free);
	g_clear_pointer(&view->preview, jhw_memory_map_free);
	g_clear_pointer(&view->map, jhw_memory_map_free);
	g_clear_object(&view->session);
	G_OBJECT_CLASS(jhw_memory_view_parent_class)->dispose(object);
}

static void jhw_memory_view_class_init(JhwMemoryViewClass *class)
{
	GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);
	GType type = G_TYPE_FROM_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_memory_view_dispose;
	widget->snapshot = jhw_memory_view_snapshot;
	widget->measure = jhw_memory_view_measure;
	widget->size_allocate = jhw_memory_view_size_allocate;
	gtk_widget_class_set_css_name(widget, "memorymap");
	gtk_widget_class_set_accessible_role(widget, GTK_ACCESSIBLE_ROLE_IMG);
	signals[SCALE_CHANGED] = g_signal_new("scale-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
					      NULL, NULL, G_TYPE_NONE, 0);
	signals[POINTED] = g_signal_new("pointed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
					G_TYPE_NONE, 1, G_TYPE_STRING);
	signals[MENU] = g_signal_new("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
				     G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void jhw_memory_view_init(JhwMemoryView *view)
{
	view->scale.width = 1;
	gtk_widget_set_focusable(GTK_WIDGET(view), TRUE);
	gtk_widget_set_hexpand(GTK_WIDGET(view), TRUE);
	gtk_accessible_update_property(GTK_ACCESSIBLE(view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Map of memory"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
				       _("The same as the list beside it"), -1);
	jhw_memory_view_add_controllers(view);
}

static void follow_changes(gpointer data)
{
	update(data);
}

GtkWidget *jhw_memory_view_new(JhwSession *session)
{
	JhwMemoryView *view = g_object_new(JHW_TYPE_MEMORY_VIEW, NULL);

	view->session = g_object_ref(session);
	view->map = jhw_memory_map_new(jhw_session_workspace(session));
	jhw_follow_document(GTK_WIDGET(view), session, follow_changes, view);
	g_signal_connect_object(jhw_session_selection(session), "changed",
				G_CALLBACK(gtk_widget_queue_draw), view, G_CONNECT_SWAPPED);
	return GTK_WIDGET(view);
}
