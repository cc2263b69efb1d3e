// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/collect.h"

#include <string.h>

#include <jhcfg/live.h>

#include "model/error.h"
#include "model/text.h"

#define MAX_ARCHIVE (64U << 20)
#define TIMEOUT_MS  (5 * 60 * 1000) /* slow boards, hundreds of CPUs */
#define MAX_ERRORS  4096U

struct collect {
	JhwTarget *target;
	char *name; /* of it, for the thread: the main one may connect to another */
	struct jhcfg_diags *diags;
	struct jhcfg_job *job; /* NULL: it is not running */
	gsize written;	       /* of the script */
	GByteArray *archive;
	GString *errors;
	gboolean over; /* the task has its answer, or a thread gives it */
};

static void free_collect(gpointer data)
{
	struct collect *collect = data;

	g_byte_array_unref(collect->archive);
	g_string_free(collect->errors, TRUE);
	g_object_unref(collect->target);
	g_free(collect->name);
	g_free(collect);
}

/* Nothing of the target calls us any more. */
static void let_go(GTask *task)
{
	struct collect *collect = g_task_get_task_data(task);

	collect->over = TRUE;
	g_signal_handlers_disconnect_by_data(collect->target, task);
	if (collect->job)
		jhcfg_job_cancel(collect->job);
	collect->job = NULL;
}

static void fail(GTask *task, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void fail(GTask *task, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	let_go(task);
	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", text);
	g_object_unref(task);
}

/* --- importing ------------------------------------------------------------------- */

static void work(GTask *task, G_GNUC_UNUSED gpointer source, gpointer data,
		 G_GNUC_UNUSED GCancellable *cancellable)
{
	struct collect *collect = data;
	GError *error = NULL;
	JhwDocument *document =
		jhw_document_import_archive(collect->archive->data, collect->archive->len,
					    collect->name, collect->diags, &error);

	if (document)
		g_task_return_pointer(task, document, g_object_unref);
	else
		g_task_return_error(task, error);
}

/* --- the command there ------------------------------------------------------------ */

static void take_output(G_GNUC_UNUSED struct jhcfg_job *job, void *user, enum jhcfg_stream stream,
			const void *data, size_t size)
{
	GTask *task = user;
	struct collect *collect = g_task_get_task_data(task);

	if (stream == JHCFG_STREAM_ERRORS) {
		gsize room = MAX_ERRORS - MIN(collect->errors->len, MAX_ERRORS);

		g_string_append_len(collect->errors, data, (gssize)MIN(size, room));
	} else if (collect->archive->len + size > MAX_ARCHIVE) {
		fail(task,
		     _("%s sent more than a recording of a machine can be: look there what "
		       "\"jailhouse config collect\" packs"),
		     jhw_target_name(collect->target));
	} else {
		g_byte_array_append(collect->archive, data, (guint)size);
	}
}

static void give_script(struct jhcfg_job *job, void *user)
{
	struct collect *collect = g_task_get_task_data(user);
	const char *script = jhcfg_collect_script();
	gsize size = strlen(script);

	if (collect->written < size)
		collect->written +=
			jhcfg_job_write(job, script + collect->written, size - collect->written);
	if (collect->written == size) {
		collect->written++; /* once */
		jhcfg_job_end_input(job);
	}
}

static void end_command(G_GNUC_UNUSED struct jhcfg_job *job, void *user,
			const struct jhcfg_job_end *end)
{
	GTask *task = user;
	struct collect *collect = g_task_get_task_data(task);
	const char *name = jhw_target_name(collect->target);

	collect->job = NULL;
	if (end->error) {
		fail(task, _("%s: collecting failed: %s"), name, g_strerror(-end->error));
	} else if (end->status || !collect->archive->len) {
		fail(task, _("%s: collecting failed there: %s"), name, collect->errors->str);
	} else {
		let_go(task);
		g_task_run_in_thread(task, work);
		g_object_unref(task);
	}
}

static void start(GTask *task)
{
	static const char *const argv[] = { "sh", "-s", "--", "-", NULL };
	struct collect *collect = g_task_get_task_data(task);
	const struct jhcfg_job_handler handler = {
		.output = take_output,
		.writable = give_script,
		.done = end_command,
		.user = task,
	};
	int err = jhcfg_target_run(jhw_target_handle(collect->target), argv, TIMEOUT_MS, &handler,
				   &collect->job);

	if (err)
		fail(task, _("%s: nothing can be collected there: %s"),
		     jhw_target_name(collect->target), g_strerror(-err));
	else
		give_script(collect->job, task);
}

/* --- the target -------------------------------------------------------------------- */

static void target_changed(GTask *task)
{
	struct collect *collect = g_task_get_task_data(task);

	if (collect->job || collect->over)
		return;
	if (jhw_target_is_ready(collect->target))
		start(task);
	else if (jhw_target_state(collect->target) == JHW_TARGET_LOST)
		fail(task, "%s: %s", jhw_target_name(collect->target),
		     jhw_target_reason(collect->target));
}

static void target_closing(GTask *task)
{
	struct collect *collect = g_task_get_task_data(task);

	fail(task, _("%s was disconnected"), jhw_target_name(collect->target));
}

static gboolean check_cancelled(gpointer data)
{
	GTask *task = data;
	struct collect *collect = g_task_get_task_data(task);

	if (!collect->over)
		fail(task, "%s", _("cancelled"));
	g_object_unref(task);
	return G_SOURCE_REMOVE;
}

/* Not from in here, which may be anywhere. */
static void cancelled(G_GNUC_UNUSED GCancellable *cancellable, GTask *task)
{
	g_idle_add(check_cancelled, g_object_ref(task));
}

void jhw_collect_async(JhwTarget *target, struct jhcfg_diags *diags, GCancellable *cancellable,
		       GAsyncReadyCallback callback, gpointer data)
{
	GTask *task = g_task_new(target, cancellable, callback, data);
	struct collect *collect = g_new0(struct collect, 1);

	collect->target = g_object_ref(target);
	collect->name = g_strdup(jhw_target_name(target));
	collect->diags = diags;
	collect->archive = g_byte_array_new();
	collect->errors = g_string_new(NULL);
	g_task_set_task_data(task, collect, free_collect);
	g_signal_connect_swapped(target, "changed", G_CALLBACK(target_changed), task);
	g_signal_connect_swapped(target, "closing", G_CALLBACK(target_closing), task);
	if (cancellable)
		g_signal_connect_object(cancellable, "cancelled", G_CALLBACK(cancelled), task, 0);
	target_changed(task);
}

JhwDocument *jhw_collect_finish(JhwTarget *target, GAsyncResult *result, GError **error)
{
	g_return_val_if_fail(g_task_is_valid(result, target), NULL);
	return g_task_propagate_pointer(G_TASK(result), error);
}
