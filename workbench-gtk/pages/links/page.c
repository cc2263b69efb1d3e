// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/links/page.h"

#include <inttypes.h>

#include "model/irq.h"
#include "model/link.h"
#include "model/names.h"
#include "model/number.h"
#include "model/shown.h"
#include "model/text.h"
#include "pages/links/edit.h"
#include "pages/links/form.h"
#include "pages/links/view.h"
#include "widgets/accessible.h"
#include "widgets/popover.h"
#include "widgets/text_list.h"

struct _JhwLinksPage {
	GtkWidget parent_instance;
	JhwSession *session;
	GtkWidget *box;
	GtkWidget *view, *button;
	int menu_x, menu_y; /* where the menu was opened last */
};

G_DEFINE_FINAL_TYPE(JhwLinksPage, jhw_links_page, GTK_TYPE_WIDGET)

static void jhw_links_page_dispose(GObject *object)
{
	JhwLinksPage *page = JHW_LINKS_PAGE(object);

	g_clear_pointer(&page->box, gtk_widget_unparent);
	g_clear_object(&page->session);
	G_OBJECT_CLASS(jhw_links_page_parent_class)->dispose(object);
}

/* --- actions ------------------------------------------------------------------ */

static uint32_t selected_link(JhwLinksPage *page)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(page->session));

	return ref.kind == JHW_REF_LINK ? (uint32_t)ref.id : 0;
}

static void remove_link(GtkWidget *widget, G_GNUC_UNUSED const char *action,
			G_GNUC_UNUSED GVariant *parameter)
{
	JhwLinksPage *page = JHW_LINKS_PAGE(widget);
	GError *error = NULL;

	if (!jhw_links_remove(jhw_session_document(page->session), selected_link(page), &error))
		jhw_session_complain(page->session, error);
}

static void join_link(GtkWidget *widget, G_GNUC_UNUSED const char *action, GVariant *cell)
{
	JhwLinksPage *page = JHW_LINKS_PAGE(widget);
	GError *error = NULL;

	if (!jhw_links_join(jhw_session_document(page->session), selected_link(page),
			    g_variant_get_uint32(cell), &error))
		jhw_session_complain(page->session, error);
}

/* At the button, or where the menu was. */
static void new_link(GtkWidget *widget, const char *action, G_GNUC_UNUSED GVariant *parameter)
{
	JhwLinksPage *page = JHW_LINKS_PAGE(widget);
	const GdkRectangle at = { page->menu_x, page->menu_y, 1, 1 };
	gboolean here = g_str_equal(action, "links.new-here");
	JhwRef ref = jhw_selection_current(jhw_session_selection(page->session));
	uint32_t cell = ref.kind == JHW_REF_CELL && ref.cell != JHCFG_ROOT_KEY ? ref.cell : 0;

	jhw_link_form_open(here ? page->view : page->button, here ? &at : NULL, page->session,
			   JHCFG_ROOT_KEY, cell);
}

/* What makes sense now. */
static void update_actions(JhwLinksPage *page)
{
	gboolean writable = !jhw_document_read_only(jhw_session_document(page->session));
	gboolean link = selected_link(page) != 0;
	gboolean cells = jhcfg_workspace_num_cells(jhw_session_workspace(page->session)) > 1;

	gtk_widget_action_set_enabled(GTK_WIDGET(page), "links.remove", writable && link);
	gtk_widget_action_set_enabled(GTK_WIDGET(page), "links.join", writable && link);
	gtk_widget_action_set_enabled(GTK_WIDGET(page), "links.new", writable && cells);
	gtk_widget_action_set_enabled(GTK_WIDGET(page), "links.new-here", writable && cells);
}

static GMenu *join_menu(JhwLinksPage *page)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(page->session);
	GMenu *menu = g_menu_new();
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		g_autofree char *name = jhw_cell_title(workspace, key);
		g_autoptr(GMenuItem) item = g_menu_item_new(name, NULL);

		g_menu_item_set_action_and_target_value(item, "links.join",
							g_variant_new_uint32(key));
		g_menu_append_item(menu, item);
	}
	return menu;
}

static void open_menu(JhwLinksPage *page, double x, double y)
{
	g_autoptr(GMenu) menu = g_menu_new(), cells = join_menu(page);
	GtkWidget *popover;

	page->menu_x = (int)x;
	page->menu_y = (int)y;
	g_menu_append(menu, _("New Link\342\200\246"), "links.new-here");
	if (selected_link(page)) {
		g_menu_append(menu, _("Remove Link"), "links.remove");
		g_menu_append_submenu(menu, _("Add an End for"), G_MENU_MODEL(cells));
	}
	popover = gtk_popover_menu_new_from_model(G_MENU_MODEL(menu));
	gtk_popover_set_pointing_to(GTK_POPOVER(popover), &(GdkRectangle){ (int)x, (int)y, 1, 1 });
	jhw_popover_attach(popover, page->view);
	gtk_popover_popup(GTK_POPOVER(popover));
}

static void connect_cells(JhwLinksPage *page, guint from, guint to, double x, double y)
{
	if (jhw_document_read_only(jhw_session_document(page->session)))
		jhw_session_notice(page->session, _("The project is open for reading only"));
	else
		jhw_link_form_open(page->view, &(GdkRectangle){ (int)x, (int)y, 1, 1 },
				   page->session, from, to);
}

/* --- the list ----------------------------------------------------------------- */

static const JhwTextColumn columns[] = {
	{ .title = N_("Name") },
	{ .title = N_("Kind") },
	{ .title = N_("Ends"), .expand = TRUE },
	{ .title = N_("Memory"), .monospace = TRUE },
	{ .title = N_("Size"), .right = TRUE },
	{ .title = N_("Device"), .monospace = TRUE },
	{ .title = N_("Interrupts") },
};

/* Which line each end is told by. */
static char *interrupts_of(const struct jhcfg_workspace *workspace, const struct jhcfg_link *link)
{
	uint32_t line, first = jhw_irq_first(workspace);
	GString *text = g_string_new(NULL);

	if (link->num_msix_vectors)
		g_string_append_printf(text, "MSI-X, %u", link->num_msix_vectors);
	for (guint id = 0; id < link->num_peers; id++)
		if (link->peers[id] && jhw_link_line(workspace, link, link->peers[id], &line)) {
			g_autofree char *number = jhw_shown_irq(line - first);

			g_string_append_printf(text, "%s%s %s", text->len ? ", " : "",
					       first ? "SPI" : _("line"), number);
		}
	return g_string_free(text, FALSE);
}

static JhwTextRow *row_of(const struct jhcfg_workspace *workspace, const struct jhcfg_link *link)
{
	JhwRef ref = jhw_ref_of(JHW_REF_LINK, link->key);
	char **texts = g_new0(char *, G_N_ELEMENTS(columns) + 1);

	texts[0] = g_strdup(link->name);
	texts[1] = g_strdup(jhw_link_kind(link->protocol));
	texts[2] = jhw_ref_detail(workspace, &ref);
	texts[3] = jhw_shown_address(link->base);
	texts[4] = jhw_number_human(jhw_link_size(link));
	texts[5] =
		g_strdup_printf("%02x:%02x.%x", link->bdf >> 8, link->bdf >> 3 & 31, link->bdf & 7);
	texts[6] = interrupts_of(workspace, link);
	return jhw_text_row_new(&ref, texts);
}

static void add_rows(JhwSession *session, GPtrArray *rows, G_GNUC_UNUSED gpointer data)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(session);
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++)
		g_ptr_array_add(rows, row_of(workspace, link));
}

/* --- the page ----------------------------------------------------------------- */

static void jhw_links_page_class_init(JhwLinksPageClass *class)
{
	GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_links_page_dispose;
	gtk_widget_class_set_layout_manager_type(widget, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_css_name(widget, "links");
	gtk_widget_class_install_action(widget, "links.new", NULL, new_link);
	gtk_widget_class_install_action(widget, "links.new-here", NULL, new_link);
	gtk_widget_class_install_action(widget, "links.remove", NULL, remove_link);
	gtk_widget_class_install_action(widget, "links.join", "u", join_link);
}

static void jhw_links_page_init(G_GNUC_UNUSED JhwLinksPage *page)
{
}

static GtkWidget *new_tools(JhwLinksPage *page)
{
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
	GtkWidget *hint = gtk_label_new(_("Draw a line from one cell to another to link them"));

	page->button = jhw_button_new(_("_New Link\342\200\246"));
	gtk_actionable_set_action_name(GTK_ACTIONABLE(page->button), "links.new");
	gtk_box_append(GTK_BOX(bar), page->button);
	gtk_widget_add_css_class(hint, "dim");
	gtk_label_set_ellipsize(GTK_LABEL(hint), PANGO_ELLIPSIZE_END);
	gtk_box_append(GTK_BOX(bar), hint);
	return bar;
}

static GtkWidget *new_graph(JhwLinksPage *page)
{
	GtkWidget *scroller = gtk_scrolled_window_new(), *viewport = gtk_viewport_new(NULL, NULL);

	page->view = jhw_links_view_new(page->session);
	gtk_viewport_set_scroll_to_focus(GTK_VIEWPORT(viewport), FALSE);
	gtk_viewport_set_child(GTK_VIEWPORT(viewport), page->view);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), viewport);
	/* a bar that is seen says that there are more cells */
	gtk_scrolled_window_set_overlay_scrolling(GTK_SCROLLED_WINDOW(scroller), FALSE);
	gtk_widget_set_vexpand(scroller, TRUE);
	g_signal_connect_swapped(page->view, "menu", G_CALLBACK(open_menu), page);
	g_signal_connect_swapped(page->view, "connect", G_CALLBACK(connect_cells), page);
	return scroller;
}

GtkWidget *jhw_links_page_new(JhwSession *session)
{
	JhwLinksPage *page = g_object_new(JHW_TYPE_LINKS_PAGE, NULL);
	GtkWidget *list = jhw_text_list_new(session, _("Links"), columns, G_N_ELEMENTS(columns),
					    add_rows, NULL);

	page->session = g_object_ref(session);
	page->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
	gtk_widget_add_css_class(page->box, "page");
	gtk_box_append(GTK_BOX(page->box), new_tools(page));
	gtk_box_append(GTK_BOX(page->box), new_graph(page));
	gtk_widget_set_vexpand(list, FALSE);
	gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(list), 130);
	gtk_box_append(GTK_BOX(page->box), list);
	gtk_widget_set_parent(page->box, GTK_WIDGET(page));
	g_signal_connect_object(jhw_session_selection(session), "changed",
				G_CALLBACK(update_actions), page, G_CONNECT_SWAPPED);
	g_signal_connect_object(jhw_session_document(session), "changed",
				G_CALLBACK(update_actions), page, G_CONNECT_SWAPPED);
	update_actions(page);
	return GTK_WIDGET(page);
}
