// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/spark.h"

#include <math.h>

#include "canvas/plot.h"
#include "canvas/theme.h"
#include "model/live.h"
#include "model/text.h"
#include "pages/run/cells.h"

#define SPAN_MS	  60000
#define MIN_WIDTH 60
#define WIDTH	  180
#define HEIGHT	  34

struct _JhwSpark {
	GtkWidget parent_instance;
	JhwSession *session;
	JhwLive *live;
	char *name;
	GtkWidget *value; /* beside it, in the same box */
	gint64 shown;	  /* time of what was drawn last */
};

#define JHW_TYPE_SPARK (jhw_spark_get_type())
G_DECLARE_FINAL_TYPE(JhwSpark, jhw_spark, JHW, SPARK, GtkWidget)
G_DEFINE_FINAL_TYPE(JhwSpark, jhw_spark, GTK_TYPE_WIDGET)

static const JhwMetric *metric_of(JhwSpark *spark)
{
	return jhw_metrics_find(jhw_live_metrics(spark->live), spark->name, "total");
}

static gboolean is_root(JhwSpark *spark)
{
	const struct tui_model *model = jhw_live_model(spark->live);

	return model && model->num_cells && !model->cells[0].id &&
	       g_str_equal(model->cells[0].name, spark->name);
}

static void jhw_spark_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
	JhwSpark *spark = JHW_SPARK(widget);
	const JhwMetric *metric = metric_of(spark);
	int width = gtk_widget_get_width(widget), height = gtk_widget_get_height(widget);
	JhwTheme theme = jhw_theme_of(widget);
	gint64 now = jhw_metrics_now(jhw_live_metrics(spark->live));
	JhwPlotLine line;
	cairo_t *cairo;

	if (!metric || width <= 0 || height <= 0)
		return;
	line = (JhwPlotLine){
		.colour = jhw_run_cell_colour(
			spark->session,
			jhw_run_cell_key(spark->session, spark->name, is_root(spark)), theme),
	};
	line.points = jhw_series_points(metric->series, &line.count);
	cairo = gtk_snapshot_append_cairo(snapshot,
					  &GRAPHENE_RECT_INIT(0, 0, (float)width, (float)height));
	jhw_plot_draw_small(cairo,
			    &(JhwPlot){ .lines = &line,
					.num_lines = 1,
					.from_ms = now - SPAN_MS,
					.to_ms = now,
					.gap_ms = jhw_live_gap(spark->live),
					.fill = TRUE,
					.theme = theme },
			    0, 0, width, height);
	cairo_destroy(cairo);
}

static void jhw_spark_measure(G_GNUC_UNUSED GtkWidget *widget, GtkOrientation orientation,
			      G_GNUC_UNUSED int for_size, int *minimum, int *natural,
			      G_GNUC_UNUSED int *minimum_baseline,
			      G_GNUC_UNUSED int *natural_baseline)
{
	*minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : MIN_WIDTH;
	*natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : WIDTH;
}

static void jhw_spark_dispose(GObject *object)
{
	JhwSpark *spark = JHW_SPARK(object);

	g_clear_object(&spark->session);
	g_clear_object(&spark->live);
	g_clear_pointer(&spark->name, g_free);
	G_OBJECT_CLASS(jhw_spark_parent_class)->dispose(object);
}

static void jhw_spark_class_init(JhwSparkClass *class)
{
	GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_spark_dispose;
	widget->snapshot = jhw_spark_snapshot;
	widget->measure = jhw_spark_measure;
	gtk_widget_class_set_css_name(widget, "spark");
	gtk_widget_class_set_accessible_role(widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void jhw_spark_init(G_GNUC_UNUSED JhwSpark *spark)
{
}

/* --- with its number ---------------------------------------------------------- */

static void update(JhwSpark *spark)
{
	const JhwMetric *metric;
	g_autofree char *value = NULL, *words = NULL;
	gint64 now;

	if (!spark->live)
		return;
	metric = metric_of(spark);
	gtk_widget_set_visible(gtk_widget_get_parent(GTK_WIDGET(spark)), metric != NULL);
	now = jhw_metrics_now(jhw_live_metrics(spark->live));
	value = jhw_plot_number(metric ? metric->value : NAN);
	if (spark->shown == now && g_str_equal(gtk_label_get_text(GTK_LABEL(spark->value)), value))
		return;
	spark->shown = now;
	gtk_label_set_text(GTK_LABEL(spark->value), value);
	words = g_strdup_printf(_("Exits per second of %s: %s"), spark->name, value);
	gtk_accessible_update_property(GTK_ACCESSIBLE(spark), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
				       -1);
	gtk_widget_queue_draw(GTK_WIDGET(spark));
}

static GtkWidget *new_label(GtkWidget *box, const char *text, const char *class)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_widget_add_css_class(label, class);
	gtk_box_append(GTK_BOX(box), label);
	return label;
}

GtkWidget *jhw_cell_graph_new(JhwSession *session, const char *name)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
	GtkWidget *words = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	JhwSpark *spark = g_object_new(JHW_TYPE_SPARK, NULL);

	spark->session = g_object_ref(session);
	spark->live = g_object_ref(jhw_live_of(jhw_session_target(session)));
	spark->name = g_strdup(name);
	spark->shown = -1;
	spark->value = new_label(words, NULL, "strong");
	gtk_widget_add_css_class(spark->value, "numeric");
	new_label(words, _("exits per second"), "dim");
	gtk_widget_set_valign(GTK_WIDGET(spark), GTK_ALIGN_CENTER);
	gtk_widget_set_hexpand(GTK_WIDGET(spark), TRUE);
	gtk_widget_set_valign(words, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), GTK_WIDGET(spark));
	gtk_box_append(GTK_BOX(box), words);
	g_signal_connect_object(spark->live, "changed", G_CALLBACK(update), spark,
				G_CONNECT_SWAPPED);
	update(spark);
	return box;
}
