// SPDX-License-Identifier: GPL-2.0-or-later
#include "panels/scenarios.h"

#include "model/scenario.h"
#include "model/text.h"
#include "widgets/accessible.h"
#include "widgets/popover.h"
#include "widgets/tooltip.h"

struct chooser {
	JhwSession *session;
	GtkWidget *button;
	GSimpleActionGroup *actions;
};

/* --- a name ------------------------------------------------------------------- */

struct form {
	JhwSession *session;
	char *old; /* NULL: a new one */
	GtkWidget *popover;
	GtkWidget *name;
	GtkWidget *message;
};

static void free_form(gpointer data)
{
	struct form *form = data;

	g_object_unref(form->session);
	g_free(form->old);
	g_free(form);
}

static void submit(struct form *form)
{
	JhwDocument *document = jhw_session_document(form->session);
	g_autofree char *name = g_strdup(gtk_editable_get_text(GTK_EDITABLE(form->name)));
	g_autoptr(GError) error = NULL;
	gboolean done;

	g_strstrip(name);
	done = (form->old && g_str_equal(form->old, name)) ||
	       (form->old ? jhw_scenario_rename(document, form->old, name, &error)
			  : jhw_scenario_add(document, name, &error));
	if (done) {
		jhw_session_set_scenario(form->session, name);
		gtk_popover_popdown(GTK_POPOVER(form->popover));
		return;
	}
	gtk_label_set_text(GTK_LABEL(form->message), error->message);
	gtk_widget_set_visible(form->message, TRUE);
}

static void open_form(struct chooser *chooser, const char *old)
{
	struct form *form = g_new0(struct form, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	GtkWidget *button = jhw_button_new(old ? _("_Rename") : _("_Create Scenario"));
	g_autofree char *name =
		old ? g_strdup(old)
		    : jhw_scenario_free_name(jhw_session_workspace(chooser->session));

	form->session = g_object_ref(chooser->session);
	form->old = g_strdup(old);
	form->popover = jhw_popover_new(chooser->button, form, free_form);
	form->name = gtk_entry_new();
	gtk_editable_set_text(GTK_EDITABLE(form->name), name);
	gtk_entry_set_activates_default(GTK_ENTRY(form->name), TRUE);
	gtk_accessible_update_property(GTK_ACCESSIBLE(form->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Name of the scenario"), -1);
	form->message = gtk_label_new(NULL);
	gtk_label_set_wrap(GTK_LABEL(form->message), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(form->message), 30);
	gtk_label_set_xalign(GTK_LABEL(form->message), 0);
	gtk_widget_add_css_class(form->message, "error");
	gtk_widget_set_visible(form->message, FALSE);
	gtk_widget_add_css_class(button, "suggested-action");
	gtk_widget_set_halign(button, GTK_ALIGN_END);
	gtk_widget_add_css_class(box, "form");
	gtk_box_append(GTK_BOX(box), form->name);
	gtk_box_append(GTK_BOX(box), form->message);
	gtk_box_append(GTK_BOX(box), button);
	gtk_popover_set_child(GTK_POPOVER(form->popover), box);
	gtk_popover_set_default_widget(GTK_POPOVER(form->popover), button);
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(submit), form);
	gtk_popover_popup(GTK_POPOVER(form->popover));
}

/* --- actions ------------------------------------------------------------------ */

static void choose(G_GNUC_UNUSED GSimpleAction *action, GVariant *name, gpointer data)
{
	struct chooser *chooser = data;
	const char *text = g_variant_get_string(name, NULL);

	jhw_session_set_scenario(chooser->session, *text ? text : NULL);
}

static void new_one(G_GNUC_UNUSED GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter,
		    gpointer data)
{
	open_form(data, NULL);
}

static void rename_one(G_GNUC_UNUSED GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter,
		       gpointer data)
{
	struct chooser *chooser = data;

	open_form(chooser, jhw_session_scenario(chooser->session));
}

static void delete_one(G_GNUC_UNUSED GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter,
		       gpointer data)
{
	struct chooser *chooser = data;
	g_autofree char *name = g_strdup(jhw_session_scenario(chooser->session));
	GError *error = NULL;

	jhw_scenario_delete(jhw_session_document(chooser->session), name, &error);
	jhw_session_complain(chooser->session, error);
}

static const GActionEntry entries[] = {
	{ .name = "choose", .activate = choose, .parameter_type = "s", .state = "''" },
	{ .name = "new", .activate = new_one },
	{ .name = "rename", .activate = rename_one },
	{ .name = "delete", .activate = delete_one },
};

static void set_enabled(struct chooser *chooser, const char *name, gboolean enabled)
{
	GAction *action = g_action_map_lookup_action(G_ACTION_MAP(chooser->actions), name);

	g_simple_action_set_enabled(G_SIMPLE_ACTION(action), enabled);
}

/* --- menu --------------------------------------------------------------------- */

static void add_choice(GMenu *menu, const char *label, const char *name)
{
	g_autoptr(GMenuItem) item = g_menu_item_new(label, NULL);

	g_menu_item_set_action_and_target_value(item, "scenario.choose",
						g_variant_new_string(name));
	g_menu_append_item(menu, item);
}

static GMenuModel *new_menu(const struct jhcfg_workspace *workspace)
{
	GMenu *menu = g_menu_new();
	g_autoptr(GMenu) choices = g_menu_new(), changes = g_menu_new();
	const struct jhcfg_scenario *scenario;

	add_choice(choices, _("All Cells"), "");
	for (size_t n = 0; (scenario = jhcfg_workspace_scenario(workspace, n)); n++)
		add_choice(choices, scenario->name, scenario->name);
	g_menu_append(changes, _("New Scenario\342\200\246"), "scenario.new");
	g_menu_append(changes, _("Rename\342\200\246"), "scenario.rename");
	g_menu_append(changes, _("Delete Scenario"), "scenario.delete");
	g_menu_append_section(menu, _("Cells that run together"), G_MENU_MODEL(choices));
	g_menu_append_section(menu, NULL, G_MENU_MODEL(changes));
	return G_MENU_MODEL(menu);
}

static void update(struct chooser *chooser)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(chooser->session);
	const char *name = jhw_session_scenario(chooser->session);
	gboolean writable = !jhw_document_read_only(jhw_session_document(chooser->session));
	g_autoptr(GMenuModel) menu = new_menu(workspace);
	GAction *action = g_action_map_lookup_action(G_ACTION_MAP(chooser->actions), "choose");

	gtk_menu_button_set_menu_model(GTK_MENU_BUTTON(chooser->button), menu);
	gtk_menu_button_set_label(GTK_MENU_BUTTON(chooser->button), name ? name : _("All cells"));
	g_simple_action_set_state(G_SIMPLE_ACTION(action), g_variant_new_string(name ? name : ""));
	set_enabled(chooser, "new", writable && jhcfg_workspace_num_cells(workspace) > 1);
	set_enabled(chooser, "rename", writable && name);
	set_enabled(chooser, "delete", writable && name);
}

static void free_chooser(gpointer data)
{
	struct chooser *chooser = data;

	g_signal_handlers_disconnect_by_data(chooser->session, chooser);
	g_signal_handlers_disconnect_by_data(jhw_session_document(chooser->session), chooser);
	g_object_unref(chooser->actions);
	g_object_unref(chooser->session);
	g_free(chooser);
}

GtkWidget *jhw_scenario_button_new(JhwSession *session)
{
	struct chooser *chooser = g_new0(struct chooser, 1);
	GtkWidget *button = gtk_menu_button_new();

	chooser->session = g_object_ref(session);
	chooser->button = button;
	chooser->actions = g_simple_action_group_new();
	g_action_map_add_action_entries(G_ACTION_MAP(chooser->actions), entries,
					G_N_ELEMENTS(entries), chooser);
	gtk_widget_insert_action_group(button, "scenario", G_ACTION_GROUP(chooser->actions));
	gtk_menu_button_set_has_frame(GTK_MENU_BUTTON(button), FALSE);
	gtk_menu_button_set_always_show_arrow(GTK_MENU_BUTTON(button), TRUE);
	gtk_widget_add_css_class(button, "scenario");
	gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
	jhw_tooltip_set(button, _("Scenario: which cells run together"));
	/* the button in it says which one */
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Scenario"), -1);
	g_object_set_data_full(G_OBJECT(button), "jhw-scenario", chooser, free_chooser);
	g_signal_connect_swapped(session, "scenario-changed", G_CALLBACK(update), chooser);
	g_signal_connect_swapped(jhw_session_document(session), "changed", G_CALLBACK(update),
				 chooser);
	update(chooser);
	return button;
}
