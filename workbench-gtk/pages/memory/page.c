// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/page.h"

#include <math.h>

#include "model/number.h"
#include "model/preferences.h"
#include "model/text.h"
#include "pages/memory/drag.h"
#include "pages/memory/list.h"
#include "pages/memory/menu.h"
#include "pages/memory/view.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"

/* The slider: powers of two that the width stands for. */
#define ZOOM_OUT 40.0
#define ZOOM_IN	 12.0

struct _JhwMemoryPage {
	GtkWidget parent_instance;
	JhwSession *session;
	GtkWidget *box;
	GtkWidget *view;
	GtkWidget *slider;
	GtkWidget *span;    /* "1 GiB, edges snap to 2 MiB" */
	GtkWidget *pointed; /* what is below the pointer */
	GtkWidget *find;    /* the button */
	guint follower;	    /* of preferences */
	gboolean updating;
};

G_DEFINE_FINAL_TYPE(JhwMemoryPage, jhw_memory_page, GTK_TYPE_WIDGET)

static void jhw_memory_page_dispose(GObject *object)
{
	JhwMemoryPage *page = JHW_MEMORY_PAGE(object);

	g_clear_handle_id(&page->follower, jhw_preferences_leave);
	g_clear_pointer(&page->box, gtk_widget_unparent);
	g_clear_object(&page->session);
	G_OBJECT_CLASS(jhw_memory_page_parent_class)->dispose(object);
}

static void jhw_memory_page_class_init(JhwMemoryPageClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_memory_page_dispose;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "memory");
}

static void jhw_memory_page_init(G_GNUC_UNUSED JhwMemoryPage *page)
{
}

/* --- zoom --------------------------------------------------------------------- */

static void slid(JhwMemoryPage *page)
{
	double value = gtk_range_get_value(GTK_RANGE(page->slider));

	if (!page->updating)
		jhw_memory_view_set_span(JHW_MEMORY_VIEW(page->view),
					 (uint64_t)exp2(ZOOM_OUT + ZOOM_IN - value));
}

static void scale_changed(JhwMemoryPage *page)
{
	const JhwScale *scale = jhw_memory_view_scale(JHW_MEMORY_VIEW(page->view));
	g_autofree char *span = jhw_number_human(scale->span);
	g_autofree char *snap = jhw_number_human(jhw_memory_drag_unit(scale));
	g_autofree char *text = g_strdup_printf(_("%s \302\267 snap %s"), span, snap);

	gtk_label_set_text(GTK_LABEL(page->span), text);
	page->updating = TRUE;
	gtk_range_set_value(GTK_RANGE(page->slider),
			    ZOOM_OUT + ZOOM_IN - log2((double)scale->span));
	page->updating = FALSE;
}

static void preferences_changed(gpointer page)
{
	scale_changed(page);
}

static void zoom_by(JhwMemoryPage *page, double factor)
{
	const JhwScale *scale = jhw_memory_view_scale(JHW_MEMORY_VIEW(page->view));

	jhw_memory_view_set_span(JHW_MEMORY_VIEW(page->view),
				 (uint64_t)((double)scale->span * factor));
}

static void zoom_in(JhwMemoryPage *page)
{
	zoom_by(page, 0.5);
}

static void zoom_out(JhwMemoryPage *page)
{
	zoom_by(page, 2);
}

static void show_all(JhwMemoryPage *page)
{
	jhw_memory_view_show_all(JHW_MEMORY_VIEW(page->view));
}

static void show_selected(GtkWidget *widget)
{
	jhw_memory_view_show_selected(JHW_MEMORY_VIEW(JHW_MEMORY_PAGE(widget)->view));
}

/* Somebody leads here, to what is selected: a problem, or a fault on a console. */
static void led_here(JhwMemoryPage *page, const char *id)
{
	if (g_str_equal(id, "memory"))
		show_selected(GTK_WIDGET(page));
}

/* --- tools -------------------------------------------------------------------- */

static GtkWidget *add_button(JhwMemoryPage *page, GtkWidget *bar, const char *label,
			     const char *tooltip, void (*clicked)(JhwMemoryPage *page))
{
	GtkWidget *button = jhw_button_new(label);

	jhw_tooltip_set(button, tooltip);
	if (clicked)
		g_signal_connect_swapped(button, "clicked", G_CALLBACK(clicked), page);
	gtk_box_append(GTK_BOX(bar), button);
	return button;
}

static GtkWidget *new_tools(JhwMemoryPage *page, GtkWidget *switcher)
{
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	add_button(page, bar, "\342\210\222", _("Zoom out (\342\210\222)"), zoom_out);
	page->slider = gtk_scale_new_with_range(GTK_ORIENTATION_HORIZONTAL, ZOOM_IN, ZOOM_OUT, 1);
	gtk_widget_set_size_request(page->slider, 160, -1);
	gtk_accessible_update_property(GTK_ACCESSIBLE(page->slider), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Zoom"), -1);
	g_signal_connect_swapped(page->slider, "value-changed", G_CALLBACK(slid), page);
	gtk_box_append(GTK_BOX(bar), page->slider);
	add_button(page, bar, "+", _("Zoom in (+)"), zoom_in);
	add_button(page, bar, _("_All"), _("Show all RAM (0)"), show_all);
	gtk_widget_set_hexpand(switcher, TRUE);
	gtk_widget_set_halign(switcher, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(bar), switcher);
	page->find = add_button(page, bar, _("_Find Space\342\200\246"),
				_("Add memory to a cell where there is room"), NULL);
	gtk_actionable_set_action_name(GTK_ACTIONABLE(page->find), "memory.find");
	gtk_actionable_set_action_name(
		GTK_ACTIONABLE(add_button(page, bar, _("Fit _Image\342\200\246"),
					  _("Make the selected region large enough for a file"),
					  NULL)),
		"memory.fit");
	return bar;
}

/* --- the page ----------------------------------------------------------------- */

static void pointed(JhwMemoryPage *page, const char *text)
{
	gtk_label_set_text(GTK_LABEL(page->pointed), text);
}

static GtkWidget *new_status(JhwMemoryPage *page)
{
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 16);

	page->pointed = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(page->pointed), 0);
	gtk_label_set_ellipsize(GTK_LABEL(page->pointed), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(page->pointed, TRUE);
	page->span = gtk_label_new(NULL);
	gtk_widget_add_css_class(page->pointed, "dim");
	gtk_widget_add_css_class(page->pointed, "numeric");
	gtk_widget_add_css_class(page->span, "dim");
	gtk_box_append(GTK_BOX(bar), page->pointed);
	gtk_box_append(GTK_BOX(bar), page->span);
	return bar;
}

static GtkWidget *new_map(JhwMemoryPage *page)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	GtkWidget *scroller = gtk_scrolled_window_new();
	GtkWidget *viewport = gtk_viewport_new(NULL, NULL);

	page->view = jhw_memory_view_new(page->session);
	/* The map is larger than what is seen: a click in it moves nothing. */
	gtk_viewport_set_scroll_to_focus(GTK_VIEWPORT(viewport), FALSE);
	gtk_viewport_set_child(GTK_VIEWPORT(viewport), page->view);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), viewport);
	gtk_widget_set_vexpand(scroller, TRUE);
	gtk_box_append(GTK_BOX(box), scroller);
	gtk_box_append(GTK_BOX(box), new_status(page));
	g_signal_connect_swapped(page->view, "scale-changed", G_CALLBACK(scale_changed), page);
	g_signal_connect_swapped(page->view, "pointed", G_CALLBACK(pointed), page);
	g_signal_connect(page->view, "menu", G_CALLBACK(jhw_memory_menu_show), NULL);
	return box;
}

GtkWidget *jhw_memory_page_new(JhwSession *session)
{
	JhwMemoryPage *page = g_object_new(JHW_TYPE_MEMORY_PAGE, NULL);
	GtkWidget *stack = gtk_stack_new(), *switcher = gtk_stack_switcher_new();

	page->session = g_object_ref(session);
	page->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
	gtk_widget_add_css_class(page->box, "page");
	jhw_accessible_name(switcher, _("Memory"));
	gtk_box_append(GTK_BOX(page->box), new_tools(page, switcher));
	gtk_stack_add_titled(GTK_STACK(stack), new_map(page), "map", _("Map"));
	gtk_stack_add_titled(GTK_STACK(stack), jhw_memory_list_new(session), "list", _("List"));
	gtk_stack_switcher_set_stack(GTK_STACK_SWITCHER(switcher), GTK_STACK(stack));
	gtk_box_append(GTK_BOX(page->box), stack);
	jhw_memory_menu_install(GTK_WIDGET(page), session, show_selected);
	jhw_memory_menu_set_button(GTK_WIDGET(page), page->find);
	page->follower = jhw_preferences_follow(preferences_changed, page);
	gtk_widget_set_parent(page->box, GTK_WIDGET(page));
	g_signal_connect_object(session, "show-page", G_CALLBACK(led_here), page,
				G_CONNECT_SWAPPED);
	scale_changed(page);
	return GTK_WIDGET(page);
}
