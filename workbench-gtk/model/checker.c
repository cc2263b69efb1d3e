// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/checker.h"

#include <errno.h>

#include "model/list_sync.h"
#include "model/scenario.h"
#include "model/text.h"

struct _JhwChecker {
	GObject parent_instance;
	JhwDocument *document;
	char *scenario; /* NULL: each */
	GListStore *problems;
	guint counts[JHCFG_INFO + 1];
	GHashTable *of_cells; /* key to number */
	gboolean running;
	gboolean stale; /* the document changed while it ran */
};

G_DEFINE_FINAL_TYPE(JhwChecker, jhw_checker, G_TYPE_OBJECT)

static guint changed_signal; /* set once, with the class */

/* One run. The copy shares objects with the document, whose counts of
 * references belong to the main thread: it is made and freed there. */
struct run {
	struct jhcfg_workspace *workspace;
	char *scenario;
	struct jhcfg_findings *findings;
};

static void start(JhwChecker *checker);

static void count_for_cells(JhwChecker *checker, const GPtrArray *problems)
{
	g_hash_table_remove_all(checker->of_cells);
	for (guint n = 0; n < problems->len; n++) {
		JhwProblem *problem = problems->pdata[n];
		uint32_t key = jhw_problem_cell(problem);

		if (jhw_problem_severity(problem) == JHCFG_INFO || jhw_problem_waiver(problem))
			continue;
		g_hash_table_insert(checker->of_cells, GUINT_TO_POINTER(key),
				    GUINT_TO_POINTER(jhw_checker_count_of_cell(checker, key) + 1));
	}
}

static void show(JhwChecker *checker, const struct jhcfg_findings *findings)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_object_unref);
	const struct jhcfg_finding *finding;

	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		g_ptr_array_add(problems, jhw_problem_new(finding));
	for (guint n = 0; n < G_N_ELEMENTS(checker->counts); n++)
		checker->counts[n] = (guint)jhcfg_findings_of(findings, (enum jhcfg_severity)n);
	count_for_cells(checker, problems);
	jhw_list_sync(checker->problems, problems, jhw_problem_equal);
}

static void finish(GObject *source, GAsyncResult *result, gpointer data)
{
	JhwChecker *checker = JHW_CHECKER(source);
	struct run *run = data;

	checker->running = FALSE;
	if (!g_task_propagate_boolean(G_TASK(result), NULL))
		g_warning("%s", _("the rules could not be run: out of memory"));
	else if (!checker->stale)
		show(checker, run->findings);
	jhcfg_findings_free(run->findings);
	jhcfg_workspace_free(run->workspace);
	g_free(run->scenario);
	g_free(run);
	if (checker->stale && checker->document)
		start(checker);
	else
		g_signal_emit(checker, changed_signal, 0);
}

static void work(GTask *task, G_GNUC_UNUSED gpointer source, gpointer data,
		 G_GNUC_UNUSED GCancellable *cancellable)
{
	struct run *run = data;
	const struct jhcfg_check_options options = { .scenario = run->scenario };
	int err = run->workspace ? jhcfg_check(run->workspace, &options, &run->findings) : -ENOMEM;

	g_task_return_boolean(task, !err);
}

static void start(JhwChecker *checker)
{
	struct run *run = g_new0(struct run, 1);
	g_autoptr(GTask) task = g_task_new(checker, NULL, finish, run);

	checker->running = TRUE;
	checker->stale = FALSE;
	run->workspace = jhw_document_fork(checker->document);
	if (jhw_scenario(jhw_document_workspace(checker->document), checker->scenario))
		run->scenario = g_strdup(checker->scenario);
	g_task_set_task_data(task, run, NULL);
	g_task_run_in_thread(task, work);
}

static void document_changed(JhwChecker *checker)
{
	if (checker->running)
		checker->stale = TRUE;
	else
		start(checker);
}

void jhw_checker_set_scenario(JhwChecker *checker, const char *name)
{
	if (g_strcmp0(checker->scenario, name) == 0)
		return;
	g_free(checker->scenario);
	checker->scenario = g_strdup(name);
	document_changed(checker);
}

static void jhw_checker_dispose(GObject *object)
{
	JhwChecker *checker = JHW_CHECKER(object);

	g_clear_object(&checker->document);
	g_clear_object(&checker->problems);
	g_clear_pointer(&checker->of_cells, g_hash_table_unref);
	g_clear_pointer(&checker->scenario, g_free);
	G_OBJECT_CLASS(jhw_checker_parent_class)->dispose(object);
}

static void jhw_checker_class_init(JhwCheckerClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_checker_dispose;
	changed_signal = g_signal_new("changed", JHW_TYPE_CHECKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
				      NULL, G_TYPE_NONE, 0);
}

static void jhw_checker_init(JhwChecker *checker)
{
	checker->problems = g_list_store_new(JHW_TYPE_PROBLEM);
	checker->of_cells = g_hash_table_new(NULL, NULL);
}

JhwChecker *jhw_checker_new(JhwDocument *document)
{
	JhwChecker *checker = g_object_new(JHW_TYPE_CHECKER, NULL);

	checker->document = g_object_ref(document);
	g_signal_connect_object(document, "changed", G_CALLBACK(document_changed), checker,
				G_CONNECT_SWAPPED);
	start(checker);
	return checker;
}

GListModel *jhw_checker_problems(JhwChecker *checker)
{
	return G_LIST_MODEL(checker->problems);
}

guint jhw_checker_count(JhwChecker *checker, enum jhcfg_severity severity)
{
	return checker->counts[severity];
}

gboolean jhw_checker_is_settled(JhwChecker *checker)
{
	return !checker->running;
}

guint jhw_checker_count_of_cell(JhwChecker *checker, uint32_t key)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(checker->of_cells, GUINT_TO_POINTER(key)));
}
