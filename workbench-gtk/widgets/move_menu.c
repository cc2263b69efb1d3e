// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/move_menu.h"

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
			const char *action, const GdkRectangle *at)
{
	g_autoptr(GMenu) menu = g_menu_new();
	g_autoptr(GMenu) cells = jhw_move_menu_new(document, refs, action);
	g_autofree char *title =
		heading(document, refs, g_menu_model_get_n_items(G_MENU_MODEL(cells)) > 0);
	GtkWidget *popover;

	g_menu_append_section(menu, title, G_MENU_MODEL(cells));
	popover = gtk_popover_menu_new_from_model(G_MENU_MODEL(menu));
	if (at)
		gtk_popover_set_pointing_to(GTK_POPOVER(popover), at);
	jhw_popover_attach(popover, widget);
	gtk_popover_popup(GTK_POPOVER(popover));
}

/* --- for lists ---------------------------------------------------------------- */

static void move_to(G_GNUC_UNUSED GSimpleAction *action, GVariant *cell, gpointer data)
{
	/* the list may go away with what changes */
	g_autoptr(JhwSession) session = g_object_ref(data);
	g_autoptr(JhwRefList) refs = jhw_selection_list(jhw_session_selection(session));
	GError *error = NULL;

	jhw_move(jhw_session_document(session), refs, g_variant_get_uint32(cell), &error);
	jhw_session_complain(session, error);
}

void jhw_move_menu_open_at(GtkWidget *view, JhwSession *session, const JhwRefList *refs,
			   GtkWidget *row, double x, double y)
{
	gtk_widget_translate_coordinates(row, view, x, y, &x, &y);
	jhw_move_menu_open(view, jhw_session_document(session), refs, "move.to",
			   &(GdkRectangle){ (int)x, (int)y, 1, 1 });
}

/* By keyboard: at the row that has the focus. */
static gboolean open_menu(GtkWidget *view, G_GNUC_UNUSED GVariant *args, gpointer data)
{
	JhwSession *session = data;
	g_autoptr(JhwRefList) refs = jhw_selection_list(jhw_session_selection(session));
	GtkRoot *root = gtk_widget_get_root(view);
	GtkWidget *focus = root ? gtk_root_get_focus(root) : NULL;

	if (!refs->count)
		return FALSE;
	if (!focus || !gtk_widget_is_ancestor(focus, view))
		focus = view;
	jhw_move_menu_open_at(view, session, refs, focus, gtk_widget_get_width(focus) / 2.0,
			      gtk_widget_get_height(focus) / 2.0);
	return TRUE;
}

static void menu_action(G_GNUC_UNUSED GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter,
			gpointer view)
{
	open_menu(view, NULL, g_object_get_data(G_OBJECT(view), "jhw-move-session"));
}

void jhw_move_menu_install(GtkWidget *view, JhwSession *session)
{
	static const struct {
		guint key;
		GdkModifierType state;
	} keys[] = {
		{ GDK_KEY_Menu, 0 },
		{ GDK_KEY_F10, GDK_SHIFT_MASK },
		{ GDK_KEY_m, 0 },
	};
	g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
	g_autoptr(GSimpleAction) to = g_simple_action_new("to", G_VARIANT_TYPE_UINT32);
	g_autoptr(GSimpleAction) menu = g_simple_action_new("menu", NULL);
	GtkEventController *shortcuts = gtk_shortcut_controller_new();

	g_object_set_data_full(G_OBJECT(view), "jhw-move-session", g_object_ref(session),
			       g_object_unref);
	g_signal_connect(to, "activate", G_CALLBACK(move_to), session);
	g_signal_connect(menu, "activate", G_CALLBACK(menu_action), view);
	g_action_map_add_action(G_ACTION_MAP(group), G_ACTION(to));
	g_action_map_add_action(G_ACTION_MAP(group), G_ACTION(menu));
	gtk_widget_insert_action_group(view, "move", G_ACTION_GROUP(group));
	for (guint n = 0; n < G_N_ELEMENTS(keys); n++)
		gtk_shortcut_controller_add_shortcut(
			GTK_SHORTCUT_CONTROLLER(shortcuts),
			gtk_shortcut_new(gtk_keyval_trigger_new(keys[n].key, keys[n].state),
					 gtk_callback_action_new(open_menu, session, NULL)));
	gtk_widget_add_controller(view, shortcuts);
}
