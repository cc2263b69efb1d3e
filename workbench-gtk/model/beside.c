// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/beside.h"

#include <gio/gio.h>

struct job {
	JhwBesideWork work;
	JhwBesideDone done;
	gpointer data;
	GDestroyNotify free_data;
	GApplication *held; /* NULL: it may end */
};

static void work(GTask *task, G_GNUC_UNUSED gpointer source, gpointer data,
		 G_GNUC_UNUSED GCancellable *cancellable)
{
	struct job *job = data;

	g_task_return_pointer(task, job->work(job->data), NULL);
}

static void finish(G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer data)
{
	struct job *job = data;
	gpointer made = g_task_propagate_pointer(G_TASK(result), NULL);

	if (job->done)
		job->done(made, job->data);
	if (job->free_data)
		job->free_data(job->data);
	if (job->held)
		g_application_release(job->held);
	g_free(job);
}

static struct job *start(JhwBesideWork to_do, JhwBesideDone done, gpointer data,
			 GDestroyNotify free_data)
{
	struct job *job = g_new0(struct job, 1);
	g_autoptr(GTask) task = g_task_new(NULL, NULL, finish, job);

	job->work = to_do;
	job->done = done;
	job->data = data;
	job->free_data = free_data;
	g_task_set_task_data(task, job, NULL);
	g_task_run_in_thread(task, work);
	return job;
}

void jhw_beside(JhwBesideWork to_do, JhwBesideDone done, gpointer data, GDestroyNotify free_data)
{
	start(to_do, done, data, free_data);
}

void jhw_beside_to_the_end(JhwBesideWork to_do, JhwBesideDone done, gpointer data,
			   GDestroyNotify free_data)
{
	/* it ends in this thread, so that it cannot have ended yet */
	struct job *job = start(to_do, done, data, free_data);

	job->held = g_application_get_default();
	if (job->held)
		g_application_hold(job->held);
}
