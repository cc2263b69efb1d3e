// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/wrap_layout.h"

#include "widgets/wrap_place.h"

struct _JhwWrapLayout {
	GtkLayoutManager parent_instance;
	int column_gap, row_gap;
};

G_DEFINE_FINAL_TYPE(JhwWrapLayout, jhw_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Wanted sizes of all children that take part; heights for what they get of
 * @width, -1: any. */
static GArray *measure_children(GtkWidget *parent, int width)
{
	GArray *items = g_array_new(FALSE, TRUE, sizeof(struct wrap_item));
	GtkWidget *child;

	for (child = gtk_widget_get_first_child(parent); child;
	     child = gtk_widget_get_next_sibling(child)) {
		struct wrap_item item = { 0 };

		if (!gtk_widget_should_layout(child))
			continue;
		gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &item.width, NULL,
				   NULL);
		gtk_widget_measure(child, GTK_ORIENTATION_VERTICAL,
				   width < 0 ? -1 : MIN(width, item.width), NULL, &item.height,
				   NULL, NULL);
		g_array_append_val(items, item);
	}
	return items;
}

static struct wrap_item *items_of(GArray *items)
{
	return (struct wrap_item *)(gpointer)items->data;
}

static int widest_minimum(GtkWidget *parent)
{
	GtkWidget *child;
	int widest = 0, width;

	for (child = gtk_widget_get_first_child(parent); child;
	     child = gtk_widget_get_next_sibling(child)) {
		if (!gtk_widget_should_layout(child))
			continue;
		gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
		widest = MAX(widest, width);
	}
	return widest;
}

static void jhw_wrap_layout_measure(GtkLayoutManager *manager, GtkWidget *widget,
				    GtkOrientation orientation, int for_size, int *minimum,
				    int *natural, int *minimum_baseline, int *natural_baseline)
{
	JhwWrapLayout *layout = JHW_WRAP_LAYOUT(manager);
	gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;
	g_autoptr(GArray) items = measure_children(widget, horizontal ? -1 : for_size);

	if (horizontal) {
		*minimum = widest_minimum(widget);
		*natural = MAX(*minimum,
			       wrap_natural_width(items_of(items), items->len, layout->column_gap));
	} else {
		*minimum = wrap_place(items_of(items), items->len,
				      for_size < 0 ? G_MAXINT / 2 : for_size, layout->column_gap,
				      layout->row_gap);
		*natural = *minimum;
	}
	*minimum_baseline = -1;
	*natural_baseline = -1;
}

static void jhw_wrap_layout_allocate(GtkLayoutManager *manager, GtkWidget *widget, int width,
				     G_GNUC_UNUSED int height, G_GNUC_UNUSED int baseline)
{
	JhwWrapLayout *layout = JHW_WRAP_LAYOUT(manager);
	g_autoptr(GArray) items = measure_children(widget, width);
	GtkWidget *child;
	guint n = 0;

	wrap_place(items_of(items), items->len, width, layout->column_gap, layout->row_gap);
	for (child = gtk_widget_get_first_child(widget); child;
	     child = gtk_widget_get_next_sibling(child)) {
		const struct wrap_item *item;

		if (!gtk_widget_should_layout(child))
			continue;
		item = &items_of(items)[n++];
		gtk_widget_size_allocate(
			child, &(GtkAllocation){ item->x, item->y, item->given, item->height }, -1);
	}
}

static GtkSizeRequestMode jhw_wrap_layout_get_request_mode(G_GNUC_UNUSED GtkLayoutManager *manager,
							   G_GNUC_UNUSED GtkWidget *widget)
{
	return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void jhw_wrap_layout_class_init(JhwWrapLayoutClass *class)
{
	GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS(class);

	layout_class->measure = jhw_wrap_layout_measure;
	layout_class->allocate = jhw_wrap_layout_allocate;
	layout_class->get_request_mode = jhw_wrap_layout_get_request_mode;
}

static void jhw_wrap_layout_init(G_GNUC_UNUSED JhwWrapLayout *layout)
{
}

GtkLayoutManager *jhw_wrap_layout_new(int column_gap, int row_gap)
{
	JhwWrapLayout *layout = g_object_new(JHW_TYPE_WRAP_LAYOUT, NULL);

	layout->column_gap = column_gap;
	layout->row_gap = row_gap;
	return GTK_LAYOUT_MANAGER(layout);
}
