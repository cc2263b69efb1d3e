// SPDX-License-Identifier: GPL-2.0-or-later
/* What pointer, wheel and keys do to the map. */
#include <math.h>

#include "model/number.h"
#include "model/shown.h"
#include "model/text.h"
#include "pages/memory/view_private.h"

#define ZOOM_STEP 1.25
#define PAN_STEP  0.1 /* of the width */

/* --- pointing ----------------------------------------------------------------- */

static char *hit_text(JhwMemoryView *view, const JhwMemoryHit *hit)
{
	const JhwMemoryRow *row;
	g_autofree char *size = NULL, *address = NULL, *range = NULL;

	if (hit->part == JHW_PART_NONE)
		return g_strdup("");
	row = view->map->rows->pdata[hit->row];
	address = jhw_shown_address(hit->address);
	if (!hit->segment)
		return g_steal_pointer(&address);
	range = jhw_shown_range(hit->segment->start, hit->segment->last);
	size = jhw_number_human(jhw_segment_size(hit->segment));
	return g_strdup_printf("%s \302\267 %s %s \302\267 %s (%s)%s", address, hit->segment->owner,
			       hit->segment->label, range, size,
			       row->cell ? _(" guest-physical") : "");
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
	jhw_memory_view_say(view, text);
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
	select_hit(view);
	if (button == GDK_BUTTON_SECONDARY)
		jhw_memory_view_ask_for_menu(view, x, y);
	else if (count == 2)
		jhw_memory_view_show_selected(view);
}

/* --- dragging ----------------------------------------------------------------- */

void jhw_memory_view_end_drag(JhwMemoryView *view)
{
	g_clear_pointer(&view->drag, jhw_memory_drag_free);
	g_clear_pointer(&view->preview, jhw_memory_map_free);
	gtk_widget_queue_draw(GTK_WIDGET(view));
}

static gboolean is_selected(JhwMemoryView *view)
{
	return view->hit.segment &&
	       jhw_selection_has(jhw_session_selection(view->session), &view->hit.segment->ref);
}

static void drag_begin(G_GNUC_UNUSED GtkGestureDrag *gesture, double x, double y,
		       JhwMemoryView *view)
{
	jhw_memory_view_end_drag(view);
	view->panned = 0;
	point(view, x, y);
	/* Panning is what drags mostly are: a region follows only by its edges,
	 * or once it is selected: before, that is. This gesture was added last and
	 * is told first, so pressed() comes later. */
	if (view->hit.part == JHW_PART_INSIDE && !is_selected(view))
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
		jhw_memory_view_scale_changed(view);
		return;
	}
	g_clear_pointer(&view->preview, jhw_memory_map_free);
	view->preview = jhw_memory_drag_preview(view->drag, &view->scale, dx, &text, &error);
	jhw_memory_view_say(view, error ? error->message : text);
	gtk_widget_queue_draw(GTK_WIDGET(view));
}

static void drag_finish(G_GNUC_UNUSED GtkGestureDrag *gesture, double dx, G_GNUC_UNUSED double dy,
			JhwMemoryView *view)
{
	g_autoptr(JhwMemoryDrag) drag = g_steal_pointer(&view->drag);
	GError *error = NULL;

	jhw_memory_view_end_drag(view);
	if (drag && !jhw_memory_drag_finish(drag, &view->scale, dx, &error))
		jhw_session_complain(view->session, error);
}

static void drag_cancel(G_GNUC_UNUSED GtkGesture *gesture, G_GNUC_UNUSED GdkEventSequence *sequence,
			JhwMemoryView *view)
{
	jhw_memory_view_end_drag(view);
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
	jhw_memory_view_scale_changed(view);
	return TRUE;
}

/* Selects the segment before or behind the selected one in its row. */
static void select_neighbour(JhwMemoryView *view, int direction)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(view->session));
	const JhwMemoryRow *row = view->map->rows->pdata[0];
	const JhwSegment *segment =
		ref.kind == JHW_REF_NONE ? NULL : jhw_memory_view_find(view, &ref, &row);
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
				    jhw_memory_drag_unit(&view->scale), &error))
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
		/* what the pointer does until it is let go is nothing, not even
		 * panning */
		jhw_memory_view_end_drag(view);
		gtk_gesture_set_state(view->gesture, GTK_EVENT_SEQUENCE_DENIED);
		return TRUE;
	case GDK_KEY_Menu:
		jhw_memory_view_ask_for_menu(view, view->scale.width / 2.0, JHW_MEMORY_BAR);
		return TRUE;
	default:
		return FALSE;
	}
	jhw_memory_view_scale_changed(view);
	return TRUE;
}

/* --- all of them -------------------------------------------------------------- */

void jhw_memory_view_add_controllers(JhwMemoryView *view)
{
	GtkWidget *widget = GTK_WIDGET(view);
	GtkEventController *motion = gtk_event_controller_motion_new();
	GtkEventController *scroll =
		gtk_event_controller_scroll_new(GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
	GtkEventController *keys = gtk_event_controller_key_new();
	GtkGesture *click = gtk_gesture_click_new();
	GtkGesture *drag = gtk_gesture_drag_new();

	view->gesture = drag;
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
