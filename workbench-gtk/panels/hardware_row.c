// SPDX-License-Identifier: GPL-2.0-or-later
#include "panels/hardware_row.h"

#include "model/hardware.h"
#include "model/owner.h"
#include "widgets/accessible.h"
#include "widgets/ref_row.h"

/* What the factory knows of the list. */
struct maker {
	JhwSession *session;
	JhwRefOf ref_of;
	GtkWidget *view;
};

/* The widgets of a row, found again by the item that they show. */
struct row {
	JhwSession *session; /* the factory's */
	GtkListItem *item;
	GtkWidget *expander;
	GtkWidget *dot;
	GtkWidget *title;
	GtkWidget *detail;
	const char *owner_class;
};

static JhwNode *node_of(GtkListItem *item)
{
	GtkTreeListRow *tree_row = gtk_list_item_get_item(item);

	return tree_row ? JHW_NODE(gtk_tree_list_row_get_item(tree_row)) : NULL;
}

static void show_owner(struct row *row)
{
	g_autoptr(JhwNode) node = node_of(row->item);
	const struct jhcfg_workspace *workspace = jhw_session_workspace(row->session);
	const char *class = NULL;
	uint32_t owner = 0;

	if (node && jhw_node_ref(node)->kind)
		owner = jhw_owner_of(workspace, jhw_node_ref(node));
	if (owner)
		class = jhw_owner_class(workspace, owner);
	else if (node && jhw_node_ref(node)->kind == JHW_REF_LINK)
		class = "owner-shared";
	gtk_widget_set_visible(row->dot, class != NULL);
	if (class == row->owner_class)
		return;
	if (row->owner_class)
		gtk_widget_remove_css_class(row->dot, row->owner_class);
	if (class)
		gtk_widget_add_css_class(row->dot, class);
	row->owner_class = class;
}

static void free_row(gpointer data)
{
	struct row *row = data;

	g_signal_handlers_disconnect_by_data(jhw_session_document(row->session), row);
	g_object_unref(row->session);
	g_free(row);
}

static void setup(G_GNUC_UNUSED GtkListItemFactory *factory, GtkListItem *item, struct maker *maker)
{
	struct row *row = g_new0(struct row, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	row->session = g_object_ref(maker->session);
	row->item = item;
	row->expander = gtk_tree_expander_new();
	row->dot = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_add_css_class(row->dot, "swatch");
	gtk_widget_set_valign(row->dot, GTK_ALIGN_CENTER);
	row->title = gtk_label_new(NULL);
	gtk_label_set_ellipsize(GTK_LABEL(row->title), PANGO_ELLIPSIZE_END);
	gtk_label_set_xalign(GTK_LABEL(row->title), 0);
	gtk_widget_set_hexpand(row->title, TRUE);
	row->detail = gtk_label_new(NULL);
	gtk_widget_add_css_class(row->detail, "dim");
	gtk_box_append(GTK_BOX(box), row->dot);
	gtk_box_append(GTK_BOX(box), row->title);
	gtk_box_append(GTK_BOX(box), row->detail);
	gtk_tree_expander_set_child(GTK_TREE_EXPANDER(row->expander), box);
	jhw_ref_row_add(row->expander, item, maker->ref_of, maker->view, maker->session);
	gtk_list_item_set_child(item, row->expander);
	g_object_set_data_full(G_OBJECT(item), "jhw-row", row, free_row);
	g_signal_connect_swapped(jhw_session_document(maker->session), "changed",
				 G_CALLBACK(show_owner), row);
}

/* As it is read: "serial0, 0xff000000". */
static void say(GtkListItem *item, JhwNode *node)
{
	const char *detail = jhw_node_detail(node);
	g_autofree char *text = g_strjoin(detail && *detail ? ", " : "", jhw_node_title(node),
					  detail ? detail : "", NULL);

	jhw_accessible_row(item, text);
}

static void bind(G_GNUC_UNUSED GtkListItemFactory *factory, GtkListItem *item)
{
	struct row *row = g_object_get_data(G_OBJECT(item), "jhw-row");
	g_autoptr(JhwNode) node = node_of(item);

	gtk_tree_expander_set_list_row(GTK_TREE_EXPANDER(row->expander),
				       gtk_list_item_get_item(item));
	gtk_label_set_text(GTK_LABEL(row->title), jhw_node_title(node));
	gtk_label_set_text(GTK_LABEL(row->detail), jhw_node_detail(node));
	if (jhw_node_ref(node)->kind == JHW_REF_DEVICE)
		gtk_widget_add_css_class(row->detail, "address");
	else
		gtk_widget_remove_css_class(row->detail, "address");
	show_owner(row);
	say(item, node);
}

static void unbind(G_GNUC_UNUSED GtkListItemFactory *factory, GtkListItem *item)
{
	struct row *row = g_object_get_data(G_OBJECT(item), "jhw-row");

	gtk_tree_expander_set_list_row(GTK_TREE_EXPANDER(row->expander), NULL);
}

static void teardown(G_GNUC_UNUSED GtkListItemFactory *factory, GtkListItem *item)
{
	g_object_set_data(G_OBJECT(item), "jhw-row", NULL);
}

static void free_maker(gpointer data, G_GNUC_UNUSED GClosure *closure)
{
	struct maker *maker = data;

	g_object_unref(maker->session);
	g_free(maker);
}

GtkListItemFactory *jhw_hardware_rows_new(JhwSession *session, JhwRefOf ref_of, GtkWidget *view)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	struct maker *maker = g_new0(struct maker, 1);

	maker->session = g_object_ref(session);
	maker->ref_of = ref_of;
	maker->view = view;
	g_signal_connect_data(factory, "setup", G_CALLBACK(setup), maker, free_maker, 0);
	g_signal_connect(factory, "bind", G_CALLBACK(bind), NULL);
	g_signal_connect(factory, "unbind", G_CALLBACK(unbind), NULL);
	g_signal_connect(factory, "teardown", G_CALLBACK(teardown), NULL);
	return factory;
}
