// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/split.h"

#include "model/number.h"
#include "model/owner.h"
#include "model/shown.h"
#include "model/text.h"
#include "pages/memory/scale.h"
#include "widgets/accessible.h"
#include "widgets/popover.h"

#define PAGE 4096ULL

static uint64_t start_of(const struct jhcfg_memory *memory, JhwAddressSpace space)
{
	return space == JHW_ADDRESS_GUEST ? memory->virt_start : memory->phys_start;
}

uint64_t jhw_region_cut_at(const struct jhcfg_memory *memory, JhwAddressSpace space,
			   uint64_t address, uint64_t unit)
{
	uint64_t start = start_of(memory, space);

	for (;;) {
		uint64_t at = jhw_scale_round(address, unit);

		if (at > start && at - start < memory->size)
			return at - start;
		if (unit <= PAGE)
			return 0;
		unit = unit > 65536 ? 65536 : PAGE;
	}
}

/* --- asking --------------------------------------------------------------------- */

struct form {
	JhwSession *session;
	JhwRef ref;
	JhwAddressSpace space;
	GtkWidget *popover, *entry, *message;
};

static void free_form(gpointer data)
{
	struct form *form = data;

	g_object_unref(form->session);
	g_free(form);
}

static gboolean split(struct form *form, GError **error)
{
	JhwDocument *document = jhw_session_document(form->session);
	const struct jhcfg_cell *cell = jhw_cell(jhw_document_workspace(document), form->ref.cell);
	const struct jhcfg_memory *memory = cell ? jhcfg_cell_memory(cell, form->ref.id) : NULL;
	uint64_t address;

	if (!memory)
		return TRUE; /* gone meanwhile */
	if (!jhw_number_parse(gtk_editable_get_text(GTK_EDITABLE(form->entry)), &address, error))
		return FALSE;
	/* what is outside comes out beyond its size, and that is said */
	return jhw_region_split(document, &form->ref, address - start_of(memory, form->space),
				error);
}

static void submit(struct form *form)
{
	g_autoptr(GError) error = NULL;

	if (split(form, &error)) {
		gtk_popover_popdown(GTK_POPOVER(form->popover));
		return;
	}
	gtk_label_set_text(GTK_LABEL(form->message), error->message);
	gtk_widget_set_visible(form->message, TRUE);
}

static GtkWidget *new_label(const char *text, const char *class)
{
	GtkWidget *label = gtk_label_new_with_mnemonic(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 36);
	gtk_widget_add_css_class(label, class);
	return label;
}

static GtkWidget *new_content(struct form *form, const char *address)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	GtkWidget *button = jhw_button_new(_("_Split"));
	GtkWidget *label = new_label(form->space == JHW_ADDRESS_GUEST
					     ? _("Guest-physical _address of the second part")
					     : _("Physical _address of the second part"),
				     "dim");

	form->entry = gtk_entry_new();
	form->message = new_label("", "error");
	gtk_widget_set_visible(form->message, FALSE);
	gtk_editable_set_text(GTK_EDITABLE(form->entry), address);
	gtk_entry_set_activates_default(GTK_ENTRY(form->entry), TRUE);
	gtk_label_set_mnemonic_widget(GTK_LABEL(label), form->entry);
	gtk_widget_add_css_class(button, "suggested-action");
	gtk_widget_set_halign(button, GTK_ALIGN_END);
	gtk_widget_add_css_class(box, "form");
	gtk_box_append(GTK_BOX(box), label);
	gtk_box_append(GTK_BOX(box), form->entry);
	gtk_box_append(GTK_BOX(box), form->message);
	gtk_box_append(GTK_BOX(box), button);
	gtk_popover_set_default_widget(GTK_POPOVER(form->popover), button);
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(submit), form);
	return box;
}

void jhw_region_split_open(GtkWidget *parent, const GdkRectangle *at, JhwSession *session,
			   const JhwRef *ref, JhwAddressSpace space, uint64_t offset)
{
	const struct jhcfg_cell *cell = jhw_cell(jhw_session_workspace(session), ref->cell);
	const struct jhcfg_memory *memory = cell ? jhcfg_cell_memory(cell, ref->id) : NULL;
	g_autofree char *address = NULL;
	struct form *form;

	if (!memory)
		return;
	address = jhw_shown_address(start_of(memory, space) + offset);
	form = g_new0(struct form, 1);
	form->session = g_object_ref(session);
	form->ref = *ref;
	form->space = space;
	form->popover = jhw_popover_new(parent, form, free_form);
	gtk_popover_set_child(GTK_POPOVER(form->popover), new_content(form, address));
	if (at)
		gtk_popover_set_pointing_to(GTK_POPOVER(form->popover), at);
	gtk_popover_popup(GTK_POPOVER(form->popover));
}
