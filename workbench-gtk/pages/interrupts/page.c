// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/interrupts/page.h"

#include "model/irq.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/shown.h"
#include "model/text.h"
#include "pages/interrupts/matrix.h"
#include "widgets/accessible.h"
#include "widgets/popover.h"
#include "widgets/follow.h"
#include "widgets/text_list.h"

struct _JhwInterruptsPage {
	GtkWidget parent_instance;
	JhwSession *session;
	JhwLines *lines;
	char *filter; /* in lower case; NULL: none */
	GtkWidget *box;
	GtkWidget *title;
	GtkWidget *matrix;
	GtkWidget *pointed;
	GtkWidget *list;
};

G_DEFINE_FINAL_TYPE(JhwInterruptsPage, jhw_interrupts_page, GTK_TYPE_WIDGET)

static void jhw_interrupts_page_dispose(GObject *object)
{
	JhwInterruptsPage *page = JHW_INTERRUPTS_PAGE(object);

	g_clear_pointer(&page->box, gtk_widget_unparent);
	g_clear_object(&page->session);
	G_OBJECT_CLASS(jhw_interrupts_page_parent_class)->dispose(object);
}

static void jhw_interrupts_page_finalize(GObject *object)
{
	JhwInterruptsPage *page = JHW_INTERRUPTS_PAGE(object);

	g_clear_pointer(&page->lines, jhw_lines_free);
	g_free(page->filter);
	G_OBJECT_CLASS(jhw_interrupts_page_parent_class)->finalize(object);
}

/* --- giving ------------------------------------------------------------------- */

static void give(GtkWidget *widget, G_GNUC_UNUSED const char *action, GVariant *cell)
{
	JhwInterruptsPage *page = JHW_INTERRUPTS_PAGE(widget);
	g_autoptr(JhwRefList) refs = jhw_selection_list(jhw_session_selection(page->session));
	GError *error = NULL;

	if (!jhw_lines_give(jhw_session_document(page->session), refs, g_variant_get_uint32(cell),
			    &error))
		jhw_session_complain(page->session, error);
}

static GMenu *cells_menu(JhwInterruptsPage *page)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(page->session);
	GMenu *menu = g_menu_new();
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		g_autofree char *name = jhw_cell_title(workspace, key);
		g_autoptr(GMenuItem) item = g_menu_item_new(name, NULL);

		g_menu_item_set_action_and_target_value(item, "interrupts.give",
							g_variant_new_uint32(key));
		g_menu_append_item(menu, item);
	}
	return menu;
}

static char *menu_title(JhwInterruptsPage *page, const JhwRefList *refs)
{
	if (jhw_document_read_only(jhw_session_document(page->session)))
		return g_strdup(_("The project is open for reading only"));
	if (refs->count == 1)
		return g_strdup_printf(_("Give interrupt %u to"), (guint)refs->refs[0].id);
	return g_strdup_printf(_("Give %u interrupts to"), refs->count);
}

static void open_menu(JhwInterruptsPage *page, double x, double y)
{
	g_autoptr(JhwRefList) refs = jhw_selection_list(jhw_session_selection(page->session));
	g_autofree char *title = menu_title(page, refs);
	g_autoptr(GMenu) menu = g_menu_new(), cells = cells_menu(page);
	GtkWidget *popover;

	gtk_widget_action_set_enabled(GTK_WIDGET(page), "interrupts.give",
				      !jhw_document_read_only(jhw_session_document(page->session)));
	g_menu_append_section(menu, title, G_MENU_MODEL(cells));
	popover = gtk_popover_menu_new_from_model(G_MENU_MODEL(menu));
	gtk_popover_set_pointing_to(GTK_POPOVER(popover), &(GdkRectangle){ (int)x, (int)y, 1, 1 });
	jhw_popover_attach(popover, page->matrix);
	gtk_popover_popup(GTK_POPOVER(popover));
}

/* --- the list ----------------------------------------------------------------- */

static const JhwTextColumn columns[] = {
	{ .title = N_("Line") },
	{ .title = N_("Number"), .right = TRUE },
	{ .title = N_("Device"), .expand = TRUE },
	{ .title = N_("Trigger") },
	{ .title = N_("Owner"), .swatch = TRUE },
	{ .title = N_("Note") },
};

/* The colour that its square has. */
static const char *owner_class(const struct jhcfg_workspace *workspace, const JhwLine *line)
{
	if (line->state == JHW_LINE_LINK)
		return "owner-shared";
	return line->owner ? jhw_owner_class(workspace, line->owner) : NULL;
}

static JhwTextRow *row_of(const struct jhcfg_workspace *workspace, const JhwLine *line)
{
	JhwTextRow *row;
	JhwRef ref = { .kind = JHW_REF_IRQ, .id = line->number };
	char **texts = g_new0(char *, G_N_ELEMENTS(columns) + 1);

	texts[0] = g_strdup(line->name);
	texts[1] = jhw_shown_irq(line->number);
	texts[2] = g_strdup(*line->devices ? line->devices : "\342\200\224");
	texts[3] = g_strdup(jhw_irq_trigger_name(line->trigger));
	texts[4] = g_strdup(line->owners);
	texts[5] = g_strdup(jhw_line_state_name(line->state));
	row = jhw_text_row_new(&ref, texts);
	jhw_text_row_set_owner(row, owner_class(workspace, line));
	return row;
}

/* Lines that nothing can be said about are left out. */
static void add_rows(JhwSession *session, GPtrArray *rows, gpointer data)
{
	JhwInterruptsPage *page = data;

	for (guint n = 0; n < page->lines->lines->len; n++) {
		const JhwLine *line = page->lines->lines->pdata[n];

		if (page->filter ? jhw_line_matches(page->lines, line, page->filter)
				 : line->state != JHW_LINE_UNUSED)
			g_ptr_array_add(rows, row_of(jhw_session_workspace(session), line));
	}
}

/* --- the page ----------------------------------------------------------------- */

static void filter_changed(JhwInterruptsPage *page, GtkEditable *entry)
{
	g_autofree char *text = g_ascii_strdown(gtk_editable_get_text(entry), -1);

	g_strstrip(text);
	g_free(page->filter);
	page->filter = *text ? g_steal_pointer(&text) : NULL;
	jhw_matrix_set_filter(JHW_MATRIX(page->matrix), page->filter);
	jhw_text_list_update(page->list);
}

static void pointed(JhwInterruptsPage *page, guint index)
{
	g_autofree char *text = NULL, *number = NULL;
	const JhwLine *line;

	if (index >= page->lines->lines->len) {
		gtk_label_set_text(GTK_LABEL(page->pointed), "");
		return;
	}
	line = page->lines->lines->pdata[index];
	number = jhw_shown_irq(line->number);
	text = g_strdup_printf("%s (%s) \302\267 %s \302\267 %s%s%s", line->name, number,
			       *line->devices ? line->devices : _("no device"),
			       *line->owners ? line->owners : _("nobody"),
			       *jhw_line_state_name(line->state) ? " \302\267 " : "",
			       jhw_line_state_name(line->state));
	gtk_label_set_text(GTK_LABEL(page->pointed), text);
}

/* Before the list, which shows the same lines. */
static void read_lines(JhwInterruptsPage *page)
{
	JhwLines *old = page->lines;

	page->lines = jhw_lines_new(jhw_session_workspace(page->session));
	jhw_matrix_set_lines(JHW_MATRIX(page->matrix), page->lines);
	g_clear_pointer(&old, jhw_lines_free);
	gtk_label_set_text(GTK_LABEL(page->title), page->lines->title);
}

static void follow_changes(gpointer data)
{
	read_lines(data);
}

static GtkWidget *new_tools(JhwInterruptsPage *page)
{
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
	GtkWidget *entry = gtk_search_entry_new();

	g_object_set(entry, "placeholder-text", _("Filter: device, number, cell"), NULL);
	jhw_accessible_name(entry, _("Filter: device, number, cell"));
	gtk_widget_set_size_request(entry, 240, -1);
	g_signal_connect_swapped(entry, "search-changed", G_CALLBACK(filter_changed), page);
	gtk_box_append(GTK_BOX(bar), entry);
	page->title = gtk_label_new(NULL);
	gtk_widget_add_css_class(page->title, "dim");
	gtk_label_set_ellipsize(GTK_LABEL(page->title), PANGO_ELLIPSIZE_END);
	gtk_box_append(GTK_BOX(bar), page->title);
	return bar;
}

static GtkWidget *new_matrix(JhwInterruptsPage *page)
{
	GtkWidget *scroller = gtk_scrolled_window_new(), *viewport = gtk_viewport_new(NULL, NULL);

	page->matrix = jhw_matrix_new(page->session);
	gtk_viewport_set_scroll_to_focus(GTK_VIEWPORT(viewport), FALSE);
	gtk_viewport_set_child(GTK_VIEWPORT(viewport), page->matrix);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), viewport);
	gtk_scrolled_window_set_propagate_natural_height(GTK_SCROLLED_WINDOW(scroller), TRUE);
	gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(scroller), 280);
	g_signal_connect_swapped(page->matrix, "menu", G_CALLBACK(open_menu), page);
	g_signal_connect_swapped(page->matrix, "pointed", G_CALLBACK(pointed), page);
	return scroller;
}

static void jhw_interrupts_page_class_init(JhwInterruptsPageClass *class)
{
	GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_interrupts_page_dispose;
	G_OBJECT_CLASS(class)->finalize = jhw_interrupts_page_finalize;
	gtk_widget_class_set_layout_manager_type(widget, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_css_name(widget, "interrupts");
	gtk_widget_class_install_action(widget, "interrupts.give", "u", give);
}

static void jhw_interrupts_page_init(G_GNUC_UNUSED JhwInterruptsPage *page)
{
}

GtkWidget *jhw_interrupts_page_new(JhwSession *session)
{
	JhwInterruptsPage *page = g_object_new(JHW_TYPE_INTERRUPTS_PAGE, NULL);

	page->session = g_object_ref(session);
	page->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
	gtk_widget_add_css_class(page->box, "page");
	gtk_box_append(GTK_BOX(page->box), new_tools(page));
	gtk_box_append(GTK_BOX(page->box), new_matrix(page));
	page->pointed = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(page->pointed), 0);
	gtk_label_set_ellipsize(GTK_LABEL(page->pointed), PANGO_ELLIPSIZE_END);
	gtk_widget_add_css_class(page->pointed, "dim");
	gtk_box_append(GTK_BOX(page->box), page->pointed);
	read_lines(page);
	/* the title is seen before the list, which shows the same lines */
	jhw_follow_document(page->title, session, follow_changes, page);
	page->list = jhw_text_list_new(session, _("Interrupt lines"), columns,
				       G_N_ELEMENTS(columns), add_rows, page);
	gtk_box_append(GTK_BOX(page->box), page->list);
	gtk_widget_set_parent(page->box, GTK_WIDGET(page));
	return GTK_WIDGET(page);
}
