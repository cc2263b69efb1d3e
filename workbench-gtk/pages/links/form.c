// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/links/form.h"

#include "model/names.h"
#include "model/number.h"
#include "model/text.h"
#include "pages/links/edit.h"
#include "widgets/accessible.h"
#include "widgets/popover.h"

struct form {
	JhwSession *session;
	GtkWidget *popover;
	GtkWidget *ends[2]; /* drop-downs of cells */
	GtkWidget *kind;
	GtkWidget *size;
	GtkWidget *message;
};

static void free_form(gpointer data)
{
	struct form *form = data;

	g_object_unref(form->session);
	g_free(form);
}

static uint32_t chosen_cell(struct form *form, guint end)
{
	return jhcfg_workspace_cell_key(jhw_session_workspace(form->session),
					gtk_drop_down_get_selected(GTK_DROP_DOWN(form->ends[end])));
}

static gboolean add(struct form *form, GError **error)
{
	JhwNewLink kind = gtk_drop_down_get_selected(GTK_DROP_DOWN(form->kind));
	uint64_t size = 0;

	if (kind != JHW_NEW_ETHERNET &&
	    !jhw_number_parse(gtk_editable_get_text(GTK_EDITABLE(form->size)), &size, error))
		return FALSE;
	return jhw_links_add(jhw_session_document(form->session), chosen_cell(form, 0),
			     chosen_cell(form, 1), kind, size, error);
}

static void submit(struct form *form)
{
	g_autoptr(GError) error = NULL;

	if (add(form, &error)) {
		gtk_popover_popdown(GTK_POPOVER(form->popover));
		return;
	}
	gtk_label_set_text(GTK_LABEL(form->message), error->message);
	gtk_widget_set_visible(form->message, TRUE);
}

static void kind_changed(struct form *form)
{
	gtk_widget_set_sensitive(form->size, gtk_drop_down_get_selected(GTK_DROP_DOWN(
						     form->kind)) != JHW_NEW_ETHERNET);
}

static void attach(GtkWidget *grid, int row, const char *label, GtkWidget *widget)
{
	GtkWidget *words = gtk_label_new_with_mnemonic(label);

	gtk_label_set_xalign(GTK_LABEL(words), 1);
	gtk_widget_add_css_class(words, "dim");
	gtk_label_set_mnemonic_widget(GTK_LABEL(words), widget);
	jhw_accessible_key_name(widget, label);
	gtk_grid_attach(GTK_GRID(grid), words, 0, row, 1, 1);
	gtk_grid_attach(GTK_GRID(grid), widget, 1, row, 1, 1);
}

/* All cells, in the order of the project; @index is chosen. */
static GtkWidget *new_cells(JhwSession *session, guint index)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(session);
	GtkStringList *names = gtk_string_list_new(NULL);
	GtkWidget *list;
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		gtk_string_list_take(names, jhw_cell_title(workspace, key));
	list = gtk_drop_down_new(G_LIST_MODEL(names), NULL);
	gtk_drop_down_set_selected(GTK_DROP_DOWN(list), index);
	return list;
}

static guint index_of(JhwSession *session, uint32_t cell, guint otherwise)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(session);
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (key == cell)
			return (guint)n;
	return otherwise;
}

static void fill(struct form *form, GtkWidget *grid, uint32_t a, uint32_t b)
{
	const char *kinds[JHW_NUM_NEW + 1] = { NULL };

	for (guint n = 0; n < JHW_NUM_NEW; n++)
		kinds[n] = jhw_new_link_name(n);
	form->ends[0] = new_cells(form->session, index_of(form->session, a, 0));
	form->ends[1] = new_cells(form->session, index_of(form->session, b, 1));
	form->kind = gtk_drop_down_new_from_strings(kinds);
	form->size = gtk_entry_new();
	gtk_editable_set_text(GTK_EDITABLE(form->size), "64K");
	gtk_entry_set_activates_default(GTK_ENTRY(form->size), TRUE);
	attach(grid, 0, _("_From"), form->ends[0]);
	attach(grid, 1, _("_To"), form->ends[1]);
	attach(grid, 2, _("_Kind"), form->kind);
	attach(grid, 3, _("_Size"), form->size);
	g_signal_connect_swapped(form->kind, "notify::selected", G_CALLBACK(kind_changed), form);
	kind_changed(form);
}

static GtkWidget *new_message(void)
{
	GtkWidget *message = gtk_label_new(NULL);

	gtk_label_set_wrap(GTK_LABEL(message), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(message), 36);
	gtk_label_set_xalign(GTK_LABEL(message), 0);
	gtk_widget_add_css_class(message, "error");
	gtk_widget_set_visible(message, FALSE);
	return message;
}

void jhw_link_form_open(GtkWidget *widget, const GdkRectangle *at, JhwSession *session, uint32_t a,
			uint32_t b)
{
	GtkWidget *grid = gtk_grid_new(), *button = jhw_button_new(_("_Link"));
	struct form *form = g_new0(struct form, 1);

	form->session = g_object_ref(session);
	form->popover = jhw_popover_new(widget, form, free_form);
	if (at)
		gtk_popover_set_pointing_to(GTK_POPOVER(form->popover), at);
	gtk_grid_set_row_spacing(GTK_GRID(grid), 8);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 8);
	gtk_widget_add_css_class(grid, "form");
	fill(form, grid, a, b);
	form->message = new_message();
	gtk_grid_attach(GTK_GRID(grid), form->message, 0, 4, 2, 1);
	gtk_widget_add_css_class(button, "suggested-action");
	gtk_widget_set_halign(button, GTK_ALIGN_END);
	gtk_grid_attach(GTK_GRID(grid), button, 0, 5, 2, 1);
	gtk_popover_set_child(GTK_POPOVER(form->popover), grid);
	gtk_popover_set_default_widget(GTK_POPOVER(form->popover), button);
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(submit), form);
	gtk_popover_popup(GTK_POPOVER(form->popover));
}
