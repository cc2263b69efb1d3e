// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/move_judge.h"

#include <jhcfg/check.h>

/* Copies are made and freed in the main thread, as their objects are counted
 * without locks. */
struct trial {
	struct jhcfg_workspace *before, *after;
	GPtrArray *broken;
	GAsyncReadyCallback callback;
	gpointer data;
};

static void free_trial(struct trial *trial)
{
	jhcfg_workspace_free(trial->before);
	jhcfg_workspace_free(trial->after);
	g_clear_pointer(&trial->broken, g_ptr_array_unref);
	g_free(trial);
}

/* --- in a thread --------------------------------------------------------------- */

static gboolean is_among(const struct jhcfg_findings *findings, const struct jhcfg_finding *wanted)
{
	const struct jhcfg_finding *finding;

	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		if (finding->rule == wanted->rule && g_str_equal(finding->object, wanted->object))
			return TRUE;
	return FALSE;
}

static gboolean is_broken(const struct jhcfg_finding *finding)
{
	return finding->severity == JHCFG_ERROR && !finding->waived;
}

/* Errors of @after that @before has not; mostly there are none at all, and
 * @before need not be looked at. */
static void find_broken(struct trial *trial)
{
	struct jhcfg_findings *old = NULL, *new = NULL;
	const struct jhcfg_finding *finding;

	if (jhcfg_check(trial->after, NULL, &new))
		return;
	for (size_t n = 0; (finding = jhcfg_findings_at(new, n)); n++) {
		if (!is_broken(finding) || (!old && jhcfg_check(trial->before, NULL, &old)) ||
		    is_among(old, finding))
			continue;
		g_ptr_array_add(trial->broken,
				g_strdup_printf("%s\t%s", finding->rule->id, finding->message));
	}
	jhcfg_findings_free(old);
	jhcfg_findings_free(new);
}

static void work(GTask *task, G_GNUC_UNUSED gpointer source, gpointer data,
		 G_GNUC_UNUSED GCancellable *cancellable)
{
	if (g_task_return_error_if_cancelled(task))
		return;
	find_broken(data);
	g_task_return_boolean(task, TRUE);
}

/* --- in the main thread -------------------------------------------------------- */

static void judged(GObject *document, GAsyncResult *result, gpointer data)
{
	struct trial *trial = data;

	trial->callback(document, result, trial->data);
	free_trial(trial);
}

void jhw_move_judge_async(JhwDocument *document, struct jhcfg_workspace *after,
			  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
	struct trial *trial = g_new0(struct trial, 1);
	g_autoptr(GTask) task = g_task_new(document, cancellable, judged, trial);

	trial->before = jhw_document_fork(document);
	trial->after = after;
	trial->broken = g_ptr_array_new_with_free_func(g_free);
	trial->callback = callback;
	trial->data = data;
	g_task_set_task_data(task, trial, NULL);
	g_task_run_in_thread(task, work);
}

GPtrArray *jhw_move_judge_finish(G_GNUC_UNUSED JhwDocument *document, GAsyncResult *result)
{
	struct trial *trial = g_task_get_task_data(G_TASK(result));

	if (!g_task_propagate_boolean(G_TASK(result), NULL))
		return NULL;
	return g_steal_pointer(&trial->broken);
}
