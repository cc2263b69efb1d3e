// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/page.h"

#include "model/text.h"
#include "pages/run/bar.h"
#include "pages/run/card_list.h"
#include "pages/run/live.h"
#include "pages/run/no_target.h"
#include "pages/run/replay.h"
#include "widgets/accessible.h"
#include "widgets/follow.h"
#include "widgets/popover.h"
#include "widgets/trace.h"

struct _JhwRunPage {
	GtkWidget parent_instance;
	JhwSession *session;
	GtkWidget *box;
	GtkWidget *none; /* in place of what a target has */
	GtkWidget *bar;
	GtkWidget *cards;
	GtkWidget *live;
	JhwTargetState said; /* last state that was traced */
};

G_DEFINE_FINAL_TYPE(JhwRunPage, jhw_run_page, GTK_TYPE_WIDGET)

static void jhw_run_page_dispose(GObject *object)
{
	JhwRunPage *page = JHW_RUN_PAGE(object);

	g_clear_pointer(&page->box, gtk_widget_unparent);
	g_clear_object(&page->session);
	G_OBJECT_CLASS(jhw_run_page_parent_class)->dispose(object);
}

/* --- what is done on the target ---------------------------------------------- */

/* Something that was asked for, until it is done. */
struct task {
	JhwSession *session;
	char *done; /* what to say then */
	const char *words[5];
	char *name;
};

static void free_task(struct task *task)
{
	g_object_unref(task->session);
	g_free(task->done);
	g_free(task->name);
	g_free(task);
}

static void managed(GObject *source, GAsyncResult *result, gpointer data)
{
	struct task *task = data;
	GError *error = NULL;

	if (jhw_target_manage_finish(JHW_TARGET(source), result, &error))
		jhw_session_notice(task->session, "%s", task->done);
	else
		jhw_session_complain(task->session, error);
	free_task(task);
}

static struct task *new_task(JhwRunPage *page, const char *name)
{
	struct task *task = g_new0(struct task, 1);

	task->session = g_object_ref(page->session);
	task->name = g_strdup(name);
	return task;
}

static void run_task(struct task *task)
{
	jhw_target_manage_async(jhw_session_target(task->session), task->words, NULL, managed,
				task);
}

/* --- asking first ------------------------------------------------------------ */

static void confirmed(GtkWidget *button)
{
	GtkWidget *popover = gtk_widget_get_ancestor(button, GTK_TYPE_POPOVER);
	struct task *task = jhw_popover_take(popover);

	gtk_popover_popdown(GTK_POPOVER(popover));
	if (task)
		run_task(task);
}

static void ask(GtkWidget *at, struct task *task, const char *text, const char *verb)
{
	GtkWidget *popover = jhw_popover_new(at, task, (GDestroyNotify)free_task);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 10);
	GtkWidget *label = gtk_label_new(text), *button = jhw_button_new(verb);

	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 36);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_widget_add_css_class(box, "form");
	gtk_widget_add_css_class(button, "destructive-action");
	gtk_widget_set_halign(button, GTK_ALIGN_END);
	gtk_box_append(GTK_BOX(box), label);
	gtk_box_append(GTK_BOX(box), button);
	gtk_popover_set_child(GTK_POPOVER(popover), box);
	g_signal_connect(button, "clicked", G_CALLBACK(confirmed), NULL);
	gtk_popover_popup(GTK_POPOVER(popover));
}

/* --- actions ----------------------------------------------------------------- */

static const struct {
	const char *verb, *done, *question, *answer;
} cell_verbs[] = {
	{ "start", N_("Started cell %s"), NULL, NULL },
	{ "shutdown", N_("Shut down cell %s"), NULL, NULL },
	{ "destroy", N_("Destroyed cell %s"),
	  N_("Destroy cell %s? It ends at once, and its CPUs, memory and devices go back to "
	     "Linux."),
	  N_("_Destroy") },
};

/* Names are those of cells, none is a format of ours. */
static char *with_name(const char *format, const char *name)
{
	g_auto(GStrv) parts = g_strsplit(format, "%s", 2);

	return g_strconcat(parts[0], name, parts[1], NULL);
}

static void cell_action(GtkWidget *widget, G_GNUC_UNUSED const char *action, GVariant *parameter)
{
	JhwRunPage *page = JHW_RUN_PAGE(widget);
	const char *verb, *name;

	g_variant_get(parameter, "(&s&s)", &verb, &name);
	for (guint n = 0; n < G_N_ELEMENTS(cell_verbs); n++) {
		g_autofree char *question = NULL;
		GtkWidget *card = jhw_card_list_find(page->cards, name);
		struct task *task;

		if (!g_str_equal(cell_verbs[n].verb, verb))
			continue;
		task = new_task(page, name);
		task->done = with_name(jhw_said(cell_verbs[n].done), name);
		task->words[0] = "cell";
		task->words[1] = cell_verbs[n].verb;
		task->words[2] = "--name";
		task->words[3] = task->name;
		if (!cell_verbs[n].question) {
			run_task(task);
			return;
		}
		question = with_name(jhw_said(cell_verbs[n].question), name);
		ask(card ? gtk_widget_get_last_child(gtk_widget_get_last_child(card)) : widget,
		    task, question, jhw_said(cell_verbs[n].answer));
		return;
	}
}

static void disable_action(GtkWidget *widget, G_GNUC_UNUSED const char *action,
			   G_GNUC_UNUSED GVariant *parameter)
{
	JhwRunPage *page = JHW_RUN_PAGE(widget);
	struct task *task = new_task(page, "");

	task->done = g_strdup(_("Disabled the hypervisor"));
	task->words[0] = "disable";
	ask(gtk_widget_get_last_child(page->bar), task,
	    _("Disable the hypervisor? All cells end at once, and Linux has the whole machine "
	      "again."),
	    _("_Disable"));
}

static void connect_action(GtkWidget *widget, G_GNUC_UNUSED const char *action,
			   G_GNUC_UNUSED GVariant *parameter)
{
	jhw_target_reconnect(jhw_session_target(JHW_RUN_PAGE(widget)->session));
}

static void show_action(GtkWidget *widget, G_GNUC_UNUSED const char *action, GVariant *part)
{
	jhw_run_live_show(JHW_RUN_PAGE(widget)->live, g_variant_get_string(part, NULL));
}

static void disconnect_action(GtkWidget *widget, G_GNUC_UNUSED const char *action,
			      G_GNUC_UNUSED GVariant *parameter)
{
	jhw_target_close(jhw_session_target(JHW_RUN_PAGE(widget)->session));
}

/* --- following ---------------------------------------------------------------- */

static void follow_document(gpointer page)
{
	jhw_card_list_update(((JhwRunPage *)page)->cards);
}

static void show_parts(JhwRunPage *page)
{
	gboolean any = jhw_target_state(jhw_session_target(page->session)) != JHW_TARGET_NONE;

	gtk_widget_set_visible(page->none, !any);
	gtk_widget_set_visible(page->bar, any);
	jhw_card_list_update(page->cards);
}

static void follow_target(JhwRunPage *page)
{
	JhwTarget *target = jhw_session_target(page->session);

	if (page->said != jhw_target_state(target)) {
		page->said = jhw_target_state(target);
		jhw_trace("target %s", jhw_target_state_text(target));
	}
	show_parts(page);
}

/* --- the page ------------------------------------------------------------------ */

static void jhw_run_page_class_init(JhwRunPageClass *class)
{
	GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_run_page_dispose;
	gtk_widget_class_set_layout_manager_type(widget, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_css_name(widget, "run");
	gtk_widget_class_install_action(widget, "run.connect", NULL, connect_action);
	gtk_widget_class_install_action(widget, "run.disconnect", NULL, disconnect_action);
	gtk_widget_class_install_action(widget, "run.show", "s", show_action);
	gtk_widget_class_install_action(widget, "run.cell", "(ss)", cell_action);
	gtk_widget_class_install_action(widget, "run.disable", NULL, disable_action);
}

static void jhw_run_page_init(G_GNUC_UNUSED JhwRunPage *page)
{
}

GtkWidget *jhw_run_page_new(JhwSession *session)
{
	JhwRunPage *page = g_object_new(JHW_TYPE_RUN_PAGE, NULL);
	JhwTarget *target = jhw_session_target(session);

	page->session = g_object_ref(session);
	page->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 10);
	page->bar = jhw_run_bar_new(session);
	page->none = jhw_no_target_new();
	page->cards = jhw_card_list_new(session);
	gtk_widget_add_css_class(page->box, "page");
	gtk_box_append(GTK_BOX(page->box), page->none);
	gtk_box_append(GTK_BOX(page->box), page->bar);
	gtk_box_append(GTK_BOX(page->box), jhw_replay_new(session));
	gtk_box_append(GTK_BOX(page->box), page->cards);
	page->live = jhw_run_live_new(session);
	gtk_box_append(GTK_BOX(page->box), page->live);
	gtk_widget_set_parent(page->box, GTK_WIDGET(page));
	jhw_follow_document(GTK_WIDGET(page), session, follow_document, page);
	g_signal_connect_object(target, "changed", G_CALLBACK(follow_target), page,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(target, "sampled", G_CALLBACK(follow_target), page,
				G_CONNECT_SWAPPED);
	show_parts(page);
	return GTK_WIDGET(page);
}
