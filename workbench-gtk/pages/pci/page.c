// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/pci/page.h"

#include "model/pci.h"
#include "model/text.h"
#include "pages/pci/details.h"
#include "pages/pci/tree.h"
#include "widgets/accessible.h"
#include "widgets/follow.h"

struct _JhwPciPage {
	GtkWidget parent_instance;
	JhwSession *session;
	GtkWidget *stack; /* "tree", "empty" */
	GtkWidget *order; /* by bridge, by IOMMU group */
	GtkWidget *tree;
	GtkWidget *advice;
};

G_DEFINE_FINAL_TYPE(JhwPciPage, jhw_pci_page, GTK_TYPE_WIDGET)

static void jhw_pci_page_dispose(GObject *object)
{
	JhwPciPage *page = JHW_PCI_PAGE(object);

	g_clear_pointer(&page->stack, gtk_widget_unparent);
	g_clear_object(&page->session);
	G_OBJECT_CLASS(jhw_pci_page_parent_class)->dispose(object);
}

static void jhw_pci_page_class_init(JhwPciPageClass *class)
{
	GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_pci_page_dispose;
	gtk_widget_class_set_layout_manager_type(widget, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_css_name(widget, "pci");
}

static void jhw_pci_page_init(G_GNUC_UNUSED JhwPciPage *page)
{
}

/* --- empty -------------------------------------------------------------------- */

static void go_to_links(JhwPciPage *page)
{
	g_signal_emit_by_name(page->session, "show-page", "links");
}

/* What can be done about it: that depends on whether there could be any. */
static const char *advice_for(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);

	if (board && jhcfg_board_num_pci_hosts(board))
		return _("The board has a PCI host, but what is on its bus is not in a device "
			 "tree. Make the project of the running machine, or of a recording of "
			 "it (jailhouse config collect), and its functions are here. The ends of "
			 "links between cells show here, too.");
	return _("This board has no PCI host. Links between cells are virtual PCI devices, and "
		 "show here once there are some.");
}

static GtkWidget *new_empty(JhwPciPage *page)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
	GtkWidget *title = gtk_label_new(_("No PCI devices"));
	GtkWidget *button = jhw_button_new(_("_Link Cells\342\200\246"));

	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_widget_set_halign(box, GTK_ALIGN_CENTER);
	gtk_widget_add_css_class(title, "empty-title");
	page->advice = gtk_label_new(NULL);
	gtk_label_set_wrap(GTK_LABEL(page->advice), TRUE);
	gtk_label_set_justify(GTK_LABEL(page->advice), GTK_JUSTIFY_CENTER);
	gtk_label_set_max_width_chars(GTK_LABEL(page->advice), 60);
	gtk_widget_add_css_class(page->advice, "dim");
	gtk_widget_set_halign(button, GTK_ALIGN_CENTER);
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(go_to_links), page);
	gtk_box_append(GTK_BOX(box), title);
	gtk_box_append(GTK_BOX(box), page->advice);
	gtk_box_append(GTK_BOX(box), button);
	return box;
}

/* --- the page ----------------------------------------------------------------- */

/* A host without anything on its bus is nothing to look at. */
static gboolean is_anything(GListModel *nodes)
{
	for (guint n = 0; n < g_list_model_get_n_items(nodes); n++) {
		g_autoptr(JhwPciNode) node = g_list_model_get_item(nodes, n);

		if (node->children)
			return TRUE;
	}
	return FALSE;
}

static void update(gpointer data)
{
	JhwPciPage *page = data;
	const struct jhcfg_workspace *workspace = jhw_session_workspace(page->session);
	guint order = gtk_drop_down_get_selected(GTK_DROP_DOWN(page->order));
	g_autoptr(GListModel) nodes =
		jhw_pci_tree(workspace, order ? JHW_PCI_BY_GROUP : JHW_PCI_BY_BRIDGE);

	jhw_pci_tree_view_set(page->tree, nodes);
	gtk_label_set_text(GTK_LABEL(page->advice), advice_for(workspace));
	gtk_stack_set_visible_child_name(GTK_STACK(page->stack),
					 is_anything(nodes) ? "tree" : "empty");
}

static GtkWidget *new_tools(JhwPciPage *page)
{
	const char *orders[] = { _("By bridge"), _("By IOMMU group"), NULL };
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
	GtkWidget *hint = gtk_label_new(_("Drag functions onto cells at the left"));

	page->order = gtk_drop_down_new_from_strings(orders);
	jhw_accessible_name(page->order, _("Arranged"));
	gtk_label_set_ellipsize(GTK_LABEL(hint), PANGO_ELLIPSIZE_END);
	gtk_widget_add_css_class(hint, "dim");
	gtk_box_append(GTK_BOX(bar), page->order);
	gtk_box_append(GTK_BOX(bar), hint);
	return bar;
}

GtkWidget *jhw_pci_page_new(JhwSession *session)
{
	JhwPciPage *page = g_object_new(JHW_TYPE_PCI_PAGE, NULL);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);

	page->session = g_object_ref(session);
	page->stack = gtk_stack_new();
	page->tree = jhw_pci_tree_view_new(session);
	gtk_widget_add_css_class(box, "page");
	gtk_box_append(GTK_BOX(box), new_tools(page));
	gtk_box_append(GTK_BOX(box), page->tree);
	gtk_box_append(GTK_BOX(box), jhw_pci_details_new(session));
	gtk_stack_add_named(GTK_STACK(page->stack), box, "tree");
	gtk_stack_add_named(GTK_STACK(page->stack), new_empty(page), "empty");
	gtk_widget_set_parent(page->stack, GTK_WIDGET(page));
	jhw_follow_document(GTK_WIDGET(page), session, update, page);
	g_signal_connect_swapped(page->order, "notify::selected", G_CALLBACK(update), page);
	update(page);
	return GTK_WIDGET(page);
}
