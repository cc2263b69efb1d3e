// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/deploy_step.h"

#include "model/number.h"
#include "model/text.h"

struct _JhwDeployStep {
	GObject parent_instance;
	enum jhcfg_deploy_state state;
	gboolean back;
	char *title;
	char *detail;
	char *message;
	size_t size, sent;
};

G_DEFINE_FINAL_TYPE(JhwDeployStep, jhw_deploy_step, G_TYPE_OBJECT)

static guint changed_signal; /* set once, with the class */

static void jhw_deploy_step_finalize(GObject *object)
{
	JhwDeployStep *step = JHW_DEPLOY_STEP(object);

	g_free(step->title);
	g_free(step->detail);
	g_free(step->message);
	G_OBJECT_CLASS(jhw_deploy_step_parent_class)->finalize(object);
}

static void jhw_deploy_step_class_init(JhwDeployStepClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_deploy_step_finalize;
	changed_signal = g_signal_new("changed", JHW_TYPE_DEPLOY_STEP, G_SIGNAL_RUN_LAST, 0, NULL,
				      NULL, NULL, G_TYPE_NONE, 0);
}

static void jhw_deploy_step_init(G_GNUC_UNUSED JhwDeployStep *step)
{
}

/* With the name of a cell or a file where there is one. */
static const char *const titles[] = {
	[JHCFG_DEPLOY_UPLOAD] = N_("Upload %s"),
	[JHCFG_DEPLOY_DRIVER] = N_("Load the driver"),
	[JHCFG_DEPLOY_ENABLE] = N_("Enable the hypervisor"),
	[JHCFG_DEPLOY_CREATE] = N_("Create %s"),
	[JHCFG_DEPLOY_LOAD] = N_("Load %s"),
	[JHCFG_DEPLOY_START] = N_("Start %s"),
	[JHCFG_DEPLOY_SHUTDOWN] = N_("Shut down %s"),
	[JHCFG_DEPLOY_DESTROY] = N_("Destroy %s"),
	[JHCFG_DEPLOY_DISABLE] = N_("Disable the hypervisor"),
	[JHCFG_DEPLOY_CONFIRM] = N_("Tell the watchdog that all is well"),
	[JHCFG_DEPLOY_UNLOAD] = N_("Unload the driver"),
	[JHCFG_DEPLOY_SWEEP] = N_("Remove files that nothing needs"),
};

static char *title_of(const struct jhcfg_deploy_step *step)
{
	g_auto(GStrv) parts = g_strsplit(jhw_said(titles[step->kind]), "%s", 2);
	g_autofree char *size = NULL;

	if (step->kind == JHCFG_DEPLOY_UPLOAD) {
		size = jhw_number_human(step->size);
		return g_strdup_printf("%s%s%s (%s)", parts[0], step->object, parts[1], size);
	}
	return parts[1] ? g_strconcat(parts[0], step->object, parts[1], NULL) : g_strdup(parts[0]);
}

JhwDeployStep *jhw_deploy_step_new(const struct jhcfg_deploy_step *step)
{
	JhwDeployStep *object = g_object_new(JHW_TYPE_DEPLOY_STEP, NULL);

	object->back = step->back;
	object->title = title_of(step);
	object->detail =
		g_strdup_printf("%s%s%s", step->command, *step->reason ? "\n" : "", step->reason);
	object->size = step->kind == JHCFG_DEPLOY_UPLOAD ? step->size : 0;
	object->message = g_strdup("");
	jhw_deploy_step_update(object, step);
	return object;
}

void jhw_deploy_step_update(JhwDeployStep *object, const struct jhcfg_deploy_step *step)
{
	object->state = step->state;
	object->sent = step->sent;
	g_free(object->message);
	object->message = g_utf8_make_valid(step->message, -1);
	g_strchomp(object->message);
	g_signal_emit(object, changed_signal, 0);
}

const char *jhw_deploy_step_title(JhwDeployStep *step)
{
	return step->title;
}

const char *jhw_deploy_step_detail(JhwDeployStep *step)
{
	return step->detail;
}

enum jhcfg_deploy_state jhw_deploy_step_state(JhwDeployStep *step)
{
	return step->state;
}

gboolean jhw_deploy_step_is_back(JhwDeployStep *step)
{
	return step->back;
}

const char *jhw_deploy_step_message(JhwDeployStep *step)
{
	return step->message;
}

double jhw_deploy_step_fraction(JhwDeployStep *step)
{
	if (step->state != JHCFG_DEPLOY_WORKING || !step->size)
		return -1;
	return (double)step->sent / (double)step->size;
}
