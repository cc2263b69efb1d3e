// SPDX-License-Identifier: GPL-2.0-or-later
#include "panels/cells.h"

#include "model/names.h"
#include "model/owner.h"
#include "model/scenario.h"
#include "model/text.h"
#include "pages/partition/cell_dialogs.h"
#include "panels/scenarios.h"
#include "widgets/accessible.h"
#include "widgets/cell_drop.h"
#include "widgets/edge_scroll.h"
#include "widgets/preview.h"
#include "widgets/tooltip.h"

struct panel {
	JhwSession *session;
	GtkWidget *box;
	GtkWidget *list;
	GtkWidget *button;  /* for a new cell */
	GtkWidget *popover; /* beside the row that a drag is above */
	GtkWidget *preview;
	GPtrArray *rows; /* struct row, which the list owns */
	gboolean updating;
};

/* Rows stay the same widgets as long as there are the same cells: one may be
 * what a drop is about to end on. */
struct row {
	struct panel *panel;
	uint32_t key;
	GtkWidget *widget;
	GtkWidget *check; /* whether it runs in the scenario that is looked at */
	GtkWidget *swatch;
	GtkWidget *name;
	GtkWidget *detail;
	const char *owner_class;
};

/* --- drops -------------------------------------------------------------------- */

static void hover(GtkWidget *widget, JhwRefList *refs, G_GNUC_UNUSED double x,
		  G_GNUC_UNUSED double y, gpointer data)
{
	struct row *row = data;
	struct panel *panel = row->panel;
	double left, top;

	if (!refs) {
		gtk_popover_popdown(GTK_POPOVER(panel->popover));
		jhw_preview_hide(JHW_PREVIEW(panel->preview));
		return;
	}
	jhw_preview_show(JHW_PREVIEW(panel->preview), jhw_session_document(panel->session), refs,
			 row->key);
	gtk_widget_translate_coordinates(widget, panel->box, 0, 0, &left, &top);
	gtk_popover_set_pointing_to(GTK_POPOVER(panel->popover),
				    &(GdkRectangle){ (int)left, (int)top,
						     gtk_widget_get_width(widget),
						     gtk_widget_get_height(widget) });
	gtk_popover_popup(GTK_POPOVER(panel->popover));
}

static void add_popover(struct panel *panel)
{
	panel->preview = jhw_preview_new();
	panel->popover = gtk_popover_new();
	gtk_popover_set_autohide(GTK_POPOVER(panel->popover), FALSE);
	gtk_popover_set_has_arrow(GTK_POPOVER(panel->popover), FALSE);
	gtk_popover_set_position(GTK_POPOVER(panel->popover), GTK_POS_RIGHT);
	gtk_widget_set_can_target(panel->popover, FALSE);
	gtk_widget_add_css_class(panel->popover, "bare");
	gtk_popover_set_child(GTK_POPOVER(panel->popover), panel->preview);
	gtk_widget_set_parent(panel->popover, panel->box);
	g_signal_connect_object(panel->box, "destroy", G_CALLBACK(gtk_widget_unparent),
				panel->popover, G_CONNECT_SWAPPED);
}

/* --- rows --------------------------------------------------------------------- */

static void checked(struct row *row)
{
	JhwSession *session = row->panel->session;
	GError *error = NULL;

	if (row->panel->updating)
		return;
	jhw_scenario_put(jhw_session_document(session), jhw_session_scenario(session), row->key,
			 gtk_check_button_get_active(GTK_CHECK_BUTTON(row->check)), &error);
	jhw_session_complain(session, error);
	/* as it is, whatever was wanted */
	jhw_cells_panel_update(row->panel->box);
}

static char *detail_of(const struct jhcfg_workspace *workspace, uint32_t key)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);
	guint cpus = jhcfg_cell_num_cpus(cell);

	return key == JHCFG_ROOT_KEY ? g_strdup(jhcfg_cell_name(cell))
				     : g_strdup_printf(ngettext("%u CPU", "%u CPUs", cpus), cpus);
}

static void show_scenario(struct row *row)
{
	JhwSession *session = row->panel->session;
	const struct jhcfg_scenario *scenario =
		jhw_scenario(jhw_session_workspace(session), jhw_session_scenario(session));
	gboolean runs = !scenario || jhw_scenario_has(scenario, row->key);

	gtk_widget_set_visible(row->check, scenario != NULL);
	gtk_widget_set_sensitive(row->check,
				 row->key != JHCFG_ROOT_KEY &&
					 !jhw_document_read_only(jhw_session_document(session)));
	gtk_check_button_set_active(GTK_CHECK_BUTTON(row->check), runs);
	if (runs)
		gtk_widget_remove_css_class(row->widget, "resting");
	else
		gtk_widget_add_css_class(row->widget, "resting");
}

static void update_row(struct row *row)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(row->panel->session);
	const char *class = jhw_owner_class(workspace, row->key);
	g_autofree char *name = jhw_cell_title(workspace, row->key);
	g_autofree char *detail = detail_of(workspace, row->key);
	g_autofree char *check = g_strdup_printf(_("%s runs in the scenario"), name);

	gtk_label_set_text(GTK_LABEL(row->name), name);
	gtk_label_set_text(GTK_LABEL(row->detail), detail);
	if (class != row->owner_class) {
		if (row->owner_class)
			gtk_widget_remove_css_class(row->swatch, row->owner_class);
		gtk_widget_add_css_class(row->swatch, class);
		row->owner_class = class;
	}
	gtk_accessible_update_property(GTK_ACCESSIBLE(row->widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       name, -1);
	gtk_accessible_update_property(GTK_ACCESSIBLE(row->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       check, -1);
	jhw_tooltip_set(row->check, check);
	show_scenario(row);
}

static GtkWidget *new_label(const char *class, gboolean expand)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_MIDDLE);
	gtk_widget_set_hexpand(label, expand);
	if (class)
		gtk_widget_add_css_class(label, class);
	return label;
}

static void add_row(struct panel *panel, uint32_t key)
{
	struct row *row = g_new0(struct row, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	row->panel = panel;
	row->key = key;
	row->widget = gtk_list_box_row_new();
	row->check = gtk_check_button_new();
	row->swatch = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_add_css_class(row->swatch, "swatch");
	gtk_widget_set_valign(row->swatch, GTK_ALIGN_CENTER);
	row->name = new_label(NULL, TRUE);
	row->detail = new_label("dim", FALSE);
	gtk_box_append(GTK_BOX(box), row->check);
	gtk_box_append(GTK_BOX(box), row->swatch);
	gtk_box_append(GTK_BOX(box), row->name);
	gtk_box_append(GTK_BOX(box), row->detail);
	gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row->widget), box);
	g_signal_connect_swapped(row->check, "toggled", G_CALLBACK(checked), row);
	g_object_set_data_full(G_OBJECT(row->widget), "jhw-row", row, g_free);
	jhw_cell_drop_add(row->widget, panel->session, key, hover, row);
	gtk_list_box_append(GTK_LIST_BOX(panel->list), row->widget);
	g_ptr_array_add(panel->rows, row);
}

/* Whether the rows are those of the cells that there are. */
static gboolean are_rows_right(const struct panel *panel)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(panel->session);

	if (panel->rows->len != jhcfg_workspace_num_cells(workspace))
		return FALSE;
	for (guint n = 0; n < panel->rows->len; n++)
		if (((struct row *)panel->rows->pdata[n])->key !=
		    jhcfg_workspace_cell_key(workspace, n))
			return FALSE;
	return TRUE;
}

static void make_rows(struct panel *panel)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(panel->session);
	GtkWidget *row;
	uint32_t key;

	g_ptr_array_set_size(panel->rows, 0);
	while ((row = gtk_widget_get_first_child(panel->list)))
		gtk_list_box_remove(GTK_LIST_BOX(panel->list), row);
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		add_row(panel, key);
}

/* --- selection ---------------------------------------------------------------- */

static void row_selected(G_GNUC_UNUSED GtkListBox *list, GtkListBoxRow *widget, struct panel *panel)
{
	struct row *row = widget ? g_object_get_data(G_OBJECT(widget), "jhw-row") : NULL;
	JhwRef ref;

	if (panel->updating || !row)
		return;
	ref = jhw_ref_cell(row->key);
	jhw_selection_set(jhw_session_selection(panel->session), &ref);
}

static void show_selection(struct panel *panel)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(panel->session));
	GtkListBoxRow *widget = NULL;

	for (guint n = 0; ref.kind == JHW_REF_CELL && n < panel->rows->len; n++) {
		struct row *row = panel->rows->pdata[n];

		if (row->key == ref.cell)
			widget = GTK_LIST_BOX_ROW(row->widget);
	}
	panel->updating = TRUE;
	gtk_list_box_select_row(GTK_LIST_BOX(panel->list), widget);
	panel->updating = FALSE;
}

/* --- the panel ---------------------------------------------------------------- */

static void update(struct panel *panel)
{
	panel->updating = TRUE;
	if (!are_rows_right(panel))
		make_rows(panel);
	for (guint n = 0; n < panel->rows->len; n++)
		update_row(panel->rows->pdata[n]);
	panel->updating = FALSE;
	show_selection(panel);
}

void jhw_cells_panel_update(GtkWidget *widget)
{
	update(g_object_get_data(G_OBJECT(widget), "jhw-panel"));
}

static void new_cell(GtkWidget *button, struct panel *panel)
{
	jhw_new_cell_open(button, panel->session);
}

void jhw_cells_panel_new_cell(GtkWidget *widget)
{
	struct panel *panel = g_object_get_data(G_OBJECT(widget), "jhw-panel");

	new_cell(panel->button, panel);
}

/* A sign before its words. */
static GtkWidget *new_button(void)
{
	GtkWidget *button = gtk_button_new(), *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
	GtkWidget *label = gtk_label_new_with_mnemonic(_("_New cell\342\200\246"));

	gtk_box_append(GTK_BOX(box), jhw_decoration_new("list-add-symbolic"));
	gtk_box_append(GTK_BOX(box), label);
	gtk_button_set_child(GTK_BUTTON(button), box);
	gtk_label_set_mnemonic_widget(GTK_LABEL(label), button);
	gtk_widget_add_css_class(button, "flat");
	gtk_widget_add_css_class(button, "add");
	gtk_widget_set_halign(button, GTK_ALIGN_START);
	return button;
}

static void free_panel(gpointer data)
{
	struct panel *panel = data;

	g_signal_handlers_disconnect_by_data(panel->session, panel);
	g_signal_handlers_disconnect_by_data(jhw_session_document(panel->session), panel);
	g_signal_handlers_disconnect_by_data(jhw_session_selection(panel->session), panel);
	g_ptr_array_unref(panel->rows);
	g_object_unref(panel->session);
	g_free(panel);
}

static GtkWidget *new_heading(JhwSession *session)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	GtkWidget *heading = new_label("heading", TRUE);

	gtk_label_set_text(GTK_LABEL(heading), _("CELLS"));
	gtk_box_append(GTK_BOX(box), heading);
	gtk_box_append(GTK_BOX(box), jhw_scenario_button_new(session));
	return box;
}

/* As high as its rows, unless there are more than there is room for. */
static GtkWidget *new_scroller(GtkWidget *list)
{
	GtkWidget *scroller = gtk_scrolled_window_new();

	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_scrolled_window_set_propagate_natural_height(GTK_SCROLLED_WINDOW(scroller), TRUE);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), list);
	jhw_edge_scroll_add(GTK_SCROLLED_WINDOW(scroller));
	return scroller;
}

GtkWidget *jhw_cells_panel_new(JhwSession *session)
{
	struct panel *panel = g_new0(struct panel, 1);

	panel->session = g_object_ref(session);
	panel->rows = g_ptr_array_new();
	panel->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	panel->list = gtk_list_box_new();
	gtk_widget_add_css_class(panel->list, "navigation");
	panel->button = new_button();
	gtk_box_append(GTK_BOX(panel->box), new_heading(session));
	gtk_box_append(GTK_BOX(panel->box), new_scroller(panel->list));
	gtk_box_append(GTK_BOX(panel->box), panel->button);
	add_popover(panel);
	gtk_accessible_update_property(GTK_ACCESSIBLE(panel->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Cells"), -1);
	g_signal_connect(panel->list, "row-selected", G_CALLBACK(row_selected), panel);
	g_signal_connect(panel->button, "clicked", G_CALLBACK(new_cell), panel);
	g_signal_connect_swapped(session, "scenario-changed", G_CALLBACK(update), panel);
	g_signal_connect_swapped(jhw_session_document(session), "changed", G_CALLBACK(update),
				 panel);
	g_signal_connect_swapped(jhw_session_selection(session), "changed",
				 G_CALLBACK(show_selection), panel);
	g_object_set_data_full(G_OBJECT(panel->box), "jhw-panel", panel, free_panel);
	update(panel);
	return panel->box;
}
