// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/cell_dialogs.h"

#include "model/cells.h"
#include "model/names.h"
#include "model/number.h"
#include "model/text.h"
#include "widgets/accessible.h"
#include "widgets/popover.h"
#include "widgets/tooltip.h"

struct form {
	JhwSession *session;
	uint32_t key; /* 0: a new cell */
	GtkWidget *popover;
	GtkWidget *name;
	GtkWidget *size;
	GtkWidget *for_linux;
	GtkWidget *message;
};

static void free_form(gpointer data)
{
	struct form *form = data;

	g_object_unref(form->session);
	g_free(form);
}

static gboolean add_cell(struct form *form, uint64_t size, GError **error)
{
	JhwDocument *document = jhw_session_document(form->session);
	const char *name = gtk_editable_get_text(GTK_EDITABLE(form->name));
	uint32_t key = 0;
	gboolean done = gtk_check_button_get_active(GTK_CHECK_BUTTON(form->for_linux))
				? jhw_cells_add_linux(document, name, size, &key, error)
				: jhw_cells_add(document, name, size, &key, error);

	if (!done)
		return FALSE;
	jhw_selection_set(jhw_session_selection(form->session), &(JhwRef){ JHW_REF_CELL, key, 0 });
	return TRUE;
}

static void submit(struct form *form)
{
	const char *text = gtk_editable_get_text(GTK_EDITABLE(form->size));
	g_autoptr(GError) error = NULL;
	uint64_t size;
	gboolean done = jhw_number_parse(text, &size, &error);

	if (done && form->key)
		done = jhw_cells_add_memory(jhw_session_document(form->session), form->key, size,
					    &error);
	else if (done)
		done = add_cell(form, size, &error);
	if (done) {
		gtk_popover_popdown(GTK_POPOVER(form->popover));
		return;
	}
	gtk_label_set_text(GTK_LABEL(form->message), error->message);
	gtk_widget_set_visible(form->message, TRUE);
}

static GtkWidget *add_entry(GtkWidget *grid, int row, const char *label, const char *text)
{
	GtkWidget *entry = gtk_entry_new(), *words = gtk_label_new_with_mnemonic(label);

	gtk_label_set_xalign(GTK_LABEL(words), 1);
	gtk_widget_add_css_class(words, "dim");
	gtk_label_set_mnemonic_widget(GTK_LABEL(words), entry);
	gtk_editable_set_text(GTK_EDITABLE(entry), text);
	gtk_entry_set_activates_default(GTK_ENTRY(entry), TRUE);
	gtk_grid_attach(GTK_GRID(grid), words, 0, row, 1, 1);
	gtk_grid_attach(GTK_GRID(grid), entry, 1, row, 1, 1);
	return entry;
}

static GtkWidget *add_for_linux(GtkWidget *grid, int row)
{
	GtkWidget *button = jhw_check_button_new(_("For _Linux"));

	jhw_tooltip_set(button, _("Memory that a kernel can have, and a place for what starts it"));
	gtk_grid_attach(GTK_GRID(grid), button, 1, row, 1, 1);
	return button;
}

/* Whose memory it is to be. */
static void add_title(GtkWidget *grid, struct form *form)
{
	g_autofree char *name = jhw_cell_title(jhw_session_workspace(form->session), form->key);
	g_autofree char *text = g_strdup_printf(_("Memory for %s"), name);
	GtkWidget *label = gtk_label_new(text);

	gtk_widget_add_css_class(label, "strong");
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 32);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_grid_attach(GTK_GRID(grid), label, 0, 0, 2, 1);
}

static void open_form(GtkWidget *widget, struct form *form, const char *action)
{
	GtkWidget *grid = gtk_grid_new(), *button = jhw_button_new(action);
	g_autofree char *name = jhw_cells_free_name(jhw_session_document(form->session));

	gtk_grid_set_row_spacing(GTK_GRID(grid), 8);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 8);
	gtk_widget_add_css_class(grid, "form");
	form->popover = jhw_popover_new(widget, form, free_form);
	if (form->key)
		add_title(grid, form);
	else
		form->name = add_entry(grid, 0, _("_Name"), name);
	form->size = add_entry(grid, 1, _("_Memory"), "64M");
	if (!form->key)
		form->for_linux = add_for_linux(grid, 2);
	form->message = gtk_label_new(NULL);
	gtk_label_set_wrap(GTK_LABEL(form->message), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(form->message), 36);
	gtk_label_set_xalign(GTK_LABEL(form->message), 0);
	gtk_widget_add_css_class(form->message, "error");
	gtk_widget_set_visible(form->message, FALSE);
	gtk_grid_attach(GTK_GRID(grid), form->message, 0, 3, 2, 1);
	gtk_widget_add_css_class(button, "suggested-action");
	gtk_widget_set_halign(button, GTK_ALIGN_END);
	gtk_grid_attach(GTK_GRID(grid), button, 0, 4, 2, 1);
	gtk_popover_set_child(GTK_POPOVER(form->popover), grid);
	gtk_popover_set_default_widget(GTK_POPOVER(form->popover), button);
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(submit), form);
	gtk_popover_popup(GTK_POPOVER(form->popover));
}

void jhw_new_cell_open(GtkWidget *widget, JhwSession *session)
{
	struct form *form = g_new0(struct form, 1);

	form->session = g_object_ref(session);
	open_form(widget, form, _("_Create Cell"));
}

void jhw_add_memory_open(GtkWidget *widget, const GdkRectangle *at, JhwSession *session,
			 uint32_t key)
{
	struct form *form = g_new0(struct form, 1);

	form->session = g_object_ref(session);
	form->key = key;
	open_form(widget, form, _("_Add Memory"));
	if (at)
		gtk_popover_set_pointing_to(GTK_POPOVER(form->popover), at);
}

void jhw_delete_cell(JhwSession *session, uint32_t key)
{
	GError *error = NULL;

	jhw_cells_remove(jhw_session_document(session), key, &error);
	jhw_session_complain(session, error);
}
