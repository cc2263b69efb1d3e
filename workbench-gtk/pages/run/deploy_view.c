// SPDX-License-Identifier: GPL-2.0-or-later
/* The deploy: what it would do, how far it is, what came of it. */
#include "model/text.h"
#include "pages/run/side.h"
#include "pages/run/step_row.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"
#include "widgets/trace.h"

#define KEY "jhw-view"

struct view {
	JhwSession *session;
	JhwDeploy *deploy;
	GtkWidget *headline;
	GtkWidget *note;
	GtkWidget *scenario; /* which of them; hidden if there is no choice */
	GtkWidget *steps;    /* a list box over the model */
	GtkWidget *problems;
	GtkWidget *messages;
	GtkWidget *plan, *run, *anyway, *cancel;
	gboolean force;
	gboolean updating;
	char *said; /* last headline that was traced */
};

/* --- what can be done -------------------------------------------------------- */

/* The one that is looked at, else what the list shows. */
static const char *chosen_scenario(struct view *view)
{
	const char *looked_at = jhw_session_scenario(view->session);
	guint index = gtk_drop_down_get_selected(GTK_DROP_DOWN(view->scenario));
	const struct jhcfg_scenario *scenario;

	if (looked_at || index == GTK_INVALID_LIST_POSITION)
		return looked_at;
	scenario = jhcfg_workspace_scenario(jhw_session_workspace(view->session), index);
	return scenario ? scenario->name : NULL;
}

static void begin(struct view *view, gboolean force)
{
	const struct jhcfg_deploy_options options = {
		.scenario = chosen_scenario(view),
		.force = force,
	};
	GError *error = NULL;

	view->force = force;
	if (!jhw_deploy_begin(view->deploy, &options, &error))
		jhw_session_complain(view->session, error);
}

static void plan(struct view *view)
{
	begin(view, FALSE);
}

void jhw_deploy_view_plan(GtkWidget *widget)
{
	struct view *view = g_object_get_data(G_OBJECT(widget), KEY);

	if (!jhw_deploy_is_busy(view->deploy) && gtk_widget_get_sensitive(view->plan))
		plan(view);
}

static void plan_anyway(struct view *view)
{
	begin(view, TRUE);
}

static void run(struct view *view)
{
	jhw_deploy_run(view->deploy);
}

static void cancel(struct view *view)
{
	if (jhw_deploy_is_there(view->deploy) &&
	    jhw_deploy_phase(view->deploy) == JHCFG_DEPLOY_RUNNING)
		jhw_deploy_stop(view->deploy);
	else
		jhw_deploy_forget(view->deploy);
}

/* --- what is seen ------------------------------------------------------------ */

static void show_messages(struct view *view)
{
	g_auto(GStrv) lines = jhw_deploy_messages(view->deploy);
	g_autofree char *text = g_strjoinv("\n", lines);

	gtk_label_set_text(GTK_LABEL(view->messages), text);
	gtk_widget_set_visible(view->messages, *text);
}

static void show_problems(struct view *view)
{
	GListModel *problems = jhw_deploy_problems(view->deploy);
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(view->problems)))
		gtk_box_remove(GTK_BOX(view->problems), child);
	for (guint n = 0; n < g_list_model_get_n_items(problems); n++) {
		g_autoptr(JhwProblem) problem = g_list_model_get_item(problems, n);
		gboolean bad = jhw_problem_severity(problem) == JHCFG_ERROR;
		g_autofree char *below = g_strdup_printf("%s\n%s", jhw_problem_message(problem),
							 jhw_problem_advice(problem));

		gtk_box_append(GTK_BOX(view->problems),
			       jhw_sign_row_new(jhw_problem_rule(problem)->id, "",
						bad ? "\342\234\227" : "!",
						bad ? "sign-problem" : "sign-advice", below));
	}
	gtk_widget_set_visible(view->problems, gtk_widget_get_first_child(view->problems) != NULL);
}

static void show_buttons(struct view *view)
{
	gboolean there = jhw_deploy_is_there(view->deploy);
	gboolean busy = jhw_deploy_is_busy(view->deploy);
	gboolean planned = there && jhw_deploy_phase(view->deploy) == JHCFG_DEPLOY_PLANNED;
	gboolean may = jhw_deploy_may_run(view->deploy);
	gboolean steps = g_list_model_get_n_items(jhw_deploy_steps(view->deploy)) > 0;

	gtk_widget_set_visible(view->plan, !busy);
	jhw_button_set_label(view->plan, there ? _("_Plan Again") : _("_Plan"));
	gtk_widget_set_visible(view->run, planned && may && steps);
	gtk_widget_set_visible(view->anyway, planned && !may && !view->force);
	gtk_widget_set_visible(view->cancel, busy || planned);
	gtk_widget_set_sensitive(view->cancel, !there || jhw_deploy_phase(view->deploy) !=
								 JHCFG_DEPLOY_ROLLING_BACK);
}

/* Nothing runs on a recording: there is nothing to plan. */
static void follow_target(struct view *view)
{
	gboolean recording = jhw_target_is_recording(jhw_session_target(view->session));

	gtk_widget_set_sensitive(view->plan, !recording);
	jhw_tooltip_set(view->plan, recording ? _("Nothing can be deployed to a recording") : NULL);
}

static void trace_headline(struct view *view, const char *text)
{
	if (!g_strcmp0(view->said, text))
		return;
	g_free(view->said);
	view->said = g_strdup(text);
	jhw_trace("deploy %s", text);
}

static void update(struct view *view)
{
	g_autofree char *headline = jhw_deploy_headline(view->deploy);
	const char *note = jhw_deploy_note(view->deploy);

	gtk_label_set_text(GTK_LABEL(view->headline),
			   *headline ? headline
				     : _("See what it takes to have the target run this project."));
	gtk_label_set_text(GTK_LABEL(view->note), note);
	gtk_widget_set_visible(view->note, *note);
	gtk_widget_set_visible(view->steps,
			       g_list_model_get_n_items(jhw_deploy_steps(view->deploy)) > 0);
	show_problems(view);
	show_messages(view);
	show_buttons(view);
	trace_headline(view, headline);
}

static void scenario_chosen(struct view *view)
{
	guint index = gtk_drop_down_get_selected(GTK_DROP_DOWN(view->scenario));
	const struct jhcfg_scenario *scenario =
		jhcfg_workspace_scenario(jhw_session_workspace(view->session), index);

	if (!view->updating && scenario)
		jhw_session_set_scenario(view->session, scenario->name);
}

/* The names in the list are those of the project as it is now. */
static void follow_scenarios(struct view *view)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(view->session);
	const char *looked_at = jhw_session_scenario(view->session);
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	const struct jhcfg_scenario *scenario;
	guint count = 0, selected = 0;

	for (; (scenario = jhcfg_workspace_scenario(workspace, count)); count++) {
		gtk_string_list_append(names, scenario->name);
		if (!g_strcmp0(scenario->name, looked_at))
			selected = count;
	}
	view->updating = TRUE;
	gtk_drop_down_set_model(GTK_DROP_DOWN(view->scenario), G_LIST_MODEL(names));
	gtk_drop_down_set_selected(GTK_DROP_DOWN(view->scenario), selected);
	view->updating = FALSE;
	gtk_widget_set_visible(view->scenario, count > 1);
}

/* What was planned is not what the project says now. */
static void document_changed(struct view *view)
{
	follow_scenarios(view);
	if (jhw_deploy_is_there(view->deploy) &&
	    jhw_deploy_phase(view->deploy) == JHCFG_DEPLOY_PLANNED)
		jhw_deploy_forget(view->deploy);
}

/* --- the view ---------------------------------------------------------------- */

static GtkWidget *new_row(gpointer step, G_GNUC_UNUSED gpointer data)
{
	GtkWidget *row = gtk_list_box_row_new();

	gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(row), FALSE);
	gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), jhw_step_row_new(step));
	gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       jhw_deploy_step_title(step), -1);
	return row;
}

static GtkWidget *new_label(const char *class)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
	if (class)
		gtk_widget_add_css_class(label, class);
	return label;
}

static GtkWidget *add_button(struct view *view, GtkWidget *box, const char *label,
			     const char *class, void (*clicked)(struct view *view))
{
	GtkWidget *button = jhw_button_new(label);

	if (class)
		gtk_widget_add_css_class(button, class);
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(clicked), view);
	gtk_box_append(GTK_BOX(box), button);
	return button;
}

static GtkWidget *new_buttons(struct view *view)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	gtk_widget_set_halign(box, GTK_ALIGN_END);
	view->cancel = add_button(view, box, _("_Cancel"), NULL, cancel);
	view->plan = add_button(view, box, _("_Plan"), NULL, plan);
	view->anyway = add_button(view, box, _("Plan _Anyway"), "destructive-action", plan_anyway);
	view->run = add_button(view, box, _("_Deploy"), "suggested-action", run);
	return box;
}

static void free_view(gpointer data)
{
	struct view *view = data;

	g_signal_handlers_disconnect_by_data(view->deploy, view);
	g_signal_handlers_disconnect_by_data(view->session, view);
	g_signal_handlers_disconnect_by_data(jhw_session_target(view->session), view);
	g_signal_handlers_disconnect_by_data(jhw_session_document(view->session), view);
	g_object_unref(view->deploy);
	g_object_unref(view->session);
	g_free(view->said);
	g_free(view);
}

static GtkWidget *new_steps(struct view *view)
{
	GtkWidget *list = gtk_list_box_new();

	gtk_widget_add_css_class(list, "card");
	gtk_widget_add_css_class(list, "steps");
	gtk_list_box_set_selection_mode(GTK_LIST_BOX(list), GTK_SELECTION_NONE);
	gtk_list_box_bind_model(GTK_LIST_BOX(list), jhw_deploy_steps(view->deploy), new_row, NULL,
				NULL);
	gtk_accessible_update_property(GTK_ACCESSIBLE(list), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Steps of the deploy"), -1);
	return list;
}

GtkWidget *jhw_deploy_view_new(JhwSession *session)
{
	struct view *view = g_new0(struct view, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	GtkWidget *heading = gtk_label_new(_("DEPLOY"));

	view->session = g_object_ref(session);
	view->deploy = g_object_ref(jhw_session_deploy(session));
	view->headline = new_label(NULL);
	view->note = new_label("dim");
	view->messages = new_label("dim");
	gtk_label_set_selectable(GTK_LABEL(view->messages), TRUE);
	gtk_widget_set_focusable(view->messages, FALSE);
	view->scenario = gtk_drop_down_new(NULL, NULL);
	jhw_accessible_name(view->scenario, _("Scenario"));
	view->steps = new_steps(view);
	view->problems = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	gtk_widget_add_css_class(view->problems, "card");
	gtk_label_set_xalign(GTK_LABEL(heading), 0);
	gtk_widget_add_css_class(heading, "heading");
	gtk_box_append(GTK_BOX(box), heading);
	gtk_box_append(GTK_BOX(box), view->scenario);
	gtk_box_append(GTK_BOX(box), view->headline);
	gtk_box_append(GTK_BOX(box), view->note);
	gtk_box_append(GTK_BOX(box), new_buttons(view));
	gtk_box_append(GTK_BOX(box), view->steps);
	gtk_box_append(GTK_BOX(box), view->problems);
	gtk_box_append(GTK_BOX(box), view->messages);
	g_object_set_data_full(G_OBJECT(box), KEY, view, free_view);
	g_signal_connect_swapped(view->deploy, "changed", G_CALLBACK(update), view);
	g_signal_connect_swapped(jhw_session_document(session), "changed",
				 G_CALLBACK(document_changed), view);
	g_signal_connect_swapped(view->scenario, "notify::selected", G_CALLBACK(scenario_chosen),
				 view);
	g_signal_connect_swapped(session, "scenario-changed", G_CALLBACK(document_changed), view);
	g_signal_connect_swapped(jhw_session_target(session), "changed", G_CALLBACK(follow_target),
				 view);
	follow_scenarios(view);
	follow_target(view);
	update(view);
	return box;
}
