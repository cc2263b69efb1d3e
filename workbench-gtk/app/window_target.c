// SPDX-License-Identifier: GPL-2.0-or-later
/* The target that the window's project is to run on: the switcher in the header,
 * what a target asks, and Deploy. */
#include "app/window_private.h"
#include "model/beside.h"
#include "model/recent_targets.h"
#include "model/text.h"
#include "pages/run/side.h"
#include "widgets/accessible.h"
#include "widgets/popover.h"
#include "widgets/question.h"
#include "widgets/tooltip.h"

void jhw_window_connect(JhwWindow *window, const char *target)
{
	GError *error = NULL;

	jhw_log_add(window->log, JHCFG_INFO, _("Connecting to %s"), target);
	if (jhw_target_open(window->target, target, &error))
		jhw_recent_targets_add(target);
	else
		jhw_window_complain(window, error);
}

/* --- the menu ---------------------------------------------------------------- */

static void add_targets(GMenu *menu, const char *title, char **names)
{
	g_autoptr(GMenu) section = g_menu_new();

	for (char **name = names; *name; name++) {
		g_autoptr(GMenuItem) item = g_menu_item_new(NULL, NULL);
		/* an underscore of a name is none of ours */
		g_auto(GStrv) parts = g_strsplit(*name, "_", -1);
		g_autofree char *label = g_strjoinv("__", parts);

		g_menu_item_set_label(item, label);
		g_menu_item_set_action_and_target_value(item, "win.connect",
							g_variant_new_string(*name));
		g_menu_append_item(section, item);
	}
	if (*names)
		g_menu_append_section(menu, title, G_MENU_MODEL(section));
}

struct names {
	GMenu *menu; /* that they are added to */
	char **recent, **boards;
};

static gpointer read_names(gpointer data)
{
	struct names *names = data;

	names->recent = jhw_recent_targets();
	names->boards = jhw_emulated_targets();
	return NULL;
}

/* The menu may be open by now: what is in it stays where it is. */
static void add_names(G_GNUC_UNUSED gpointer result, gpointer data)
{
	const struct names *names = data;

	add_targets(names->menu, _("Recent"), names->recent);
	add_targets(names->menu, _("Emulated boards"), names->boards);
}

static void free_names(gpointer data)
{
	struct names *names = data;

	g_object_unref(names->menu);
	g_strfreev(names->recent);
	g_strfreev(names->boards);
	g_free(names);
}

static void fill_menu(GtkMenuButton *button, G_GNUC_UNUSED gpointer data)
{
	g_autoptr(GMenu) menu = g_menu_new(), first = g_menu_new();
	struct names *names = g_new0(struct names, 1);

	g_menu_append(first, _("_Other Target\342\200\246"), "win.choose-target");
	g_menu_append(first, _("Open _Recording\342\200\246"), "win.open-recording");
	if (jhw_target_name(JHW_WINDOW(gtk_widget_get_root(GTK_WIDGET(button)))->target))
		g_menu_append(first, _("_Disconnect"), "win.disconnect");
	g_menu_append_section(menu, NULL, G_MENU_MODEL(first));
	gtk_menu_button_set_menu_model(button, G_MENU_MODEL(menu));
	names->menu = g_object_ref(menu);
	jhw_beside(read_names, add_names, names, free_names);
}

/* --- another one ------------------------------------------------------------- */

static void connect_entered(GtkWidget *entry, JhwWindow *window)
{
	GtkWidget *popover = gtk_widget_get_ancestor(entry, GTK_TYPE_POPOVER);
	g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(entry)));

	g_strstrip(text);
	if (!*text)
		return;
	gtk_popover_popdown(GTK_POPOVER(popover));
	jhw_window_connect(window, text);
}

void jhw_window_choose_target(JhwWindow *window)
{
	GtkWidget *popover = jhw_popover_new(window->target_button, NULL, NULL);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8), *entry = gtk_entry_new();
	GtkWidget *hint = gtk_label_new(_(
		"ssh://[USER@]HOST[:PORT], emu://BOARD, recorded:FILE, or local for this machine"));

	gtk_widget_add_css_class(box, "form");
	gtk_widget_add_css_class(hint, "dim");
	gtk_label_set_wrap(GTK_LABEL(hint), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(hint), 36);
	gtk_label_set_xalign(GTK_LABEL(hint), 0);
	gtk_entry_set_placeholder_text(GTK_ENTRY(entry), "ssh://user@host");
	gtk_editable_set_width_chars(GTK_EDITABLE(entry), 32);
	gtk_accessible_update_property(GTK_ACCESSIBLE(entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Target"), -1);
	g_signal_connect(entry, "activate", G_CALLBACK(connect_entered), window);
	gtk_box_append(GTK_BOX(box), entry);
	gtk_box_append(GTK_BOX(box), hint);
	gtk_popover_set_child(GTK_POPOVER(popover), box);
	gtk_popover_popup(GTK_POPOVER(popover));
	gtk_widget_grab_focus(entry);
}

/* --- its hardware as a project ----------------------------------------------- */

static void import_named(const char *text, gpointer data)
{
	g_autofree char *name = g_strdup(text ? text : "");

	if (*g_strstrip(name))
		jhw_window_import_target(data, name);
}

void jhw_window_choose_import(JhwWindow *window)
{
	const JhwQuestion question = {
		.title = _("From a target"),
		.text = _("Its hardware is read as root, and nothing is left there.\n"
			  "ssh://[USER@]HOST[:PORT], emu://BOARD, or local for this machine"),
		.answer = _("C_ollect"),
		.entry = JHW_QUESTION_TEXT,
		.answered = import_named,
		.data = window,
	};

	jhw_question_open(&window->import_question, GTK_WINDOW(window), &question);
}

/* --- what it asks ------------------------------------------------------------ */

static void answered(const char *text, gpointer data)
{
	jhw_target_answer(JHW_WINDOW(data)->target, text);
}

static void trust_answered(const char *text, gpointer data)
{
	jhw_target_answer(JHW_WINDOW(data)->target, text ? "yes" : NULL);
}

static void asked(JhwTarget *target, int kind, const char *prompt, JhwWindow *window)
{
	const JhwQuestion question = {
		.title = jhw_target_name(target),
		.text = prompt,
		.answer = kind == JHCFG_ASK_TRUST ? _("_Trust and Connect") : _("_Connect"),
		.entry = kind == JHCFG_ASK_PASSWORD ? JHW_QUESTION_SECRET
			 : kind == JHCFG_ASK_TEXT   ? JHW_QUESTION_TEXT
						    : JHW_QUESTION_PLAIN,
		.answered = kind == JHCFG_ASK_TRUST ? trust_answered : answered,
		.data = window,
	};

	g_clear_pointer(&window->question, gtk_window_destroy);
	jhw_question_open(&window->question, GTK_WINDOW(window), &question);
}

/* --- following it ------------------------------------------------------------ */

static void log_state(JhwWindow *window)
{
	const char *name = jhw_target_name(window->target);
	const char *reason = jhw_target_reason(window->target);
	JhwTargetState state = jhw_target_state(window->target);

	if (!name || state == window->target_state)
		return;
	window->target_state = state;
	jhw_log_add(window->log, state == JHW_TARGET_LOST ? JHCFG_WARNING : JHCFG_INFO,
		    "%s: %s%s%s", name, jhw_target_state_text(window->target), *reason ? ": " : "",
		    reason);
}

static void show_target(JhwWindow *window)
{
	const char *name = jhw_target_name(window->target);
	g_autofree char *words =
		g_strjoin(", ", name ? name : _("No target"),
			  name ? jhw_target_state_text(window->target) : NULL, NULL);

	jhw_accessible_name(window->target_button, words);
	gtk_label_set_text(GTK_LABEL(window->target_name), name ? name : _("No target"));
	gtk_label_set_text(GTK_LABEL(window->target_words),
			   name ? jhw_target_state_text(window->target) : "");
	gtk_widget_set_visible(window->target_words, name != NULL);
	jhw_tooltip_set(window->target_button, *jhw_target_reason(window->target)
						       ? jhw_target_reason(window->target)
						       : _("Where the project is to run"));
	jhw_tooltip_set(window->deploy_button,
			jhw_target_is_recording(window->target)
				? _("Nothing can be deployed to a recording")
				: _("See what it takes to have the target run this project"));
	for (guint n = 0; n <= JHW_TARGET_ENABLED; n++)
		gtk_widget_remove_css_class(window->target_dot, jhw_target_state_class(n));
	gtk_widget_add_css_class(window->target_dot,
				 jhw_target_state_class(jhw_target_state(window->target)));
}

static void changed(JhwWindow *window)
{
	if (jhw_target_state(window->target) != JHW_TARGET_ASKING)
		g_clear_pointer(&window->question, gtk_window_destroy);
	log_state(window);
	show_target(window);
	jhw_window_update_actions(window);
}

void jhw_window_follow_target(JhwWindow *window)
{
	gtk_menu_button_set_create_popup_func(GTK_MENU_BUTTON(window->target_button), fill_menu,
					      NULL, NULL);
	g_signal_connect_object(window->target, "changed", G_CALLBACK(changed), window,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(window->target, "question", G_CALLBACK(asked), window, 0);
	show_target(window);
}

/* --- deploying --------------------------------------------------------------- */

void jhw_window_show_targets(JhwWindow *window)
{
	gtk_menu_button_popup(GTK_MENU_BUTTON(window->target_button));
}

/* One that was named is not to be chosen again. */
static void want_target(JhwWindow *window)
{
	const char *name = jhw_target_name(window->target);

	if (!name) {
		jhw_window_show_targets(window);
		jhw_session_notice(window->session, "%s",
				   _("Choose the target that the project is to run on"));
	} else if (jhw_target_state(window->target) == JHW_TARGET_LOST) {
		jhw_session_notice(window->session, _("%s is not connected: trying again"), name);
		jhw_target_reconnect(window->target);
	} else {
		jhw_session_notice(window->session, _("%s is not connected yet"), name);
	}
}

void jhw_window_deploy(JhwWindow *window)
{
	gtk_stack_set_visible_child_name(GTK_STACK(window->pages), "run");
	if (jhw_target_is_ready(window->target))
		jhw_run_side_plan(window->run_side);
	else
		want_target(window);
}
