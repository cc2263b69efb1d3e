// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/view.h"

#include <inttypes.h>
#include <math.h>

#include "model/number.h"
#include "pages/memory/drag.h"
#include "widgets/follow.h"

#define ZOOM_STEP 1.25
#define PAN_STEP  0.1 /* of the width */

struct _JhwMemoryView {
	GtkWidget parent_instance;
	JhwSession *session;
	JhwMemoryMap *map;
	JhwMemoryMap *preview; /* while a region is dragged */
	JhwScale scale;
	gboolean shown; /* the scale was set for this project */
	guint telling;	/* a source, 0: none */
	JhwMemoryHit hit;
	double pointer_x;
	gboolean was_selected; /* what the button went down on */
	JhwMemoryDrag *drag;   /* NULL: none, or the view is panned */
	double panned;	       /* pixels of the drag that were panned already */
};

enum {
	SCALE_CHANGED,
	POINTED,
	MENU,
	NUM_SIGNALS
};
static guint signals[NUM_SIGNALS];

G_DEFINE_FINAL_TYPE(JhwMemoryView, jhw_memory_view, GTK_TYPE_WIDGET)

/* --- looks -------------------------------------------------------------------- */

static gboolean is_dark(GtkWidget *widget)
{
	GdkRGBA text;

	gtk_style_context_get_color(gtk_widget_get_style_context(widget), &text);
	return 0.3 * text.red + 0.6 * text.green + 0.1 * text.blue > 0.5;
}

static gboolean is_high_contrast(GtkWidget *widget)
{
	g_autofree char *theme = NULL;

	g_object_get(gtk_widget_get_settings(widget), "gtk-theme-name", &theme, NULL);
	return theme && strstr(theme, "HighContrast") != NULL;
}

static void jhw_memory_view_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
	JhwMemoryView *view = JHW_MEMORY_VIEW(widget);
	int width = gtk_widget_get_width(widget), height = gtk_widget_get_height(widget);
	PangoContext *context = gtk_widget_get_pango_context(widget);
	JhwMemoryLooks looks = {
		.dark = is_dark(widget),
		.high_contrast = is_high_contrast(widget),
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

static void scale_changed(JhwMemoryView *view)
{
	gtk_widget_queue_draw(GTK_WIDGET(view));
	g_signal_emit(view, signals[SCALE_CHANGED], 0);
}

static gboolean tell_scale(gpointer data)
{
	JhwMemoryView *view = data;

	view->telling = 0;
	scale_changed(view);
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
	/* Not now: others may not change their size while sizes are given. */
	if (!view->telling)
		view->telling = g_idle_add(tell_scale, view);
}

const JhwScale *jhw_memory_view_scale(JhwMemoryView *view)
{
	return &view->scale;
}

void jhw_memory_view_set_span(JhwMemoryView *view, uint64_t span)
{
	jhw_scale_zoom(&view->scale, span, view->scale.width / 2.0);
	scale_changed(view);
}

void jhw_memory_view_show_all(JhwMemoryView *view)
{
	jhw_scale_show(&view->scale, view->map->ram_start, view->map->ram_last);
	scale_changed(view);
}

static const JhwSegment *find_segment(JhwMemoryView *view, const JhwRef *ref,
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
		ref.kind == JHW_REF_NONE ? NULL : find_segment(view, &ref, &row);

	if (!segment)
		return;
	jhw_scale_show(&view->scale, segment->start + row->shift, segment->last + row->shift);
	scale_changed(view);
}

const JhwMemoryHit *jhw_memory_view_last_hit(JhwMemoryView *view)
{
	return &view->hit;
}

/* --- pointing ----------------------------------------------------------------- */

static char *hit_text(JhwMemoryView *view, const JhwMemoryHit *hit)
{
	const JhwMemoryRow *row;
	g_autofree char *size = NULL;

	if (hit->part == JHW_PART_NONE)
		return g_strdup("");
	row = view->map->rows->pdata[hit->row];
	if (!hit->segment)
		return g_strdup_printf("0x%" PRIx64, hit->address);
	size = jhw_number_human(jhw_segment_size(hit->segment));
	return g_strdup_printf(
		"0x%" PRIx64 " \302\267 %s %s \302\267 0x%" PRIx64 "-0x%" PRIx64 " (%s)%s",
		hit->address, hit->segment->owner, hit->segment->label, hit->segment->start,
		hit->segment->last, size, row->cell ? " guest-physical" : "");
}

static void point(JhwMemoryView *view, double x, double y)
{
	g_autofree char *text = NULL;
	gboolean edge;

	view->hit = jhw_memory_hit(view->map, &view->scale, x, y);
	view->pointer_x = x;
	edge = (view->hit.part == JHW_PART_START || view->hit.part == JHW_PART_END) &&
	       jhw_memory_drag_possible(jhw_session_workspace(view->session), &view->hit);
	gtk_widget_set_cursor_from_name(GTK_WIDGET(view), edge ? "ew-resize" : NULL);
	text = hit_text(view, &view->hit);
	g_signal_emit(view, signals[POINTED], 0, text);
}

static void moved(G_GNUC_UNUSED GtkEventControllerMotion *motion, double x, double y,
		  JhwMemoryView *view)
{
	if (!view->drag)
		point(view, x, y);
}

static void select_hit(JhwMemoryView *view)
{
	JhwRef none = { .kind = JHW_REF_NONE };

	jhw_selection_set(jhw_session_selection(view->session),
			  view->hit.segment ? &view->hit.segment->ref : &none);
}

static void pressed(GtkGestureClick *click, int count, double x, double y, JhwMemoryView *view)
{
	guint button = gtk_gesture_single_get_current_button(GTK_GESTURE_SINGLE(click));

	gtk_widget_grab_focus(GTK_WIDGET(view));
	point(view, x, y);
	view->was_selected =
		view->hit.segment &&
		jhw_selection_has(jhw_session_selection(view->session), &view->hit.segment->ref);
	select_hit(view);
	if (button == GDK_BUTTON_SECONDARY)
		g_signal_emit(view, signals[MENU], 0, x, y);
	else if (count == 2)
		jhw_memory_view_show_selected(view);
}

/* --- dragging ----------------------------------------------------------------- */

static void end_drag(JhwMemoryView *view)
{
	g_clear_pointer(&view->drag, jhw_memory_drag_free);
	g_clear_pointer(&view->preview, jhw_memory_map_free);
	gtk_widget_queue_draw(GTK_WIDGET(view));
}

static void drag_begin(G_GNUC_UNUSED GtkGestureDrag *gesture, double x, double y,
		       JhwMemoryView *view)
{
	end_drag(view);
	view->panned = 0;
	point(view, x, y);
	/* Panning is what drags mostly are: a region follows only by its edges,
	 * or once it is selected. */
	if (view->hit.part == JHW_PART_INSIDE && !view->was_selected)
		return;
	if (!jhw_document_read_only(jhw_session_document(view->session)))
		view->drag = jhw_memory_drag_new(jhw_session_document(view->session), view->map,
						 &view->hit);
}

static void drag_update(G_GNUC_UNUSED GtkGestureDrag *gesture, double dx, G_GNUC_UNUSED double dy,
			JhwMemoryView *view)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	if (!view->drag) {
		jhw_scale_pan(&view->scale, view->panned - dx);
		view->panned = dx;
		scale_changed(view);
		return;
	}
	g_clear_pointer(&view->preview, jhw_memory_map_free);
	view->preview = jhw_memory_drag_preview(view->drag, &view->scale, dx, &text, &error);
	g_signal_emit(view, signals[POINTED], 0, error ? error->message : text);
	gtk_widget_queue_draw(GTK_WIDGET(view));
}

static void drag_finish(G_GNUC_UNUSED GtkGestureDrag *gesture, double dx, G_GNUC_UNUSED double dy,
			JhwMemoryView *view)
{
	g_autoptr(JhwMemoryDrag) drag = g_steal_pointer(&view->drag);
	GError *error = NULL;

	end_drag(view);
	if (drag && !jhw_memory_drag_finish(drag, &view->scale, dx, &error))
		jhw_session_complain(view->session, error);
}

static void drag_cancel(G_GNUC_UNUSED GtkGesture *gesture, G_GNUC_UNUSED GdkEventSequence *sequence,
			JhwMemoryView *view)
{
	end_drag(view);
}

/* --- wheel and keys ----------------------------------------------------------- */

static gboolean scrolled(GtkEventControllerScroll *scroll, double dx, double dy,
			 JhwMemoryView *view)
{
	GdkModifierType state =
		gtk_event_controller_get_current_event_state(GTK_EVENT_CONTROLLER(scroll));
	double span = (double)view->scale.span;

	if (state & GDK_CONTROL_MASK)
		jhw_scale_zoom(&view->scale, (uint64_t)(span * pow(ZOOM_STEP, dy)),
			       view->pointer_x);
	else if (state & GDK_SHIFT_MASK || dx)
		jhw_scale_pan(&view->scale, (dx ? dx : dy) * PAN_STEP * view->scale.width);
	else
		return FALSE;
	scale_changed(view);
	return TRUE;
}

/* Selects the segment before or behind the selected one in its row. */
static void select_neighbour(JhwMemoryView *view, int direction)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(view->session));
	const JhwMemoryRow *row = view->map->rows->pdata[0];
	const JhwSegment *segment =
		ref.kind == JHW_REF_NONE ? NULL : find_segment(view, &ref, &row);
	guint index = 0;

	if (!row->segments->len)
		return;
	if (segment && g_ptr_array_find(row->segments, segment, &index))
		index = CLAMP((int)index + direction, 0, (int)row->segments->len - 1);
	segment = row->segments->pdata[index];
	jhw_selection_set(jhw_session_selection(view->session), &segment->ref);
}

static gboolean change_by_key(JhwMemoryView *view, JhwPart part, int direction)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(view->session));
	GError *error = NULL;

	if (ref.kind != JHW_REF_REGION)
		return FALSE;
	if (!jhw_memory_drag_by_key(jhw_session_document(view->session), &ref, part, direction,
				    jhw_scale_snap(&view->scale), &error))
		jhw_session_complain(view->session, error);
	return TRUE;
}

static gboolean key_pressed(G_GNUC_UNUSED GtkEventControllerKey *keys, guint key,
			    G_GNUC_UNUSED guint code, GdkModifierType state, JhwMemoryView *view)
{
	int direction = key == GDK_KEY_Left || key == GDK_KEY_KP_Left ? -1 : 1;

	switch (key) {
	case GDK_KEY_Left:
	case GDK_KEY_Right:
		if (state & GDK_ALT_MASK)
			return change_by_key(view, JHW_PART_INSIDE, direction);
		if (state & GDK_SHIFT_MASK)
			return change_by_key(view, JHW_PART_END, direction);
		if (state & GDK_CONTROL_MASK)
			select_neighbour(view, direction);
		else
			jhw_scale_pan(&view->scale, direction * PAN_STEP * view->scale.width);
		break;
	case GDK_KEY_plus:
	case GDK_KEY_KP_Add:
	case GDK_KEY_equal:
		jhw_memory_view_set_span(view, view->scale.span / 2);
		return TRUE;
	case GDK_KEY_minus:
	case GDK_KEY_KP_Subtract:
		jhw_memory_view_set_span(view, view->scale.span * 2);
		return TRUE;
	case GDK_KEY_0:
	case GDK_KEY_KP_0:
		jhw_memory_view_show_all(view);
		return TRUE;
	case GDK_KEY_Escape:
		if (!view->drag)
			return FALSE;
		end_drag(view);
		return TRUE;
	case GDK_KEY_Menu:
		g_signal_emit(view, signals[MENU], 0, view->scale.width / 2.0,
			      (double)JHW_MEMORY_BAR);
		return TRUE;
	default:
		return FALSE;
	}
	scale_changed(view);
	return TRUE;
}

/* --- the widget --------------------------------------------------------------- */

static void update(JhwMemoryView *view)
{
	end_drag(view);
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

static void add_controllers(JhwMemoryView *view)
{
	GtkWidget *widget = GTK_WIDGET(view);
	GtkEventController *motion = gtk_event_controller_motion_new();
	GtkEventController *scroll =
		gtk_event_controller_scroll_new(GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
	GtkEventController *keys = gtk_event_controller_key_new();
	GtkGesture *click = gtk_gesture_click_new();
	GtkGesture *drag = gtk_gesture_drag_new();

	g_signal_connect(motion, "motion", G_CALLBACK(moved), view);
	g_signal_connect(scroll, "scroll", G_CALLBACK(scrolled), view);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), view);
	gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(click), 0);
	g_signal_connect(click, "pressed", G_CALLBACK(pressed), view);
	g_signal_connect(drag, "drag-begin", G_CALLBACK(drag_begin), view);
	g_signal_connect(drag, "drag-update", G_CALLBACK(drag_update), view);
	g_signal_connect(drag, "drag-end", G_CALLBACK(drag_finish), view);
	g_signal_connect(drag, "cancel", G_CALLBACK(drag_cancel), view);
	gtk_widget_add_controller(widget, motion);
	gtk_widget_add_controller(widget, scroll);
	gtk_widget_add_controller(widget, keys);
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(click));
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(drag));
}

static void jhw_memory_view_init(JhwMemoryView *view)
{
	view->scale.width = 1;
	gtk_widget_set_focusable(GTK_WIDGET(view), TRUE);
	gtk_widget_set_hexpand(GTK_WIDGET(view), TRUE);
	gtk_accessible_update_property(GTK_ACCESSIBLE(view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       "Map of memory", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
				       "The same as the list beside it", -1);
	add_controllers(view);
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
