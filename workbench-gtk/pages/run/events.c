// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/events.h"

#include "model/owner.h"
#include "model/text.h"
#include "pages/run/cells.h"
#include "pages/run/event_row.h"
#include "widgets/accessible.h"

struct events {
	JhwSession *session;
	JhwLive *live;
	JhwEventList *list;
	GtkWidget *box;
	guint unseen;
};

/* The sign, the word for who does not see it, and the colour. */
static const struct {
	const char *sign, *word, *class;
} severities[] = {
	[TUI_INFO] = { "\302\267", N_("information"), "dim" },
	[TUI_WARNING] = { "!", N_("warning"), "badge-warning" },
	[TUI_ERROR] = { "\303\227", N_("error"), "badge-error" },
};

/* --- rows ----------------------------------------------------------------------- */

static GtkWidget *add_label(GtkWidget *box, const char *class)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	if (class)
		gtk_widget_add_css_class(label, class);
	gtk_box_append(GTK_BOX(box), label);
	return label;
}

static void set_up(G_GNUC_UNUSED GtkSignalListItemFactory *factory, GtkListItem *item)
{
	GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 10), *label;

	label = add_label(row, "dim");
	gtk_widget_add_css_class(label, "numeric");
	label = add_label(row, "event-sign");
	gtk_label_set_xalign(GTK_LABEL(label), 0.5F);
	gtk_widget_set_valign(label, GTK_ALIGN_CENTER);
	label = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_add_css_class(label, "swatch");
	gtk_widget_set_valign(label, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(row), label);
	label = add_label(row, NULL);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(label, TRUE);
	gtk_list_item_set_child(item, row);
}

static void set_classes(GtkWidget *widget, const char *first, const char *second)
{
	const char *classes[] = { first, second, NULL };

	gtk_widget_set_css_classes(widget, classes);
}

static void bind(G_GNUC_UNUSED GtkSignalListItemFactory *factory, GtkListItem *item,
		 struct events *events)
{
	JhwEventRow *row = gtk_list_item_get_item(item);
	const struct jhcfg_workspace *workspace = jhw_session_workspace(events->session);
	GtkWidget *at = gtk_widget_get_first_child(gtk_list_item_get_child(item));
	uint32_t key = row->cell ? jhw_run_cell_key(events->session, row->cell, row->is_root) : 0;
	g_autofree char *words = NULL;

	gtk_label_set_text(GTK_LABEL(at), row->time);
	at = gtk_widget_get_next_sibling(at);
	gtk_label_set_text(GTK_LABEL(at), severities[row->severity].sign);
	set_classes(at, "event-sign", severities[row->severity].class);
	gtk_accessible_update_property(GTK_ACCESSIBLE(at), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       jhw_said(severities[row->severity].word), -1);
	at = gtk_widget_get_next_sibling(at);
	set_classes(at, "swatch", jhw_owner_class(workspace, key));
	gtk_widget_set_opacity(at, row->cell ? 1 : 0);
	at = gtk_widget_get_next_sibling(at);
	gtk_label_set_text(GTK_LABEL(at), row->text);
	words = g_strdup_printf("%s, %s, %s", row->time, jhw_said(severities[row->severity].word),
				row->text);
	jhw_accessible_row(item, words);
}

/* --- to the cell ---------------------------------------------------------------- */

static void activated(GtkListView *view, guint position, struct events *events)
{
	g_autoptr(JhwEventRow) row =
		g_list_model_get_item(G_LIST_MODEL(gtk_list_view_get_model(view)), position);
	uint32_t key =
		row && row->cell ? jhw_run_cell_key(events->session, row->cell, row->is_root) : 0;
	JhwRef ref = jhw_ref_cell(key);

	if (key)
		jhw_session_go_to(events->session, &ref);
	else if (row && row->cell)
		jhw_session_notice(events->session, _("Cell %s is none of this project"),
				   row->cell);
}

/* --- the widget ----------------------------------------------------------------- */

static void update(struct events *events)
{
	events->unseen += jhw_event_list_update(events->list, events->live);
	if (gtk_widget_get_mapped(events->box))
		events->unseen = 0;
}

static void mapped(struct events *events)
{
	events->unseen = 0;
}

static void destroyed(struct events *events)
{
	g_signal_handlers_disconnect_by_data(events->live, events);
}

static void free_events(gpointer data)
{
	struct events *events = data;

	g_object_unref(events->list);
	g_object_unref(events->live);
	g_object_unref(events->session);
	g_free(events);
}

guint jhw_events_unseen(GtkWidget *widget)
{
	return ((struct events *)g_object_get_data(G_OBJECT(widget), "jhw-events"))->unseen;
}

GtkWidget *jhw_events_new(JhwSession *session)
{
	struct events *events = g_new0(struct events, 1);
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	GtkSelectionModel *selection;
	GtkWidget *view;

	events->session = g_object_ref(session);
	events->live = g_object_ref(jhw_live_of(jhw_session_target(session)));
	events->list = jhw_event_list_new();
	events->box = gtk_scrolled_window_new();
	g_object_set_data_full(G_OBJECT(events->box), "jhw-events", events, free_events);
	g_signal_connect(factory, "setup", G_CALLBACK(set_up), NULL);
	g_signal_connect(factory, "bind", G_CALLBACK(bind), events);
	selection = GTK_SELECTION_MODEL(
		gtk_no_selection_new(g_object_ref(jhw_event_list_rows(events->list))));
	view = gtk_list_view_new(selection, factory);
	gtk_list_view_set_single_click_activate(GTK_LIST_VIEW(view), TRUE);
	gtk_widget_add_css_class(view, "events");
	gtk_accessible_update_property(GTK_ACCESSIBLE(view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Events"), -1);
	g_signal_connect(view, "activate", G_CALLBACK(activated), events);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(events->box), view);
	gtk_widget_set_vexpand(events->box, TRUE);
	update(events);
	g_signal_connect_swapped(events->live, "changed", G_CALLBACK(update), events);
	g_signal_connect_swapped(events->box, "map", G_CALLBACK(mapped), events);
	g_signal_connect_swapped(events->box, "destroy", G_CALLBACK(destroyed), events);
	return events->box;
}
