// SPDX-License-Identifier: GPL-2.0-or-later
/* Commands on a target, as asynchronous calls of GIO. */
#include <errno.h>
#include <string.h>

#include <jhcfg/site.h>

#include "model/error.h"
#include "model/target_private.h"
#include "model/text.h"

#define MAX_OUTPUT (4U << 20)
#define SITE_MS	   30000
#define MANAGE_MS  120000
#define MAX_WORDS  16U

struct command {
	JhwTarget *target; /* not a reference: the task has one */
	struct jhcfg_job *job;
	GTask *task;
	GByteArray *streams[2]; /* by enum jhcfg_stream */
	gulong cancelled;
	guint ends; /* of the main loop: it was cancelled */
};

void jhw_target_result_free(JhwTargetResult *result)
{
	g_free(result->output);
	g_free(result->errors);
	g_free(result);
}

/* Its task has been told how it went. */
static void free_command(struct command *command)
{
	g_cancellable_disconnect(g_task_get_cancellable(command->task), command->cancelled);
	g_clear_handle_id(&command->ends, g_source_remove);
	g_ptr_array_remove_fast(command->target->commands, command);
	for (guint n = 0; n < G_N_ELEMENTS(command->streams); n++)
		g_byte_array_unref(command->streams[n]);
	g_object_unref(command->task);
	g_free(command);
}

static char *text_of(GByteArray *bytes)
{
	g_byte_array_append(bytes, (const guint8 *)"", 1);
	return g_utf8_make_valid((const char *)bytes->data, -1);
}

static JhwTargetResult *result_of(struct command *command, int status)
{
	JhwTargetResult *result = g_new0(JhwTargetResult, 1);

	result->status = status;
	result->output = text_of(command->streams[JHCFG_STREAM_OUTPUT]);
	result->errors = text_of(command->streams[JHCFG_STREAM_ERRORS]);
	return result;
}

static void give_up(struct command *command, int err)
{
	if (command->job)
		jhcfg_job_cancel(command->job);
	g_task_return_new_error(command->task, G_IO_ERROR, (gint)g_io_error_from_errno(-err), "%s",
				g_strerror(-err));
	free_command(command);
}

static void on_output(G_GNUC_UNUSED struct jhcfg_job *job, void *user, enum jhcfg_stream stream,
		      const void *data, size_t size)
{
	struct command *command = user;

	if (command->streams[stream]->len + size > MAX_OUTPUT)
		give_up(command, -EFBIG);
	else
		g_byte_array_append(command->streams[stream], data, (guint)size);
}

static void on_done(G_GNUC_UNUSED struct jhcfg_job *job, void *user,
		    const struct jhcfg_job_end *end)
{
	struct command *command = user;

	command->job = NULL;
	if (end->error) {
		give_up(command, end->error);
		return;
	}
	g_task_return_pointer(command->task, result_of(command, end->status),
			      (GDestroyNotify)jhw_target_result_free);
	free_command(command);
}

static gboolean end_cancelled(gpointer data)
{
	struct command *command = data;

	command->ends = 0;
	give_up(command, -ECANCELED);
	return G_SOURCE_REMOVE;
}

/* Nothing may be disconnected from inside of the signal. */
static void on_cancelled(G_GNUC_UNUSED GCancellable *cancellable, struct command *command)
{
	command->ends = g_idle_add(end_cancelled, command);
}

void jhw_target_commands_end(JhwTarget *target)
{
	while (target->commands->len)
		give_up(target->commands->pdata[0], -ECONNRESET);
}

void jhw_target_run_async(JhwTarget *target, const char *const *argv, int timeout_ms,
			  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
	struct command *command = g_new0(struct command, 1);
	const struct jhcfg_job_handler handler = {
		.output = on_output,
		.done = on_done,
		.user = command,
	};
	int err = -ENOTCONN;

	command->target = target;
	command->task = g_task_new(target, cancellable, callback, data);
	g_task_set_check_cancellable(command->task, FALSE);
	for (guint n = 0; n < G_N_ELEMENTS(command->streams); n++)
		command->streams[n] = g_byte_array_new();
	g_ptr_array_add(target->commands, command);
	if (target->handle)
		err = jhcfg_target_run(target->handle, argv, timeout_ms, &handler, &command->job);
	if (err) {
		command->job = NULL;
		give_up(command, err);
		return;
	}
	jhcfg_job_end_input(command->job);
	if (cancellable)
		command->cancelled =
			g_cancellable_connect(cancellable, G_CALLBACK(on_cancelled), command, NULL);
}

JhwTargetResult *jhw_target_run_finish(G_GNUC_UNUSED JhwTarget *target, GAsyncResult *result,
				       GError **error)
{
	return g_task_propagate_pointer(G_TASK(result), error);
}

/* --- the tool there, as root ------------------------------------------------- */

static void take_error(GTask *task, GError *error)
{
	g_task_return_error(task, error);
	g_object_unref(task);
}

/* The last thing that a program said is why it failed. */
static GError *error_of(const JhwTargetResult *result)
{
	g_autofree char *text = g_strstrip(g_strdup(result->errors));

	if (!*text)
		return g_error_new(G_IO_ERROR, G_IO_ERROR_FAILED,
				   _("the command failed there with status %d"), result->status);
	return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, text);
}

static void managed(GObject *source, GAsyncResult *result, gpointer data)
{
	GTask *task = data;
	GError *error = NULL;
	g_autoptr(JhwTargetResult) end = jhw_target_run_finish(JHW_TARGET(source), result, &error);

	jhw_target_refresh(JHW_TARGET(source));
	if (!error && end->status)
		error = error_of(end);
	if (error) {
		take_error(task, error);
		return;
	}
	g_task_return_boolean(task, TRUE);
	g_object_unref(task);
}

static void run_tool(GTask *task, const struct jhcfg_site *site)
{
	char **words = g_task_get_task_data(task);
	const char *argv[MAX_WORDS + G_N_ELEMENTS(site->become) + 2] = { NULL };
	guint count = 0;

	for (int n = 0; n < site->num_become; n++)
		argv[count++] = site->become[n];
	argv[count++] = site->tool;
	for (guint n = 0; n < MAX_WORDS && words[n]; n++)
		argv[count++] = words[n];
	jhw_target_run_async(g_task_get_source_object(task), argv, MANAGE_MS,
			     g_task_get_cancellable(task), managed, task);
}

static void site_found(GObject *source, GAsyncResult *result, gpointer data)
{
	JhwTarget *target = JHW_TARGET(source);
	GTask *task = data;
	GError *error = NULL;
	g_autoptr(JhwTargetResult) end = jhw_target_run_finish(target, result, &error);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	struct jhcfg_site site = { 0 };
	int err;

	if (error) {
		take_error(task, error);
		return;
	}
	if (!target->handle) {
		take_error(task, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
						     _("there is no target any more")));
		return;
	}
	err = jhcfg_site_parse(target->name,
			       &(struct jhcfg_result){ .status = end->status,
						       .output = end->output,
						       .errors = end->errors },
			       diags, &site);
	if (!err)
		err = jhcfg_site_check(target->handle, &site, diags);
	if (err) {
		jhw_error_take(&error, err, diags);
		take_error(task, error);
	} else {
		run_tool(task, &site);
	}
	jhcfg_site_clear(&site);
}

void jhw_target_manage_async(JhwTarget *target, const char *const *words, GCancellable *cancellable,
			     GAsyncReadyCallback callback, gpointer data)
{
	GTask *task = g_task_new(target, cancellable, callback, data);

	g_task_set_task_data(task, g_strdupv((char **)(uintptr_t)words),
			     (GDestroyNotify)g_strfreev);
	jhw_target_run_async(target, jhcfg_site_command(), SITE_MS, cancellable, site_found, task);
}

gboolean jhw_target_manage_finish(G_GNUC_UNUSED JhwTarget *target, GAsyncResult *result,
				  GError **error)
{
	return g_task_propagate_boolean(G_TASK(result), error);
}
