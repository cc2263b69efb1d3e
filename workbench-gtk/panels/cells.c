// SPDX-License-Identifier: GPL-2.0-or-later
#include "panels/cells.h"

#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"
#include "pages/partition/cell_dialogs.h"

struct panel {
	JhwSession *session;
	GtkWidget *box;
	GtkWidget *list;
	gboolean updating;
};

static GtkWidget *new_row(const struct panel *panel, uint32_t key)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(panel->session);
	g_autofree char *name = jhw_cell_title(workspace, key);
	GtkWidget *row = gtk_list_box_row_new(), *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *dot = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0), *label = gtk_label_new(name);
	guint count = jhcfg_cell_num_cpus(jhw_cell(workspace, key));
	g_autofree char *cpus = g_strdup_printf(ngettext("%u CPU", "%u CPUs", count), count);
	GtkWidget *detail = gtk_label_new(
		key == JHCFG_ROOT_KEY ? jhcfg_cell_name(jhw_cell(workspace, key)) : cpus);

	gtk_widget_add_css_class(dot, "swatch");
	gtk_widget_add_css_class(dot, jhw_owner_class(workspace, key));
	gtk_widget_set_valign(dot, GTK_ALIGN_CENTER);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(label, TRUE);
	gtk_label_set_ellipsize(GTK_LABEL(detail), PANGO_ELLIPSIZE_END);
	gtk_widget_add_css_class(detail, "dim");
	gtk_box_append(GTK_BOX(box), dot);
	gtk_box_append(GTK_BOX(box), label);
	gtk_box_append(GTK_BOX(box), detail);
	gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), box);
	gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	return row;
}

static uint32_t key_of(const struct panel *panel, GtkListBoxRow *row)
{
	return jhcfg_workspace_cell_key(jhw_session_workspace(panel->session),
					(size_t)gtk_list_box_row_get_index(row));
}

static void row_selected(G_GNUC_UNUSED GtkListBox *list, GtkListBoxRow *row, struct panel *panel)
{
	JhwRef ref;

	if (panel->updating || !row)
		return;
	ref = jhw_ref_cell(key_of(panel, row));
	jhw_selection_set(jhw_session_selection(panel->session), &ref);
}

static void show_selection(struct panel *panel)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(panel->session));
	const struct jhcfg_workspace *workspace = jhw_session_workspace(panel->session);
	GtkListBoxRow *row = NULL;

	panel->updating = TRUE;
	if (ref.kind == JHW_REF_CELL)
		row = gtk_list_box_get_row_at_index(GTK_LIST_BOX(panel->list),
						    (int)jhw_cell_index(workspace, ref.cell));
	gtk_list_box_select_row(GTK_LIST_BOX(panel->list), row);
	panel->updating = FALSE;
}

static void update(struct panel *panel)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(panel->session);
	GtkWidget *row;
	uint32_t key;

	panel->updating = TRUE;
	while ((row = gtk_widget_get_first_child(panel->list)))
		gtk_list_box_remove(GTK_LIST_BOX(panel->list), row);
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		gtk_list_box_append(GTK_LIST_BOX(panel->list), new_row(panel, key));
	panel->updating = FALSE;
	show_selection(panel);
}

static void new_cell(GtkWidget *button, struct panel *panel)
{
	jhw_new_cell_open(button, panel->session);
}

static void free_panel(gpointer data)
{
	struct panel *panel = data;

	g_signal_handlers_disconnect_by_data(jhw_session_document(panel->session), panel);
	g_signal_handlers_disconnect_by_data(jhw_session_selection(panel->session), panel);
	g_object_unref(panel->session);
	g_free(panel);
}

GtkWidget *jhw_cells_panel_new(JhwSession *session)
{
	struct panel *panel = g_new0(struct panel, 1);
	GtkWidget *heading = gtk_label_new("CELLS"),
		  *button = gtk_button_new_with_mnemonic(_("_New cell\342\200\246"));

	panel->session = g_object_ref(session);
	panel->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	panel->list = gtk_list_box_new();
	gtk_widget_add_css_class(panel->list, "navigation");
	gtk_label_set_xalign(GTK_LABEL(heading), 0);
	gtk_widget_add_css_class(heading, "heading");
	gtk_widget_add_css_class(button, "flat");
	gtk_widget_add_css_class(button, "add");
	gtk_widget_set_halign(button, GTK_ALIGN_START);
	gtk_box_append(GTK_BOX(panel->box), heading);
	gtk_box_append(GTK_BOX(panel->box), panel->list);
	gtk_box_append(GTK_BOX(panel->box), button);
	gtk_accessible_update_property(GTK_ACCESSIBLE(panel->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Cells"), -1);
	g_signal_connect(panel->list, "row-selected", G_CALLBACK(row_selected), panel);
	g_signal_connect(button, "clicked", G_CALLBACK(new_cell), panel);
	g_signal_connect_swapped(jhw_session_document(session), "changed", G_CALLBACK(update),
				 panel);
	g_signal_connect_swapped(jhw_session_selection(session), "changed",
				 G_CALLBACK(show_selection), panel);
	g_object_set_data_full(G_OBJECT(panel->box), "jhw-panel", panel, free_panel);
	update(panel);
	return panel->box;
}
