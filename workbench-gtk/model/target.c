// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/target.h"

#include <glib-unix.h>

#include "model/error.h"
#include "model/target_private.h"
#include "model/text.h"

#define FIRST_RETRY_S 2U
#define LAST_RETRY_S  30U

G_DEFINE_FINAL_TYPE(JhwTarget, jhw_target, G_TYPE_OBJECT)

enum {
	CHANGED,
	CLOSING,
	QUESTION,
	NUM_SIGNALS
};
static guint signals[NUM_SIGNALS]; /* set once, with the class */

void jhw_target_changed(JhwTarget *target)
{
	g_signal_emit(target, signals[CHANGED], 0);
}

/* --- the loop ---------------------------------------------------------------- */

static gboolean dispatch(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
	JhwTarget *target = data;

	g_object_ref(target);
	target->dispatching++;
	jhcfg_target_dispatch(target->handle, 0);
	target->dispatching--;
	g_clear_pointer(&target->doomed, jhcfg_target_close);
	g_object_unref(target);
	return G_SOURCE_CONTINUE;
}

static gboolean try_again(gpointer data)
{
	JhwTarget *target = data;

	target->retry = 0;
	jhw_target_reconnect(target);
	return G_SOURCE_REMOVE;
}

static void lost(JhwTarget *target)
{
	jhw_target_status_end(target);
	if (!target->was_ready || target->retry)
		return;
	target->retry = g_timeout_add_seconds(target->retry_s, try_again, target);
	target->retry_s = MIN(target->retry_s * 2, LAST_RETRY_S);
}

static void follow_state(JhwTarget *target)
{
	switch (jhcfg_target_state(target->handle)) {
	case JHCFG_TARGET_READY:
		target->was_ready = TRUE;
		target->retry_s = FIRST_RETRY_S;
		g_clear_handle_id(&target->retry, g_source_remove);
		jhw_target_status_begin(target);
		break;
	case JHCFG_TARGET_LOST:
		lost(target);
		break;
	default:
		break;
	}
	jhw_target_changed(target);
}

static void on_changed(struct jhcfg_target *handle, void *user)
{
	JhwTarget *target = user;

	if (target->handle == handle)
		follow_state(target);
}

static void on_ask(struct jhcfg_target *handle, void *user, enum jhcfg_question question,
		   const char *prompt)
{
	JhwTarget *target = user;

	if (target->handle != handle)
		return;
	if (g_signal_has_handler_pending(target, signals[QUESTION], 0, FALSE))
		g_signal_emit(target, signals[QUESTION], 0, (int)question, prompt);
	else
		jhw_target_answer(target, NULL);
}

void jhw_target_answer(JhwTarget *target, const char *answer)
{
	if (target->handle)
		jhcfg_target_answer(target->handle, answer);
}

/* --- opening and closing ----------------------------------------------------- */

static void close_handle(JhwTarget *target)
{
	struct jhcfg_target *handle = target->handle;

	g_clear_handle_id(&target->retry, g_source_remove);
	g_clear_handle_id(&target->watch, g_source_remove);
	if (!handle)
		return;
	g_signal_emit(target, signals[CLOSING], 0);
	jhw_target_commands_end(target);
	jhw_target_status_end(target);
	target->handle = NULL;
	if (target->dispatching && !target->doomed)
		target->doomed = handle;
	else
		jhcfg_target_close(handle);
}

void jhw_target_close(JhwTarget *target)
{
	close_handle(target);
	g_clear_pointer(&target->failure, g_free);
	g_clear_pointer(&target->name, g_free);
	jhw_target_changed(target);
}

gboolean jhw_target_open(JhwTarget *target, const char *name, GError **error)
{
	const struct jhcfg_target_options options = {
		.handler = { on_changed, on_ask, target },
		.ssh_config = g_getenv("JAILHOUSE_SSH_CONFIG"),
	};
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autofree char *copy = g_strdup(name);
	g_autoptr(GError) local = NULL;
	int err;

	close_handle(target);
	g_clear_pointer(&target->failure, g_free);
	g_free(target->name);
	target->name = g_steal_pointer(&copy);
	target->was_ready = FALSE;
	target->retry_s = FIRST_RETRY_S;
	err = jhcfg_target_open(target->name, &options, diags, &target->handle);
	if (err) {
		target->handle = NULL;
		jhw_error_take(&local, err, diags);
		target->failure = g_strdup(local->message);
		g_propagate_error(error, g_steal_pointer(&local));
		jhw_target_changed(target);
		return FALSE;
	}
	target->watch = g_unix_fd_add_full(G_PRIORITY_DEFAULT_IDLE, jhcfg_target_fd(target->handle),
					   G_IO_IN, dispatch, target, NULL);
	follow_state(target);
	return TRUE;
}

void jhw_target_reconnect(JhwTarget *target)
{
	g_autofree char *name = NULL;

	if (target->handle) {
		jhcfg_target_reconnect(target->handle);
	} else if (target->name) {
		name = g_strdup(target->name);
		jhw_target_open(target, name, NULL);
	}
}

/* --- what it is -------------------------------------------------------------- */

struct jhcfg_target *jhw_target_handle(JhwTarget *target)
{
	return target->handle;
}

const char *jhw_target_name(JhwTarget *target)
{
	return target->name;
}

const char *jhw_target_reason(JhwTarget *target)
{
	if (target->failure)
		return target->failure;
	return target->handle ? jhcfg_target_reason(target->handle) : "";
}

gboolean jhw_target_is_ready(JhwTarget *target)
{
	return target->handle && jhcfg_target_state(target->handle) == JHCFG_TARGET_READY;
}

gboolean jhw_target_is_recording(JhwTarget *target)
{
	return target->handle && jhcfg_target_kind(target->handle) == JHCFG_TARGET_RECORDED;
}

static JhwTargetState state_of_ready(const struct jhcfg_status *status)
{
	if (!status)
		return JHW_TARGET_LOOKING;
	if (!status->driver)
		return JHW_TARGET_NO_DRIVER;
	return status->enabled ? JHW_TARGET_ENABLED : JHW_TARGET_DISABLED;
}

JhwTargetState jhw_target_state(JhwTarget *target)
{
	if (!target->handle)
		return target->failure ? JHW_TARGET_LOST : JHW_TARGET_NONE;
	switch (jhcfg_target_state(target->handle)) {
	case JHCFG_TARGET_CONNECTING:
		return JHW_TARGET_CONNECTING;
	case JHCFG_TARGET_ASKING:
		return JHW_TARGET_ASKING;
	case JHCFG_TARGET_LOST:
		return JHW_TARGET_LOST;
	default:
		return state_of_ready(target->status);
	}
}

const char *jhw_target_state_text(JhwTarget *target)
{
	static const char *const texts[] = {
		[JHW_TARGET_NONE] = N_("no target"),
		[JHW_TARGET_CONNECTING] = N_("connecting"),
		[JHW_TARGET_ASKING] = N_("waits for an answer"),
		[JHW_TARGET_LOST] = N_("not connected"),
		[JHW_TARGET_LOOKING] = N_("connected"),
		[JHW_TARGET_NO_DRIVER] = N_("driver not loaded"),
		[JHW_TARGET_DISABLED] = N_("hypervisor disabled"),
		[JHW_TARGET_ENABLED] = N_("hypervisor enabled"),
	};

	return jhw_said(texts[jhw_target_state(target)]);
}

const char *jhw_target_state_class(JhwTargetState state)
{
	static const char *const classes[] = {
		[JHW_TARGET_NONE] = "dot-off",	     [JHW_TARGET_CONNECTING] = "dot-busy",
		[JHW_TARGET_ASKING] = "dot-busy",    [JHW_TARGET_LOST] = "dot-bad",
		[JHW_TARGET_LOOKING] = "dot-busy",   [JHW_TARGET_NO_DRIVER] = "dot-off",
		[JHW_TARGET_DISABLED] = "dot-ready", [JHW_TARGET_ENABLED] = "dot-good",
	};

	return classes[state];
}

/* --- object ------------------------------------------------------------------ */

static void jhw_target_dispose(GObject *object)
{
	close_handle(JHW_TARGET(object));
	G_OBJECT_CLASS(jhw_target_parent_class)->dispose(object);
}

static void jhw_target_finalize(GObject *object)
{
	JhwTarget *target = JHW_TARGET(object);

	g_ptr_array_unref(target->commands);
	g_free(target->name);
	g_free(target->failure);
	G_OBJECT_CLASS(jhw_target_parent_class)->finalize(object);
}

static guint add_signal(const char *name, guint num_parameters, ...)
{
	va_list parameters;
	guint id;

	va_start(parameters, num_parameters);
	id = g_signal_new_valist(name, JHW_TYPE_TARGET, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
				 G_TYPE_NONE, num_parameters, parameters);
	va_end(parameters);
	return id;
}

static void jhw_target_class_init(JhwTargetClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_target_dispose;
	G_OBJECT_CLASS(class)->finalize = jhw_target_finalize;
	signals[CHANGED] = add_signal("changed", 0);
	signals[CLOSING] = add_signal("closing", 0);
	signals[QUESTION] = add_signal("question", 2, G_TYPE_INT, G_TYPE_STRING);
	add_signal("sampled", 0);
}

static void jhw_target_init(JhwTarget *target)
{
	target->commands = g_ptr_array_new();
	target->retry_s = FIRST_RETRY_S;
}

JhwTarget *jhw_target_new(void)
{
	return g_object_new(JHW_TYPE_TARGET, NULL);
}
