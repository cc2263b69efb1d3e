// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/deploy.h"

#include "model/deployed.h"
#include "model/error.h"
#include "model/text.h"

struct _JhwDeploy {
	GObject parent_instance;
	JhwDocument *document;
	JhwTarget *target;
	struct jhcfg_deploy *deploy; /* NULL: there is none */
	GListStore *steps;
	GListStore *problems;
	/* what it leaves there; looks that began before that say nothing of it */
	JhwDeployed *deployed;
	gboolean is_over;
	guint64 looks;
	gboolean is_away; /* the target is not reached */
};

G_DEFINE_FINAL_TYPE(JhwDeploy, jhw_deploy, G_TYPE_OBJECT)

static guint changed_signal; /* set once, with the class */

/* --- following it ------------------------------------------------------------ */

static void show_problems(JhwDeploy *deploy)
{
	const struct jhcfg_findings *findings = jhcfg_deploy_findings(deploy->deploy);
	const struct jhcfg_finding *finding;

	if (!findings || g_list_model_get_n_items(G_LIST_MODEL(deploy->problems)))
		return;
	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++) {
		g_autoptr(JhwProblem) problem = NULL;

		if (finding->waived || finding->severity == JHCFG_INFO)
			continue;
		problem = jhw_problem_new(finding);
		g_list_store_append(deploy->problems, problem);
	}
}

/* Those that are new come at the end: of the way back. */
static void show_steps(JhwDeploy *deploy)
{
	const struct jhcfg_deploy_step *step;
	guint count = g_list_model_get_n_items(G_LIST_MODEL(deploy->steps));

	for (; (step = jhcfg_deploy_step(deploy->deploy, count)); count++) {
		g_autoptr(JhwDeployStep) object = jhw_deploy_step_new(step);

		g_list_store_append(deploy->steps, object);
	}
}

/* Nothing is left to be done: the target runs the project, or did so. */
static gboolean is_deployed(JhwDeploy *deploy)
{
	switch (jhcfg_deploy_phase(deploy->deploy)) {
	case JHCFG_DEPLOY_PLANNED:
		return jhcfg_deploy_num_steps(deploy->deploy) == 0;
	case JHCFG_DEPLOY_DONE:
		return TRUE;
	default:
		return FALSE;
	}
}

static void note_end(JhwDeploy *deploy)
{
	const struct jhcfg_deploy_step *step;

	if (deploy->is_over || !is_deployed(deploy))
		return;
	deploy->is_over = TRUE;
	deploy->looks = jhw_target_looks(deploy->target);
	for (size_t n = 0; (step = jhcfg_deploy_step(deploy->deploy, n)); n++)
		if (step->kind == JHCFG_DEPLOY_START)
			jhw_deployed_started(deploy->deployed, step->object);
}

/* What runs there is looked at for as long as it is said to run. */
static void follow_target(JhwDeploy *deploy)
{
	g_autofree char *before = NULL;
	gboolean was_away = deploy->is_away;

	if (!deploy->is_over)
		return;
	before = g_strdup(jhw_deployed_changes(deploy->deployed));
	deploy->is_away = !jhw_target_is_ready(deploy->target);
	if (jhw_target_has_looked(deploy->target, deploy->looks))
		jhw_deployed_look(deploy->deployed, jhw_target_status(deploy->target));
	if (deploy->is_away != was_away ||
	    !g_str_equal(before, jhw_deployed_changes(deploy->deployed)))
		g_signal_emit(deploy, changed_signal, 0);
}

static const char *end_headline(JhwDeploy *deploy)
{
	if (*jhw_deployed_changes(deploy->deployed))
		return _("The target does not run the project any more");
	if (deploy->is_away)
		return _("The target ran the project when it was last seen");
	if (jhcfg_deploy_phase(deploy->deploy) == JHCFG_DEPLOY_PLANNED)
		return _("The target runs the project already");
	return _("The target runs the project");
}

static void on_changed(struct jhcfg_deploy *handle, void *user)
{
	JhwDeploy *deploy = user;

	if (deploy->deploy != handle)
		return; /* it is being made */
	show_steps(deploy);
	if (jhcfg_deploy_phase(handle) != JHCFG_DEPLOY_LOOKING)
		show_problems(deploy);
	note_end(deploy);
	/* cells come and go with it */
	jhw_target_refresh(deploy->target);
	g_signal_emit(deploy, changed_signal, 0);
}

static void on_step(struct jhcfg_deploy *handle, void *user, size_t index)
{
	JhwDeploy *deploy = user;
	g_autoptr(JhwDeployStep) step = NULL;
	enum jhcfg_deploy_state before;

	if (deploy->deploy != handle)
		return;
	show_steps(deploy);
	step = g_list_model_get_item(G_LIST_MODEL(deploy->steps), (guint)index);
	if (!step)
		return;
	before = jhw_deploy_step_state(step);
	jhw_deploy_step_update(step, jhcfg_deploy_step(handle, index));
	if (jhw_deploy_step_state(step) == before)
		return; /* only the step itself shows how much was sent */
	if (jhw_deploy_step_state(step) == JHCFG_DEPLOY_SUCCEEDED)
		jhw_target_refresh(deploy->target);
	/* how many are done */
	g_signal_emit(deploy, changed_signal, 0);
}

/* --- its life ---------------------------------------------------------------- */

static void end(JhwDeploy *deploy)
{
	g_clear_pointer(&deploy->deploy, jhcfg_deploy_free);
	g_clear_pointer(&deploy->deployed, jhw_deployed_free);
	deploy->is_over = deploy->is_away = FALSE;
	g_list_store_remove_all(deploy->steps);
	g_list_store_remove_all(deploy->problems);
}

void jhw_deploy_forget(JhwDeploy *deploy)
{
	if (!deploy->deploy)
		return;
	end(deploy);
	g_signal_emit(deploy, changed_signal, 0);
}

static void set_not_connected(JhwDeploy *deploy, GError **error)
{
	const char *name = jhw_target_name(deploy->target);
	g_autofree char *text = name ? g_strdup_printf(_("%s is not connected"), name) : NULL;

	g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
			    name ? text : _("There is no target yet: choose one in the header"));
}

gboolean jhw_deploy_begin(JhwDeploy *deploy, const struct jhcfg_deploy_options *options,
			  GError **error)
{
	const struct jhcfg_deploy_handler handler = { on_changed, on_step, deploy };
	struct jhcfg_deploy_options all = options ? *options : (struct jhcfg_deploy_options){ 0 };
	const char *path = jhw_document_path(deploy->document);
	g_autofree char *folder = path ? g_path_get_dirname(path) : NULL;
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	int err;

	if (!jhw_target_is_ready(deploy->target)) {
		set_not_connected(deploy, error);
		return FALSE;
	}
	end(deploy);
	all.folder = folder;
	deploy->deployed = jhw_deployed_new(jhw_document_workspace(deploy->document), all.scenario);
	err = jhcfg_deploy_begin(jhw_target_handle(deploy->target),
				 jhw_document_workspace(deploy->document), &all, &handler, diags,
				 &deploy->deploy);
	if (err) {
		deploy->deploy = NULL;
		jhw_error_take(error, err, diags);
	}
	g_signal_emit(deploy, changed_signal, 0);
	return !err;
}

void jhw_deploy_run(JhwDeploy *deploy)
{
	if (!deploy->deploy)
		return;
	deploy->is_over = FALSE;
	jhcfg_deploy_run(deploy->deploy);
}

void jhw_deploy_stop(JhwDeploy *deploy)
{
	if (deploy->deploy)
		jhcfg_deploy_stop(deploy->deploy);
}

/* --- what it says ------------------------------------------------------------ */

gboolean jhw_deploy_is_there(JhwDeploy *deploy)
{
	return deploy->deploy != NULL;
}

enum jhcfg_deploy_phase jhw_deploy_phase(JhwDeploy *deploy)
{
	g_return_val_if_fail(deploy->deploy, JHCFG_DEPLOY_FAILED);
	return jhcfg_deploy_phase(deploy->deploy);
}

gboolean jhw_deploy_is_busy(JhwDeploy *deploy)
{
	static const gboolean busy[] = {
		[JHCFG_DEPLOY_LOOKING] = TRUE,
		[JHCFG_DEPLOY_RUNNING] = TRUE,
		[JHCFG_DEPLOY_ROLLING_BACK] = TRUE,
		[JHCFG_DEPLOY_FAILED] = FALSE,
	};

	return deploy->deploy && busy[jhcfg_deploy_phase(deploy->deploy)];
}

gboolean jhw_deploy_may_run(JhwDeploy *deploy)
{
	return deploy->deploy && jhcfg_deploy_may_run(deploy->deploy);
}

/* Steps that are done, and all of them; the way back is another list. */
static void count_steps(JhwDeploy *deploy, gboolean back, guint *done, guint *all)
{
	const struct jhcfg_deploy_step *step;

	*done = *all = 0;
	for (size_t n = 0; (step = jhcfg_deploy_step(deploy->deploy, n)); n++) {
		if (!!step->back != back)
			continue;
		++*all;
		*done += step->state == JHCFG_DEPLOY_SUCCEEDED;
	}
}

static char *failure(JhwDeploy *deploy)
{
	guint done, all;

	count_steps(deploy, TRUE, &done, &all);
	if (!all)
		return g_strdup(_("It cannot be deployed"));
	return g_strdup(done == all ? _("It failed; what was done has been taken back")
				    : _("It failed, and not all could be taken back"));
}

char *jhw_deploy_headline(JhwDeploy *deploy)
{
	guint done, all;

	if (!deploy->deploy)
		return g_strdup("");
	count_steps(deploy, FALSE, &done, &all);
	if (deploy->is_over)
		return g_strdup(end_headline(deploy));
	switch (jhcfg_deploy_phase(deploy->deploy)) {
	case JHCFG_DEPLOY_LOOKING:
		return g_strdup(_("Looking at the target"));
	case JHCFG_DEPLOY_PLANNED:
		return g_strdup_printf(ngettext("%u step", "%u steps", all), all);
	case JHCFG_DEPLOY_RUNNING:
		return g_strdup_printf(_("Step %u of %u"), MIN(done + 1, all), all);
	case JHCFG_DEPLOY_ROLLING_BACK:
		return g_strdup(_("Taking back what was done"));
	default:
		return failure(deploy);
	}
}

const char *jhw_deploy_note(JhwDeploy *deploy)
{
	if (!deploy->deploy)
		return "";
	return deploy->is_over ? jhw_deployed_changes(deploy->deployed)
			       : jhcfg_deploy_note(deploy->deploy);
}

GListModel *jhw_deploy_steps(JhwDeploy *deploy)
{
	return G_LIST_MODEL(deploy->steps);
}

GListModel *jhw_deploy_problems(JhwDeploy *deploy)
{
	return G_LIST_MODEL(deploy->problems);
}

char **jhw_deploy_messages(JhwDeploy *deploy)
{
	GPtrArray *lines = g_ptr_array_new();
	const struct jhcfg_diag *diag;

	for (size_t n = 0;
	     deploy->deploy && (diag = jhcfg_diags_get(jhcfg_deploy_diags(deploy->deploy), n));
	     n++) {
		g_autofree char *line = g_strdup_printf(
			"%s%s%s%s%s", diag->object, *diag->object ? ": " : "", diag->text,
			*diag->hint ? " \342\200\224 " : "", diag->hint);

		g_ptr_array_add(lines, g_utf8_make_valid(line, -1));
	}
	g_ptr_array_add(lines, NULL);
	return (char **)g_ptr_array_free(lines, FALSE);
}

/* --- object ------------------------------------------------------------------ */

static void jhw_deploy_dispose(GObject *object)
{
	JhwDeploy *deploy = JHW_DEPLOY(object);

	if (deploy->steps)
		end(deploy);
	g_clear_object(&deploy->steps);
	g_clear_object(&deploy->problems);
	g_clear_object(&deploy->document);
	g_clear_object(&deploy->target);
	G_OBJECT_CLASS(jhw_deploy_parent_class)->dispose(object);
}

static void jhw_deploy_class_init(JhwDeployClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_deploy_dispose;
	changed_signal = g_signal_new("changed", JHW_TYPE_DEPLOY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
				      NULL, G_TYPE_NONE, 0);
}

static void jhw_deploy_init(JhwDeploy *deploy)
{
	deploy->steps = g_list_store_new(JHW_TYPE_DEPLOY_STEP);
	deploy->problems = g_list_store_new(JHW_TYPE_PROBLEM);
}

JhwDeploy *jhw_deploy_new(JhwDocument *document, JhwTarget *target)
{
	JhwDeploy *deploy = g_object_new(JHW_TYPE_DEPLOY, NULL);

	deploy->document = g_object_ref(document);
	deploy->target = g_object_ref(target);
	g_signal_connect_object(target, "closing", G_CALLBACK(jhw_deploy_forget), deploy,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(target, "changed", G_CALLBACK(follow_target), deploy,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(target, "sampled", G_CALLBACK(follow_target), deploy,
				G_CONNECT_SWAPPED);
	return deploy;
}
