// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/move_menu.h"

#include "model/move.h"
#include "model/names.h"
#include "model/text.h"
#include "widgets/popover.h"

GMenu *jhw_move_menu_new(JhwDocument *document, const JhwRefList *refs, const char *action)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	GMenu *menu = g_menu_new();
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		g_autofree char *name = jhw_cell_title(workspace, key);
		g_autoptr(GMenuItem) item = g_menu_item_new(name, NULL);

		if (!jhw_move_makes_sense(document, refs, key))
			continue;
		g_menu_item_set_action_and_target_value(item, action, g_variant_new_uint32(key));
		g_menu_append_item(menu, item);
	}
	return menu;
}

static char *heading(JhwDocument *document, const JhwRefList *refs, gboolean any)
{
	g_autofree char *name =
		refs->count == 1 ? jhw_ref_name(jhw_document_workspace(document), &refs->refs[0])
				 : g_strdup_printf(_("%u things"), refs->count);

	if (jhw_document_read_only(document))
		return g_strdup(_("The project is open for reading only"));
	return any ? g_strdup_printf(_("Move %s to"), name)
		   : g_strdup_printf(_("%s cannot be moved"), name);
}

void jhw_move_menu_open(GtkWidget *widget, JhwDocument *document, const JhwRefList *refs,
			const char *action)
{
	g_autoptr(GMenu) menu = g_menu_new();
	g_autoptr(GMenu) cells = jhw_move_menu_new(document, refs, action);
	g_autofree char *title =
		heading(document, refs, g_menu_model_get_n_items(G_MENU_MODEL(cells)) > 0);
	GtkWidget *popover;

	g_menu_append_section(menu, title, G_MENU_MODEL(cells));
	popover = gtk_popover_menu_new_from_model(G_MENU_MODEL(menu));
	jhw_popover_attach(popover, widget);
	gtk_popover_popup(GTK_POPOVER(popover));
}
