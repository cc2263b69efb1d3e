// SPDX-License-Identifier: GPL-2.0-or-later
#include "panels/hardware.h"

#include "model/hardware.h"
#include "model/shown.h"
#include "model/text.h"
#include "panels/hardware_row.h"
#include "widgets/accessible.h"
#include "widgets/move_menu.h"

#define MIN_HEIGHT 220 /* pixels of it that are always seen */

struct panel {
	int shown; /* as jhw_shown_how() said when its texts were made */
	JhwSession *session;
	GtkWidget *search;
	GtkWidget *view;
	GListModel *groups;
	GtkFilter *filter;
	GtkTreeListModel *tree;
	char *text; /* what is searched for, in lower case */
};

/* --- model ------------------------------------------------------------------- */

static gboolean is_wanted(gpointer item, gpointer data)
{
	const struct panel *panel = data;

	return !*panel->text || jhw_node_matches(JHW_NODE(item), panel->text);
}

static GListModel *children_of(gpointer item, gpointer data)
{
	const struct panel *panel = data;
	GListModel *children = jhw_node_children(JHW_NODE(item));

	if (!children)
		return NULL;
	return G_LIST_MODEL(
		gtk_filter_list_model_new(g_object_ref(children), g_object_ref(panel->filter)));
}

/* While somebody searches, all that was found is seen. */
static void expand(struct panel *panel)
{
	gboolean all = *panel->text != '\0';

	for (guint n = 0; n < g_list_model_get_n_items(G_LIST_MODEL(panel->tree)); n++) {
		g_autoptr(GtkTreeListRow) row = g_list_model_get_item(G_LIST_MODEL(panel->tree), n);
		g_autoptr(JhwNode) node = gtk_tree_list_row_get_item(row);

		if (gtk_tree_list_row_get_depth(row) == 0)
			gtk_tree_list_row_set_expanded(
				row, all || g_str_equal(jhw_node_title(node), "UARTs"));
	}
}

static void search_changed(GtkSearchEntry *entry, struct panel *panel)
{
	g_free(panel->text);
	panel->text = g_utf8_strdown(gtk_editable_get_text(GTK_EDITABLE(entry)), -1);
	gtk_filter_changed(panel->filter, GTK_FILTER_CHANGE_DIFFERENT);
	expand(panel);
}

/* --- selection --------------------------------------------------------------- */

static JhwRef ref_of(gpointer item)
{
	g_autoptr(JhwNode) node = gtk_tree_list_row_get_item(item);

	return *jhw_node_ref(node);
}

static void document_changed(struct panel *panel)
{
	if (panel->shown == jhw_shown_how()) {
		jhw_hardware_update(panel->groups, jhw_session_workspace(panel->session));
		return;
	}
	panel->shown = jhw_shown_how();
	jhw_hardware_renew(panel->groups, jhw_session_workspace(panel->session));
}

/* What has something below it is opened or closed; else the page that has it is
 * shown. */
static void activated(GtkListView *view, guint position, struct panel *panel)
{
	g_autoptr(GtkTreeListRow) row =
		g_list_model_get_item(G_LIST_MODEL(gtk_list_view_get_model(view)), position);
	JhwRef ref = ref_of(row);

	if (gtk_tree_list_row_is_expandable(row))
		gtk_tree_list_row_set_expanded(row, !gtk_tree_list_row_get_expanded(row));
	else if (ref.kind)
		jhw_session_go_to(panel->session, &ref);
}

/* --- making ------------------------------------------------------------------ */

static void free_panel(gpointer data)
{
	struct panel *panel = data;

	g_signal_handlers_disconnect_by_data(jhw_session_document(panel->session), panel);
	g_object_unref(panel->groups);
	g_object_unref(panel->tree);
	g_object_unref(panel->filter);
	g_object_unref(panel->session);
	g_free(panel->text);
	g_free(panel);
}

static void make_model(struct panel *panel)
{
	GtkFilterListModel *filtered;

	panel->groups = jhw_hardware_tree(jhw_session_workspace(panel->session));

	panel->filter = GTK_FILTER(gtk_custom_filter_new(is_wanted, panel, NULL));
	filtered =
		gtk_filter_list_model_new(g_object_ref(panel->groups), g_object_ref(panel->filter));
	panel->tree = gtk_tree_list_model_new(G_LIST_MODEL(filtered), FALSE, FALSE, children_of,
					      panel, NULL);
}

static GtkWidget *new_view(struct panel *panel)
{
	GtkWidget *scroller = gtk_scrolled_window_new();
	GtkSelectionModel *selection = jhw_ref_selection_new(
		panel->session, g_object_ref(G_LIST_MODEL(panel->tree)), ref_of);

	panel->view = gtk_list_view_new(selection,
					jhw_hardware_rows_new(panel->session, ref_of, scroller));
	jhw_move_menu_install(scroller, panel->session);
	gtk_widget_add_css_class(panel->view, "navigation");
	gtk_accessible_update_property(GTK_ACCESSIBLE(panel->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Hardware"), -1);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	/* beside any number of cells */
	gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(scroller), MIN_HEIGHT);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), panel->view);
	gtk_widget_set_vexpand(scroller, TRUE);
	return scroller;
}

GtkWidget *jhw_hardware_panel_new(JhwSession *session)
{
	struct panel *panel = g_new0(struct panel, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	GtkWidget *heading = gtk_label_new(_("HARDWARE"));
	g_autofree char *hint = g_strdup_printf(_("Search %u devices"),
						jhw_hardware_count(jhw_session_workspace(session)));

	panel->session = g_object_ref(session);
	panel->shown = jhw_shown_how();
	panel->text = g_strdup("");
	make_model(panel);
	gtk_label_set_xalign(GTK_LABEL(heading), 0);
	gtk_widget_add_css_class(heading, "heading");
	panel->search = gtk_search_entry_new();
	g_object_set(panel->search, "placeholder-text", hint, NULL);
	jhw_accessible_name(panel->search, hint);
	gtk_box_append(GTK_BOX(box), heading);
	gtk_box_append(GTK_BOX(box), panel->search);
	gtk_box_append(GTK_BOX(box), new_view(panel));
	g_signal_connect(panel->search, "search-changed", G_CALLBACK(search_changed), panel);
	g_signal_connect(panel->view, "activate", G_CALLBACK(activated), panel);
	g_signal_connect_swapped(jhw_session_document(session), "changed",
				 G_CALLBACK(document_changed), panel);
	g_object_set_data_full(G_OBJECT(box), "jhw-panel", panel, free_panel);
	expand(panel);
	return box;
}
