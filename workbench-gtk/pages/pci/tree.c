// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/pci/tree.h"

#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"
#include "widgets/accessible.h"
#include "widgets/move_menu.h"
#include "widgets/ref_row.h"
#include "widgets/tooltip.h"

struct tree {
	JhwSession *session;
	GtkWidget *scroller;
	GListStore *nodes;
};

static JhwRef ref_of(gpointer item)
{
	g_autoptr(JhwPciNode) node = gtk_tree_list_row_get_item(item);

	return node->ref;
}

static GListModel *children_of(gpointer item, G_GNUC_UNUSED gpointer data)
{
	JhwPciNode *node = item;

	return node->children ? g_object_ref(G_LIST_MODEL(node->children)) : NULL;
}

/* --- cells of the table ------------------------------------------------------- */

typedef const char *(*TextOf)(const JhwPciNode *node);

static const char *what_of(const JhwPciNode *node)
{
	return node->what;
}

static const char *group_of(const JhwPciNode *node)
{
	return node->group;
}

static const char *messages_of(const JhwPciNode *node)
{
	return node->messages;
}

static const char *conflict_of(const JhwPciNode *node)
{
	return node->conflict;
}

static const struct {
	const char *title;
	TextOf text;
	gboolean expand;
	const char *class;
} columns[] = {
	{ N_("Function"), NULL, FALSE, NULL },
	{ N_("What it is"), what_of, TRUE, NULL },
	{ N_("Owner"), NULL, FALSE, NULL },
	{ N_("Group"), group_of, FALSE, "numeric" },
	{ N_("Interrupts"), messages_of, FALSE, "numeric" },
	{ N_("Conflict"), conflict_of, TRUE, "conflict" },
};

enum {
	COLUMN_FUNCTION = 0,
	COLUMN_OWNER = 2,
};

static guint column_of(GtkSignalListItemFactory *factory)
{
	return GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(factory), "column"));
}

static GtkWidget *new_label(const char *class)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	if (class)
		gtk_widget_add_css_class(label, class);
	return label;
}

static GtkWidget *new_owner(void)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *swatch = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

	gtk_widget_add_css_class(swatch, "swatch");
	gtk_widget_set_valign(swatch, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), swatch);
	gtk_box_append(GTK_BOX(box), new_label(NULL));
	return box;
}

static void set_up(GtkSignalListItemFactory *factory, GtkListItem *item, struct tree *tree)
{
	guint column = column_of(factory);
	GtkWidget *widget;

	if (column == COLUMN_FUNCTION) {
		widget = gtk_tree_expander_new();
		gtk_tree_expander_set_child(GTK_TREE_EXPANDER(widget), new_label("function"));
	} else if (column == COLUMN_OWNER) {
		widget = new_owner();
	} else {
		widget = new_label(columns[column].class);
	}
	jhw_ref_row_add(widget, item, ref_of, tree->scroller, tree->session);
	gtk_list_item_set_child(item, widget);
}

/* The cell's colour and name; of a link, that it is shared. */
static void show_owner(struct tree *tree, GtkWidget *box, const JhwPciNode *node)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(tree->session);
	GtkWidget *swatch = gtk_widget_get_first_child(box);
	GtkWidget *label = gtk_widget_get_next_sibling(swatch);
	g_autofree char *name = NULL;
	const char *classes[] = { "swatch", NULL, NULL };

	if (node->kind == JHW_PCI_LINK) {
		name = g_strdup(_("shared"));
		classes[1] = "owner-shared";
	} else if (node->owner) {
		name = jhw_cell_title(workspace, node->owner);
		classes[1] = jhw_owner_class(workspace, node->owner);
	}
	gtk_widget_set_css_classes(swatch, classes);
	gtk_widget_set_visible(swatch, name != NULL);
	gtk_label_set_text(GTK_LABEL(label), name ? name : "");
}

/* As it is read: "00:02.0, Ethernet controller". */
static void say(GtkListItem *item, const JhwPciNode *node)
{
	g_autofree char *text = g_strjoin(*node->what ? ", " : "", node->title, node->what, NULL);

	jhw_accessible_row(item, text);
}

static void bind(GtkSignalListItemFactory *factory, GtkListItem *item, struct tree *tree)
{
	guint column = column_of(factory);
	GtkTreeListRow *row = gtk_list_item_get_item(item);
	g_autoptr(JhwPciNode) node = gtk_tree_list_row_get_item(row);
	GtkWidget *widget = gtk_list_item_get_child(item);

	if (column == COLUMN_FUNCTION) {
		gtk_tree_expander_set_list_row(GTK_TREE_EXPANDER(widget), row);
		widget = gtk_tree_expander_get_child(GTK_TREE_EXPANDER(widget));
		gtk_label_set_text(GTK_LABEL(widget), node->title);
		say(item, node);
	} else if (column == COLUMN_OWNER) {
		show_owner(tree, widget, node);
	} else {
		const char *text = columns[column].text(node);

		gtk_label_set_text(GTK_LABEL(widget), text);
		jhw_tooltip_set(widget, *text ? text : NULL);
	}
}

static void unbind(GtkSignalListItemFactory *factory, GtkListItem *item)
{
	GtkWidget *widget = gtk_list_item_get_child(item);

	if (column_of(factory) == COLUMN_FUNCTION)
		gtk_tree_expander_set_list_row(GTK_TREE_EXPANDER(widget), NULL);
}

static void add_column(struct tree *tree, GtkWidget *view, guint index)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	g_autoptr(GtkColumnViewColumn) column = NULL;

	g_object_set_data(G_OBJECT(factory), "column", GUINT_TO_POINTER(index));
	g_signal_connect(factory, "setup", G_CALLBACK(set_up), tree);
	g_signal_connect(factory, "bind", G_CALLBACK(bind), tree);
	g_signal_connect(factory, "unbind", G_CALLBACK(unbind), NULL);
	column = gtk_column_view_column_new(jhw_said(columns[index].title), factory);
	gtk_column_view_column_set_resizable(column, TRUE);
	gtk_column_view_column_set_expand(column, columns[index].expand);
	gtk_column_view_append_column(GTK_COLUMN_VIEW(view), column);
}

/* --- all of it ---------------------------------------------------------------- */

static void free_tree(gpointer data)
{
	struct tree *tree = data;

	g_object_unref(tree->nodes);
	g_object_unref(tree->session);
	g_free(tree);
}

GtkWidget *jhw_pci_tree_view_new(JhwSession *session)
{
	struct tree *tree = g_new0(struct tree, 1);
	GtkTreeListModel *rows;
	GtkWidget *view;

	tree->session = g_object_ref(session);
	tree->scroller = gtk_scrolled_window_new();
	tree->nodes = g_list_store_new(JHW_TYPE_PCI_NODE);
	rows = gtk_tree_list_model_new(g_object_ref(G_LIST_MODEL(tree->nodes)), FALSE, TRUE,
				       children_of, NULL, NULL);
	view = gtk_column_view_new(jhw_ref_selection_new(session, G_LIST_MODEL(rows), ref_of));
	for (guint n = 0; n < G_N_ELEMENTS(columns); n++)
		add_column(tree, view, n);
	jhw_accessible_name(view, _("PCI functions"));
	jhw_move_menu_install(tree->scroller, session);
	gtk_widget_add_css_class(tree->scroller, "framed");
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(tree->scroller), view);
	gtk_widget_set_vexpand(tree->scroller, TRUE);
	g_object_set_data_full(G_OBJECT(tree->scroller), "jhw-tree", tree, free_tree);
	return tree->scroller;
}

void jhw_pci_tree_view_set(GtkWidget *view, GListModel *nodes)
{
	struct tree *tree = g_object_get_data(G_OBJECT(view), "jhw-tree");
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_object_unref);

	for (guint n = 0; n < g_list_model_get_n_items(nodes); n++)
		g_ptr_array_add(items, g_list_model_get_item(nodes, n));
	g_list_store_splice(tree->nodes, 0, g_list_model_get_n_items(G_LIST_MODEL(tree->nodes)),
			    items->pdata, items->len);
}
