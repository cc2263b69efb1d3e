// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/preflight.h"

#include <string.h>

#include "model/error.h"
#include "model/text.h"

#define TIMEOUT_MS 60000

struct _JhwPreflight {
	GObject parent_instance;
	JhwTarget *target;
	struct jhcfg_probe *probe;
	GCancellable *running; /* NULL: nothing runs */
	struct jhcfg_target *done_for;
	char *failure;
};

G_DEFINE_FINAL_TYPE(JhwPreflight, jhw_preflight, G_TYPE_OBJECT)

static guint changed_signal; /* set once, with the class */

/* Takes over both. */
static void finish(JhwPreflight *preflight, struct jhcfg_probe *probe, GError *error)
{
	g_clear_object(&preflight->running);
	if (probe) {
		jhcfg_probe_free(preflight->probe);
		preflight->probe = probe;
	}
	g_free(preflight->failure);
	preflight->failure = error ? g_strdup(error->message) : NULL;
	g_clear_error(&error);
	g_signal_emit(preflight, changed_signal, 0);
}

static void done(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(JhwPreflight) preflight = data;
	GError *error = NULL;
	g_autoptr(JhwTargetResult) end = jhw_target_run_finish(JHW_TARGET(source), result, &error);
	struct jhcfg_probe *probe = NULL;
	int err;

	if (g_task_get_cancellable(G_TASK(result)) != preflight->running) {
		g_clear_error(&error);
		return; /* of a target that is not ours any more */
	}
	if (end) {
		err = jhcfg_probe_parse(end->output, strlen(end->output), &probe);
		if (err)
			jhw_error_take(&error, err, NULL);
	}
	finish(preflight, probe, error);
}

/* A recording has files, and no shell: that is no look at anything slow. */
static void probe_recording(JhwPreflight *preflight)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	struct jhcfg_probe *probe = NULL;
	GError *error = NULL;
	int err = jhcfg_probe_run(jhw_target_handle(preflight->target), diags, &probe);

	if (err)
		jhw_error_take(&error, err, diags);
	finish(preflight, probe, error);
}

void jhw_preflight_run(JhwPreflight *preflight)
{
	if (preflight->running || !jhw_target_is_ready(preflight->target))
		return;
	if (jhw_target_is_recording(preflight->target)) {
		probe_recording(preflight);
		return;
	}
	preflight->running = g_cancellable_new();
	jhw_target_run_async(preflight->target, jhcfg_probe_command(), TIMEOUT_MS,
			     preflight->running, done, g_object_ref(preflight));
	g_signal_emit(preflight, changed_signal, 0);
}

gboolean jhw_preflight_is_busy(JhwPreflight *preflight)
{
	return preflight->running != NULL;
}

const struct jhcfg_probe_row *jhw_preflight_at(JhwPreflight *preflight, guint index)
{
	return preflight->probe ? jhcfg_probe_at(preflight->probe, index) : NULL;
}

guint jhw_preflight_count(JhwPreflight *preflight, enum jhcfg_probe_state state)
{
	const struct jhcfg_probe_row *row;
	guint count = 0;

	for (guint n = 0; (row = jhw_preflight_at(preflight, n)); n++)
		count += row->state == state;
	return count;
}

const char *jhw_preflight_failure(JhwPreflight *preflight)
{
	return preflight->failure ? preflight->failure : "";
}

/* --- following the target ---------------------------------------------------- */

static void follow(JhwPreflight *preflight)
{
	struct jhcfg_target *handle = jhw_target_handle(preflight->target);

	if (handle == preflight->done_for || !jhw_target_is_ready(preflight->target))
		return;
	preflight->done_for = handle;
	jhw_preflight_run(preflight);
}

static void closing(JhwPreflight *preflight)
{
	/* its answer, an error, is nobody's any more */
	g_clear_object(&preflight->running);
	g_clear_pointer(&preflight->probe, jhcfg_probe_free);
	g_clear_pointer(&preflight->failure, g_free);
	preflight->done_for = NULL;
	g_signal_emit(preflight, changed_signal, 0);
}

static void jhw_preflight_dispose(GObject *object)
{
	JhwPreflight *preflight = JHW_PREFLIGHT(object);

	g_clear_object(&preflight->running);
	g_clear_pointer(&preflight->probe, jhcfg_probe_free);
	g_clear_pointer(&preflight->failure, g_free);
	g_clear_object(&preflight->target);
	G_OBJECT_CLASS(jhw_preflight_parent_class)->dispose(object);
}

static void jhw_preflight_class_init(JhwPreflightClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_preflight_dispose;
	changed_signal = g_signal_new("changed", JHW_TYPE_PREFLIGHT, G_SIGNAL_RUN_LAST, 0, NULL,
				      NULL, NULL, G_TYPE_NONE, 0);
}

static void jhw_preflight_init(G_GNUC_UNUSED JhwPreflight *preflight)
{
}

JhwPreflight *jhw_preflight_new(JhwTarget *target)
{
	JhwPreflight *preflight = g_object_new(JHW_TYPE_PREFLIGHT, NULL);

	preflight->target = g_object_ref(target);
	g_signal_connect_object(target, "changed", G_CALLBACK(follow), preflight,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(target, "closing", G_CALLBACK(closing), preflight,
				G_CONNECT_SWAPPED);
	follow(preflight);
	return preflight;
}
