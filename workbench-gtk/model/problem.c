// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/problem.h"

#include "model/problem_place.h"

struct _JhwProblem {
	GObject parent_instance;
	const struct jhcfg_rule *rule;
	enum jhcfg_severity severity;
	struct jhcfg_place at;
	char *message;
	char *advice;
	char *object;
	char *waiver;
	gboolean fixable;
};

G_DEFINE_FINAL_TYPE(JhwProblem, jhw_problem, G_TYPE_OBJECT)

static void jhw_problem_finalize(GObject *object)
{
	JhwProblem *problem = JHW_PROBLEM(object);

	g_free(problem->message);
	g_free(problem->advice);
	g_free(problem->object);
	g_free(problem->waiver);
	G_OBJECT_CLASS(jhw_problem_parent_class)->finalize(object);
}

static void jhw_problem_class_init(JhwProblemClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_problem_finalize;
}

static void jhw_problem_init(G_GNUC_UNUSED JhwProblem *problem)
{
}

JhwProblem *jhw_problem_new(const struct jhcfg_finding *finding)
{
	JhwProblem *problem = g_object_new(JHW_TYPE_PROBLEM, NULL);

	problem->rule = finding->rule;
	problem->severity = finding->severity;
	problem->at = finding->at;
	problem->message = g_strdup(finding->message);
	problem->advice = g_strdup(finding->advice);
	problem->object = g_strdup(finding->object);
	problem->waiver = finding->waived ? g_strdup(finding->reason) : NULL;
	problem->fixable = finding->fixable;
	return problem;
}

const struct jhcfg_rule *jhw_problem_rule(JhwProblem *problem)
{
	return problem->rule;
}

enum jhcfg_severity jhw_problem_severity(JhwProblem *problem)
{
	return problem->severity;
}

const char *jhw_problem_message(JhwProblem *problem)
{
	return problem->message;
}

const char *jhw_problem_advice(JhwProblem *problem)
{
	return problem->advice;
}

const char *jhw_problem_object(JhwProblem *problem)
{
	return problem->object;
}

gboolean jhw_problem_fixable(JhwProblem *problem)
{
	return problem->fixable;
}

const char *jhw_problem_waiver(JhwProblem *problem)
{
	return problem->waiver;
}

JhwRef jhw_problem_ref(JhwProblem *problem, const struct jhcfg_workspace *workspace)
{
	return jhw_place_ref(workspace, &problem->at);
}

uint32_t jhw_problem_cell(JhwProblem *problem)
{
	return problem->at.cell;
}

gboolean jhw_problem_is(JhwProblem *problem, const struct jhcfg_finding *finding)
{
	return problem->rule == finding->rule && problem->at.cell == finding->at.cell &&
	       problem->at.element == finding->at.element &&
	       problem->at.index == finding->at.index &&
	       g_str_equal(problem->object, finding->object) &&
	       g_str_equal(problem->message, finding->message);
}

gboolean jhw_problem_equal(gconstpointer a, gconstpointer b)
{
	const JhwProblem *first = a, *second = b;

	return first->rule == second->rule && first->severity == second->severity &&
	       first->fixable == second->fixable && first->at.cell == second->at.cell &&
	       first->at.element == second->at.element && first->at.index == second->at.index &&
	       g_str_equal(first->message, second->message) &&
	       g_str_equal(first->advice, second->advice) &&
	       g_str_equal(first->object, second->object) &&
	       g_strcmp0(first->waiver, second->waiver) == 0;
}
