// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/meters.h"

#include "canvas/plot.h"
#include "canvas/theme.h"
#include "model/text.h"
#include "pages/run/cells.h"
#include "pages/run/meters_draw.h"
#include "pages/run/meters_private.h"
#include "widgets/text_list.h"

/* Beside each other, as small as they may be. */
#define LARGE_WIDTH 270
#define ROWS_WIDTH  340

/* --- which ---------------------------------------------------------------------- */

static void add_all(struct meters *meters)
{
	meters->theme = jhw_theme_of(meters->rows);
	jhw_meters_collect(meters->shown, meters->session, meters->live, meters->theme);
}

static gboolean is_selected(const struct meters *meters, const JhwMeter *meter)
{
	return meter->metric && meters->key && !g_strcmp0(meter->metric->cell, meters->cell) &&
	       g_str_equal(meter->metric->key, meters->key);
}

static guint selected_row(const struct meters *meters)
{
	for (guint n = 0; n < meters->shown->len; n++)
		if (is_selected(meters, meters->shown->pdata[n]))
			return n;
	return G_MAXUINT;
}

/* --- drawing ------------------------------------------------------------------ */

static JhwMetersLooks looks_of(struct meters *meters, GtkWidget *widget)
{
	return (JhwMetersLooks){
		.theme = jhw_theme_of(widget),
		.font = pango_context_get_font_description(gtk_widget_get_pango_context(widget)),
		.now = jhw_metrics_now(jhw_live_metrics(meters->live)),
		.span_ms = meters->span_ms,
		.gap_ms = jhw_live_gap(meters->live),
		.selected = selected_row(meters),
		.focus = gtk_widget_has_visible_focus(meters->rows),
	};
}

static void draw_rows(GtkDrawingArea *area, cairo_t *cairo, int width, G_GNUC_UNUSED int height,
		      gpointer data)
{
	struct meters *meters = data;
	GtkAdjustment *scroll =
		gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(meters->scroller));
	JhwMetersLooks looks = looks_of(meters, GTK_WIDGET(area));
	double top = gtk_adjustment_get_value(scroll);

	if (looks.theme != meters->theme)
		add_all(meters);
	jhw_meters_draw(cairo, meters->shown, width, top,
			top + gtk_adjustment_get_page_size(scroll), &looks);
}

static void draw_large(GtkDrawingArea *area, cairo_t *cairo, int width, int height, gpointer data)
{
	struct meters *meters = data;
	JhwMetersLooks looks = looks_of(meters, GTK_WIDGET(area));

	if (looks.theme != meters->theme)
		add_all(meters);
	if (looks.selected != G_MAXUINT)
		jhw_meter_draw_large(cairo, meters->shown->pdata[looks.selected], width, height,
				     &looks);
}

/* "rtos · MMIO: 2/s", or what it was where the pointer is. */
static char *title_of(struct meters *meters, const JhwMetric *metric)
{
	JhwPlotLine line = { .points = NULL };
	gint64 now = jhw_metrics_now(jhw_live_metrics(meters->live));
	const JhwPlot plot = {
		.lines = &line, .num_lines = 1, .from_ms = now - meters->span_ms, .to_ms = now
	};
	const JhwPoint *point = NULL;
	g_autofree char *value = NULL, *stamp = NULL, *name = NULL;
	g_autoptr(GDateTime) time = NULL;

	line.points = jhw_series_points(metric->series, &line.count);
	if (meters->pointed >= 0)
		point = jhw_plot_point_at(&plot, &line, meters->pointed,
					  gtk_widget_get_width(meters->large));
	value = point ? jhw_metric_value_text(metric, point->value) : jhw_metric_text(metric);
	time = point ? g_date_time_new_from_unix_local(point->ms / 1000) : NULL;
	stamp = time ? g_date_time_format(time, _(" at %H:%M:%S")) : g_strdup("");
	if (metric->cell)
		name = jhw_run_cell_title(meters->session,
					  jhw_meter_cell(meters->session, meters->live, metric),
					  metric->cell);
	return g_strdup_printf("%s%s%s: %s%s", name ? name : "", name ? " \302\267 " : "",
			       metric->title, value, stamp);
}

static void show_title(struct meters *meters)
{
	guint row = selected_row(meters);
	const JhwMeter *meter = row == G_MAXUINT ? NULL : meters->shown->pdata[row];
	g_autofree char *title =
		meter ? title_of(meters, meter->metric)
		      : g_strdup(meters->shown->len ? _("Choose a row to see it large")
						    : _("Nothing is known of the target"));

	gtk_label_set_text(GTK_LABEL(meters->title), title);
	gtk_widget_set_visible(meters->large, meter != NULL);
	gtk_widget_set_visible(meters->pace, !jhw_live_is_recording(meters->live));
	gtk_accessible_update_property(GTK_ACCESSIBLE(meters->large), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       title, -1);
}

void jhw_meters_show(struct meters *meters)
{
	add_all(meters);
	if (!meters->key && meters->shown->len > 1) {
		const JhwMeter *first = meters->shown->pdata[1];

		meters->cell = g_strdup(first->metric->cell);
		meters->key = g_strdup(first->metric->key);
	}
	gtk_drawing_area_set_content_height(GTK_DRAWING_AREA(meters->rows),
					    jhw_meters_height(meters->shown->len));
	show_title(meters);
	gtk_widget_queue_draw(meters->rows);
	gtk_widget_queue_draw(meters->large);
	if (gtk_widget_get_mapped(meters->list))
		jhw_text_list_update(meters->list);
}

/* Nothing is drawn twice, nor while nobody sees it. */
static void update(struct meters *meters)
{
	gint64 now = jhw_metrics_now(jhw_live_metrics(meters->live));

	if (!gtk_widget_get_mapped(meters->box)) {
		meters->drawn = -1;
		return;
	}
	if (now == meters->drawn)
		return;
	meters->drawn = now;
	jhw_meters_show(meters);
}

/* --- selecting ---------------------------------------------------------------- */

static void select_row(struct meters *meters, guint row)
{
	const JhwMeter *meter = row < meters->shown->len ? meters->shown->pdata[row] : NULL;

	if (!meter || !meter->metric)
		return;
	g_free(meters->cell);
	g_free(meters->key);
	meters->cell = g_strdup(meter->metric->cell);
	meters->key = g_strdup(meter->metric->key);
	jhw_meters_show(meters);
}

static void pressed(G_GNUC_UNUSED GtkGestureClick *click, G_GNUC_UNUSED int count,
		    G_GNUC_UNUSED double x, double y, struct meters *meters)
{
	gtk_widget_grab_focus(meters->rows);
	select_row(meters, jhw_meters_at(meters->shown->len, y));
}

static void scroll_to(struct meters *meters, guint row)
{
	GtkAdjustment *scroll =
		gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(meters->scroller));
	double y, height;

	jhw_meters_place(row, &y, &height);
	gtk_adjustment_clamp_page(scroll, y, y + height);
}

static gboolean key_pressed(G_GNUC_UNUSED GtkEventControllerKey *keys, guint key,
			    G_GNUC_UNUSED guint code, G_GNUC_UNUSED GdkModifierType state,
			    struct meters *meters)
{
	int by = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;
	guint row = selected_row(meters);

	if (!by)
		return FALSE;
	/* headings are passed over */
	for (row = row == G_MAXUINT ? 0 : row + (guint)by; row < meters->shown->len;
	     row += (guint)by)
		if (((const JhwMeter *)meters->shown->pdata[row])->metric)
			break;
	if (row < meters->shown->len) {
		select_row(meters, row);
		scroll_to(meters, row);
	}
	return TRUE;
}

static void moved(G_GNUC_UNUSED GtkEventControllerMotion *motion, double x, G_GNUC_UNUSED double y,
		  struct meters *meters)
{
	meters->pointed = x;
	show_title(meters);
}

static void left(G_GNUC_UNUSED GtkEventControllerMotion *motion, struct meters *meters)
{
	meters->pointed = -1;
	show_title(meters);
}

/* --- the widget --------------------------------------------------------------- */

static void new_large(struct meters *meters)
{
	GtkEventController *motion = gtk_event_controller_motion_new();

	meters->large = gtk_drawing_area_new();
	gtk_drawing_area_set_content_width(GTK_DRAWING_AREA(meters->large), LARGE_WIDTH);
	gtk_widget_set_hexpand(meters->large, TRUE);
	gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(meters->large), draw_large, meters, NULL);
	g_signal_connect(motion, "motion", G_CALLBACK(moved), meters);
	g_signal_connect(motion, "leave", G_CALLBACK(left), meters);
	gtk_widget_add_controller(meters->large, motion);
	gtk_widget_add_css_class(meters->large, "plot");
}

static void new_rows(struct meters *meters)
{
	GtkEventController *keys = gtk_event_controller_key_new();
	GtkGesture *click = gtk_gesture_click_new();

	meters->rows = gtk_drawing_area_new();
	gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(meters->rows), draw_rows, meters, NULL);
	gtk_drawing_area_set_content_width(GTK_DRAWING_AREA(meters->rows), ROWS_WIDTH);
	gtk_widget_set_focusable(meters->rows, TRUE);
	gtk_accessible_update_property(GTK_ACCESSIBLE(meters->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Graphs"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
				       _("The list says the same in words"), -1);
	g_signal_connect(click, "pressed", G_CALLBACK(pressed), meters);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), meters);
	gtk_widget_add_controller(meters->rows, GTK_EVENT_CONTROLLER(click));
	gtk_widget_add_controller(meters->rows, keys);
	meters->scroller = gtk_scrolled_window_new();
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(meters->scroller), meters->rows);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(meters->scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_widget_set_vexpand(meters->scroller, TRUE);
	gtk_widget_set_hexpand(meters->scroller, TRUE);
	/* only what is seen is drawn */
	g_signal_connect_swapped(
		gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(meters->scroller)),
		"value-changed", G_CALLBACK(gtk_widget_queue_draw), meters->rows);
}

/* Those that draw have gone before. */
static void destroyed(struct meters *meters)
{
	g_signal_handlers_disconnect_by_data(meters->live, meters);
}

static void free_meters(gpointer data)
{
	struct meters *meters = data;

	g_ptr_array_unref(meters->shown);
	g_object_unref(meters->live);
	g_object_unref(meters->session);
	g_free(meters->cell);
	g_free(meters->key);
	g_free(meters);
}

GtkWidget *jhw_meters_new(JhwSession *session)
{
	struct meters *meters = g_new0(struct meters, 1);

	meters->session = g_object_ref(session);
	meters->live = g_object_ref(jhw_live_of(jhw_session_target(session)));
	meters->shown = g_ptr_array_new_with_free_func(jhw_meter_free);
	meters->span_ms = 60000;
	meters->drawn = meters->pointed = -1;
	meters->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	new_large(meters);
	new_rows(meters);
	gtk_box_append(GTK_BOX(meters->box), jhw_meters_bar_new(meters));
	meters->list = jhw_meters_list_new(meters);
	meters->stack = gtk_stack_new();
	meters->graphs = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_box_append(GTK_BOX(meters->graphs), meters->scroller);
	gtk_box_append(GTK_BOX(meters->graphs), meters->large);
	gtk_stack_add_child(GTK_STACK(meters->stack), meters->graphs);
	gtk_stack_add_child(GTK_STACK(meters->stack), meters->list);
	gtk_box_append(GTK_BOX(meters->box), meters->stack);
	g_object_set_data_full(G_OBJECT(meters->box), "jhw-meters", meters, free_meters);
	g_signal_connect_swapped(meters->live, "changed", G_CALLBACK(update), meters);
	g_signal_connect_swapped(meters->box, "map", G_CALLBACK(update), meters);
	g_signal_connect_swapped(meters->box, "destroy", G_CALLBACK(destroyed), meters);
	show_title(meters);
	return meters->box;
}
