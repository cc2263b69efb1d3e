// SPDX-License-Identifier: GPL-2.0-or-later
#include "panels/problem_actions.h"

#include "model/text.h"
#include "widgets/accessible.h"
#include "widgets/popover.h"

struct question {
	JhwSession *session;
	JhwProblem *problem;
	GtkWidget *popover;
	GtkWidget *entry;
};

static void free_question(gpointer data)
{
	struct question *question = data;

	g_object_unref(question->session);
	g_object_unref(question->problem);
	g_free(question);
}

static struct question *ask(GtkWidget *widget, JhwSession *session, JhwProblem *problem)
{
	struct question *question = g_new0(struct question, 1);

	question->session = g_object_ref(session);
	question->problem = g_object_ref(problem);
	question->popover = jhw_popover_new(widget, question, free_question);
	return question;
}

static GtkWidget *new_text(const char *text, const char *class)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 60);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_widget_add_css_class(label, class);
	return label;
}

static void finish(struct question *question, GError *error)
{
	g_autoptr(JhwSession) session = g_object_ref(question->session);

	gtk_popover_popdown(GTK_POPOVER(question->popover));
	jhw_session_complain(session, error);
}

static void show(struct question *question, GtkWidget *box, const char *action, GCallback callback)
{
	GtkWidget *button = jhw_button_new(action);

	gtk_widget_add_css_class(box, "form");
	gtk_widget_add_css_class(button, "suggested-action");
	gtk_widget_set_halign(button, GTK_ALIGN_END);
	gtk_box_append(GTK_BOX(box), button);
	g_signal_connect_swapped(button, "clicked", callback, question);
	gtk_popover_set_child(GTK_POPOVER(question->popover), box);
	gtk_popover_set_default_widget(GTK_POPOVER(question->popover), button);
	gtk_popover_popup(GTK_POPOVER(question->popover));
}

static void apply_fix(struct question *question)
{
	GError *error = NULL;

	jhw_problem_fix(question->problem, jhw_session_document(question->session), &error);
	finish(question, error);
}

void jhw_fix_open(GtkWidget *widget, JhwSession *session, JhwProblem *problem)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	GError *error = NULL;
	g_autofree char *changes =
		jhw_problem_preview_fix(problem, jhw_session_document(session), &error);
	g_autofree char *title = g_strdup_printf(
		_("This %s."), jhw_problem_rule(problem)->fix ? jhw_problem_rule(problem)->fix
							      : _("changes the project"));

	if (error) {
		jhw_session_complain(session, error);
		return;
	}
	gtk_box_append(GTK_BOX(box), new_text(title, "strong"));
	gtk_box_append(GTK_BOX(box), new_text(changes, "address"));
	show(ask(widget, session, problem), box, _("_Apply"), G_CALLBACK(apply_fix));
}

static void apply_waiver(struct question *question)
{
	const char *reason = gtk_editable_get_text(GTK_EDITABLE(question->entry));
	GError *error = NULL;

	if (!*reason) {
		gtk_widget_grab_focus(question->entry);
		gtk_widget_add_css_class(question->entry, "error");
		return;
	}
	jhw_problem_waive(question->problem, jhw_session_document(question->session), reason,
			  &error);
	finish(question, error);
}

void jhw_waive_open(GtkWidget *widget, JhwSession *session, JhwProblem *problem)
{
	GtkWidget *box;
	struct question *question;
	GError *error = NULL;

	if (jhw_problem_waiver(problem)) {
		jhw_problem_waive(problem, jhw_session_document(session), NULL, &error);
		jhw_session_complain(session, error);
		return;
	}
	box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	question = ask(widget, session, problem);
	question->entry = gtk_entry_new();
	gtk_entry_set_placeholder_text(GTK_ENTRY(question->entry), _("Why this is all right here"));
	gtk_editable_set_width_chars(GTK_EDITABLE(question->entry), 40);
	gtk_entry_set_activates_default(GTK_ENTRY(question->entry), TRUE);
	gtk_box_append(GTK_BOX(box), new_text(jhw_problem_message(problem), "strong"));
	gtk_box_append(GTK_BOX(box), question->entry);
	show(question, box, _("_Waive"), G_CALLBACK(apply_waiver));
}
