// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/menu.h"

#include "model/names.h"
#include "model/owner.h"
#include "model/shown.h"
#include "model/text.h"
#include "pages/memory/drag.h"
#include "pages/memory/page.h"
#include "pages/memory/split.h"
#include "pages/memory/view.h"
#include "pages/partition/cell_dialogs.h"
#include "widgets/move_menu.h"
#include "widgets/popover.h"

#define PAGE 4096ULL

struct actions {
	JhwSession *session;
	GtkWidget *widget; /* that they are installed at; lives longer */
	GSimpleActionGroup *group;
	void (*zoom)(GtkWidget *widget);
	GtkWidget *button; /* of "memory.find" */
	/* where the menu was opened last; NULL: nowhere yet */
	GtkWidget *parent;
	GdkRectangle at;
	JhwAddressSpace space; /* of addresses there */
	uint64_t offset;       /* of the selected region to be cut at; 0: none */
};

static JhwRef selected(JhwSession *session)
{
	return jhw_selection_current(jhw_session_selection(session));
}

static const struct jhcfg_memory *selected_memory(JhwSession *session)
{
	JhwRef ref = selected(session);
	const struct jhcfg_cell *cell = ref.kind == JHW_REF_REGION
						? jhw_cell(jhw_session_workspace(session), ref.cell)
						: NULL;

	return cell ? jhcfg_cell_memory(cell, ref.id) : NULL;
}

/* --- what they do ------------------------------------------------------------- */

static void zoom(struct actions *actions)
{
	actions->zoom(actions->widget);
}

static void split_here(struct actions *actions)
{
	JhwRef ref = selected(actions->session);
	GError *error = NULL;

	if (!jhw_region_split(jhw_session_document(actions->session), &ref, actions->offset,
			      &error))
		jhw_session_complain(actions->session, error);
}

static void split(struct actions *actions)
{
	const struct jhcfg_memory *memory = selected_memory(actions->session);
	JhwRef ref = selected(actions->session);

	if (!memory)
		return;
	jhw_region_split_open(actions->parent ? actions->parent : actions->widget,
			      actions->parent ? &actions->at : NULL, actions->session, &ref,
			      actions->space,
			      actions->offset ? actions->offset : memory->size / 2 & ~(PAGE - 1));
}

static void merge(struct actions *actions)
{
	JhwRef ref = selected(actions->session);
	GError *error = NULL;

	if (!jhw_region_merge(jhw_session_document(actions->session), &ref, &error))
		jhw_session_complain(actions->session, error);
}

static void take_away(struct actions *actions)
{
	JhwRef ref = selected(actions->session);
	GError *error = NULL;

	if (!jhw_region_remove(jhw_session_document(actions->session), &ref, &error))
		jhw_session_complain(actions->session, error);
}

static void fit(struct actions *actions)
{
	jhw_memory_fit_image(actions->widget, actions->session);
}

static void find(struct actions *actions)
{
	jhw_memory_find_space(actions->button, NULL, actions->session);
}

static void find_here(struct actions *actions)
{
	jhw_memory_find_space(actions->parent ? actions->parent : actions->widget,
			      actions->parent ? &actions->at : NULL, actions->session);
}

/* --- when they may be --------------------------------------------------------- */

static gboolean is_editable(JhwSession *session)
{
	JhwRef ref = selected(session);

	return !jhw_document_read_only(jhw_session_document(session)) &&
	       jhw_region_is_editable(jhw_session_workspace(session), &ref);
}

static gboolean can_split(JhwSession *session)
{
	const struct jhcfg_memory *memory = selected_memory(session);

	return is_editable(session) && memory->size >= 2 * PAGE;
}

static gboolean can_merge(JhwSession *session)
{
	JhwRef ref = selected(session);

	return is_editable(session) && jhw_region_can_merge(jhw_session_workspace(session), &ref);
}

static gboolean has_selected(JhwSession *session)
{
	return selected(session).kind != JHW_REF_NONE;
}

static gboolean is_writable(JhwSession *session)
{
	return !jhw_document_read_only(jhw_session_document(session));
}

static const struct {
	const char *name, *label; /* NULL: not in the menu as it is */
	void (*run)(struct actions *actions);
	gboolean (*enabled)(JhwSession *session);
} table[] = {
	{ "zoom", N_("Show All of It"), zoom, has_selected },
	{ "split-here", NULL, split_here, can_split },
	{ "split", N_("Split at\342\200\246"), split, can_split },
	{ "merge", N_("Merge with the Next One"), merge, can_merge },
	{ "fit", N_("Fit Image\342\200\246"), fit, is_editable },
	{ "find", NULL, find, is_writable },
	{ "find-here", N_("Add Memory\342\200\246"), find_here, is_writable },
	{ "remove", N_("Remove Region"), take_away, is_editable },
};

static void activate(GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter, gpointer data)
{
	const char *name = g_action_get_name(G_ACTION(action));

	for (guint n = 0; n < G_N_ELEMENTS(table); n++)
		if (g_str_equal(table[n].name, name))
			table[n].run(data);
}

static void update(struct actions *actions)
{
	for (guint n = 0; n < G_N_ELEMENTS(table); n++) {
		GAction *action =
			g_action_map_lookup_action(G_ACTION_MAP(actions->group), table[n].name);

		g_simple_action_set_enabled(G_SIMPLE_ACTION(action),
					    table[n].enabled(actions->session));
	}
}

static void free_actions(gpointer data)
{
	struct actions *actions = data;

	g_signal_handlers_disconnect_by_data(jhw_session_selection(actions->session), actions);
	g_signal_handlers_disconnect_by_data(jhw_session_document(actions->session), actions);
	g_object_unref(actions->session);
	g_object_unref(actions->group);
	g_free(actions);
}

void jhw_memory_menu_install(GtkWidget *widget, JhwSession *session,
			     void (*zoom_in)(GtkWidget *widget))
{
	struct actions *actions = g_new0(struct actions, 1);

	actions->session = g_object_ref(session);
	actions->widget = widget;
	actions->zoom = zoom_in;
	actions->group = g_simple_action_group_new();
	for (guint n = 0; n < G_N_ELEMENTS(table); n++) {
		g_autoptr(GSimpleAction) action = g_simple_action_new(table[n].name, NULL);

		g_signal_connect(action, "activate", G_CALLBACK(activate), actions);
		g_action_map_add_action(G_ACTION_MAP(actions->group), G_ACTION(action));
	}
	gtk_widget_insert_action_group(widget, "memory", G_ACTION_GROUP(actions->group));
	jhw_move_menu_install(widget, session);
	g_signal_connect_swapped(jhw_session_selection(session), "changed", G_CALLBACK(update),
				 actions);
	g_signal_connect_swapped(jhw_session_document(session), "changed", G_CALLBACK(update),
				 actions);
	g_object_set_data_full(G_OBJECT(widget), "jhw-memory-actions", actions, free_actions);
	update(actions);
}

static struct actions *actions_of(GtkWidget *parent)
{
	GtkWidget *page = gtk_widget_get_ancestor(parent, JHW_TYPE_MEMORY_PAGE);

	return page ? g_object_get_data(G_OBJECT(page), "jhw-memory-actions") : NULL;
}

void jhw_memory_menu_set_button(GtkWidget *widget, GtkWidget *button)
{
	struct actions *actions = g_object_get_data(G_OBJECT(widget), "jhw-memory-actions");

	actions->button = button;
}

/* What a drag onto a cell does; away if nothing can be moved. */
static void add_moves(struct actions *actions, GMenu *menu)
{
	g_autoptr(JhwRefList) refs = jhw_selection_list(jhw_session_selection(actions->session));
	g_autoptr(GMenu) cells =
		jhw_move_menu_new(jhw_session_document(actions->session), refs, "move.to");

	if (g_menu_model_get_n_items(G_MENU_MODEL(cells)))
		g_menu_append_submenu(menu, _("Move to"), G_MENU_MODEL(cells));
}

/* Where the selected region would be cut, if that is what was pointed at. */
static void keep_place(struct actions *actions, JhwMemoryView *view, const GdkRectangle *at)
{
	const struct jhcfg_memory *memory = selected_memory(actions->session);
	const JhwMemoryHit *hit = jhw_memory_view_last_hit(view);
	JhwRef ref = selected(actions->session);

	actions->parent = GTK_WIDGET(view);
	actions->at = *at;
	actions->space = hit->row ? JHW_ADDRESS_GUEST : JHW_ADDRESS_PHYSICAL;
	actions->offset = 0;
	if (memory && hit->segment && jhw_ref_equal(&hit->segment->ref, &ref) &&
	    is_editable(actions->session))
		actions->offset =
			jhw_region_cut_at(memory, actions->space, hit->address,
					  jhw_memory_drag_unit(jhw_memory_view_scale(view)));
}

static void add_split_here(struct actions *actions, GMenu *menu)
{
	const struct jhcfg_memory *memory = selected_memory(actions->session);
	g_autofree char *label = NULL, *address = NULL;

	if (!memory || !actions->offset)
		return;
	address = jhw_shown_address(
		(actions->space == JHW_ADDRESS_GUEST ? memory->virt_start : memory->phys_start) +
		actions->offset);
	label = g_strdup_printf(_("Split at %s"), address);
	g_menu_append(menu, label, "memory.split-here");
}

void jhw_memory_menu_show(GtkWidget *parent, double x, double y)
{
	const GdkRectangle at = { (int)x, (int)y, 1, 1 };
	struct actions *actions = actions_of(parent);
	g_autoptr(GMenu) menu = g_menu_new();
	GtkWidget *popover;

	if (!actions)
		return;
	keep_place(actions, JHW_MEMORY_VIEW(parent), &at);
	for (guint n = 0; n < G_N_ELEMENTS(table); n++) {
		g_autofree char *action = g_strconcat("memory.", table[n].name, NULL);

		if (table[n].label)
			g_menu_append(menu, jhw_said(table[n].label), action);
		else if (table[n].run == split_here)
			add_split_here(actions, menu);
	}
	add_moves(actions, menu);
	popover = gtk_popover_menu_new_from_model(G_MENU_MODEL(menu));
	gtk_popover_set_pointing_to(GTK_POPOVER(popover), &at);
	jhw_popover_attach(popover, parent);
	gtk_popover_popup(GTK_POPOVER(popover));
}

/* --- dialogs ------------------------------------------------------------------ */

/* The selected cell, or the first that is not the root; 0: there is none. */
static uint32_t cell_for_memory(JhwSession *session)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(session);
	JhwRef ref = selected(session);

	if ((ref.kind == JHW_REF_CELL || ref.kind == JHW_REF_REGION) &&
	    ref.cell != JHCFG_ROOT_KEY && jhw_cell(workspace, ref.cell))
		return ref.cell;
	return jhcfg_workspace_num_cells(workspace) > 1 ? jhcfg_workspace_cell_key(workspace, 1)
							: 0;
}

void jhw_memory_find_space(GtkWidget *parent, const GdkRectangle *at, JhwSession *session)
{
	uint32_t key = cell_for_memory(session);

	if (key)
		jhw_add_memory_open(parent, at, session, key);
	else
		jhw_session_notice(session, _("There is no cell yet that memory could be for: make "
					      "one on the Partition page"));
}

struct fitting {
	JhwSession *session;
	GtkFileChooserNative *chooser;
};

static void fit_file(JhwSession *session, GFile *file, GError **error)
{
	g_autoptr(GFileInfo) info =
		g_file_query_info(file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, error);
	g_autofree char *name = g_file_get_basename(file);
	JhwRef ref = selected(session);
	gboolean grown;

	if (!info || !jhw_region_fit(jhw_session_document(session), &ref,
				     (uint64_t)g_file_info_get_size(info), &grown, error))
		return;
	jhw_session_notice(session,
			   grown ? _("The region is large enough for %s now")
				 : _("The region has room for %s as it is"),
			   name);
}

static void chosen(G_GNUC_UNUSED GtkNativeDialog *dialog, int response, struct fitting *fitting)
{
	g_autoptr(GFile) file =
		response == GTK_RESPONSE_ACCEPT
			? gtk_file_chooser_get_file(GTK_FILE_CHOOSER(fitting->chooser))
			: NULL;
	GError *error = NULL;

	if (file)
		fit_file(fitting->session, file, &error);
	jhw_session_complain(fitting->session, error);
	g_object_unref(fitting->chooser);
	g_object_unref(fitting->session);
	g_free(fitting);
}

void jhw_memory_fit_image(GtkWidget *parent, JhwSession *session)
{
	struct fitting *fitting;

	if (!is_editable(session)) {
		jhw_session_notice(session, _("Select the region that the image is for first"));
		return;
	}
	fitting = g_new0(struct fitting, 1);
	fitting->session = g_object_ref(session);
	fitting->chooser = gtk_file_chooser_native_new(
		_("Image to Fit"), GTK_WINDOW(gtk_widget_get_root(parent)),
		GTK_FILE_CHOOSER_ACTION_OPEN, _("_Fit"), NULL);
	gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(fitting->chooser), TRUE);
	g_signal_connect(fitting->chooser, "response", G_CALLBACK(chosen), fitting);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(fitting->chooser));
}
