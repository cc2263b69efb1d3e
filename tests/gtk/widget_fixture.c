// SPDX-License-Identifier: GPL-2.0-or-later
#include "widget_fixture.h"

#include "cmocka_all.h"
#include "frames.h"
#include "gtk_fixture.h"
#include "pages/partition/chip.h"
#include "pages/partition/lane.h"

static void collect(GtkWidget *widget, FixtureWanted is_wanted, gconstpointer data,
		    GPtrArray *found, guint most)
{
	if (found->len < most && is_wanted(widget, data))
		g_ptr_array_add(found, widget);
	for (GtkWidget *child = gtk_widget_get_first_child(widget); child && found->len < most;
	     child = gtk_widget_get_next_sibling(child))
		collect(child, is_wanted, data, found, most);
}

GtkWidget *fixture_find(GtkWidget *widget, FixtureWanted is_wanted, gconstpointer data)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();

	collect(widget, is_wanted, data, found, 1);
	return found->len ? found->pdata[0] : NULL;
}

GPtrArray *fixture_find_all(GtkWidget *widget, FixtureWanted is_wanted, gconstpointer data)
{
	GPtrArray *found = g_ptr_array_new();

	collect(widget, is_wanted, data, found, G_MAXUINT);
	return found;
}

gboolean fixture_is_chip(GtkWidget *widget, gconstpointer ref)
{
	return JHW_IS_CHIP(widget) && jhw_ref_equal(jhw_chip_ref(JHW_CHIP(widget)), ref);
}

gboolean fixture_is_lane(GtkWidget *widget, gconstpointer key)
{
	return JHW_IS_LANE(widget) && jhw_lane_key(JHW_LANE(widget)) == *(const uint32_t *)key;
}

static GtkEventController *controller_of(GtkWidget *widget, GType type)
{
	g_autoptr(GListModel) controllers = gtk_widget_observe_controllers(widget);

	for (guint n = 0; n < g_list_model_get_n_items(controllers); n++) {
		g_autoptr(GtkEventController) controller = g_list_model_get_item(controllers, n);

		if (G_TYPE_CHECK_INSTANCE_TYPE(controller, type))
			return controller; /* the widget keeps it */
	}
	return NULL;
}

static void press_at(GtkWidget *view, double x, double y)
{
	g_autoptr(GListModel) controllers = gtk_widget_observe_controllers(view);

	for (guint n = 0; n < g_list_model_get_n_items(controllers); n++) {
		g_autoptr(GtkEventController) controller = g_list_model_get_item(controllers, n);

		if (GTK_IS_GESTURE_CLICK(controller) &&
		    gtk_event_controller_get_propagation_phase(controller) == GTK_PHASE_CAPTURE)
			g_signal_emit_by_name(controller, "pressed", 1, x, y);
	}
}

void fixture_press(GtkWidget *widget)
{
	double x, y;

	for (GtkWidget *view = gtk_widget_get_parent(widget); view;
	     view = gtk_widget_get_parent(view)) {
		gtk_widget_translate_coordinates(widget, view, gtk_widget_get_width(widget) / 2.0,
						 gtk_widget_get_height(widget) / 2.0, &x, &y);
		press_at(view, x, y);
	}
}

gboolean fixture_drop(GtkWidget *chip, GtkWidget *lane)
{
	GtkEventController *source, *target = controller_of(lane, GTK_TYPE_DROP_TARGET);
	g_autoptr(GdkContentProvider) content = NULL;
	g_auto(GValue) value = G_VALUE_INIT;
	gboolean dropped = FALSE;

	fixture_press(chip);
	source = controller_of(chip, GTK_TYPE_DRAG_SOURCE);
	assert_non_null(source);
	assert_non_null(target);
	g_signal_emit_by_name(source, "prepare", 1.0, 1.0, &content);
	if (!content)
		return FALSE;
	g_value_init(&value, JHW_TYPE_REF_LIST);
	assert_true(gdk_content_provider_get_value(content, &value, NULL));
	g_signal_emit_by_name(target, "drop", &value, 1.0, 1.0, &dropped);
	return dropped;
}

void fixture_show(GtkWidget *window)
{
	gtk_window_present(GTK_WINDOW(window));
	frames_wait(window, FRAMES_SETTLED);
}

void fixture_close(GtkWidget *window, JhwSession *session, JhwDocument *document)
{
	gtk_window_destroy(GTK_WINDOW(window));
	fixture_settle(session);
	g_object_unref(session);
	g_object_unref(document);
}

gboolean fixture_is_label(GtkWidget *widget, gconstpointer text)
{
	return GTK_IS_LABEL(widget) && g_str_equal(gtk_label_get_text(GTK_LABEL(widget)), text);
}
