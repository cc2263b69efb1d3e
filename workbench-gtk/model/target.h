/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine that cells are to run on: a libjhcfg target as an object with
 * signals. It is there from the start, without a connection; a window has one
 * for as long as it lives, whatever project and whatever target it shows.
 *
 * Signal "changed": name, state or reason are others; also when the handle is.
 * Signal "closing": the handle goes away when this returns. Whoever has jobs,
 * readings or a deploy of it ends them now.
 * Signal "sampled": there is a new status.
 * Signal "question" (int kind, const char *prompt): wants jhw_target_answer().
 *
 * All of it happens in the main thread, and nothing waits.
 */
#ifndef JHW_TARGET_H
#define JHW_TARGET_H

#include <gio/gio.h>
#include <jhcfg/status.h>
#include <jhcfg/target.h>

#define JHW_TYPE_TARGET (jhw_target_get_type())
G_DECLARE_FINAL_TYPE(JhwTarget, jhw_target, JHW, TARGET, GObject)

typedef enum {
	JHW_TARGET_NONE, /* none was named */
	JHW_TARGET_CONNECTING,
	JHW_TARGET_ASKING,
	JHW_TARGET_LOST,
	JHW_TARGET_LOOKING, /* connected; what it runs is not known yet */
	JHW_TARGET_NO_DRIVER,
	JHW_TARGET_DISABLED,
	JHW_TARGET_ENABLED,
} JhwTargetState;

JhwTarget *jhw_target_new(void);

/* Ends what there was and connects to this one, see jhcfg_target_open(). FALSE
 * with @error: there is no such target, and the one before is gone, too. */
gboolean jhw_target_open(JhwTarget *target, const char *name, GError **error);
void jhw_target_close(JhwTarget *target);
/* Once more, after it was lost. A target that was reached before is tried again
 * by itself, less and less often. */
void jhw_target_reconnect(JhwTarget *target);
void jhw_target_answer(JhwTarget *target, const char *answer);

JhwTargetState jhw_target_state(JhwTarget *target);
gboolean jhw_target_is_ready(JhwTarget *target);
/* "connecting", "hypervisor enabled" */
const char *jhw_target_state_text(JhwTarget *target);
/* Style class of a dot that stands for the state: a constant. */
const char *jhw_target_state_class(JhwTargetState state);
/* As it was opened; NULL: none. */
const char *jhw_target_name(JhwTarget *target);
/* Why it was lost; empty: it is not. */
const char *jhw_target_reason(JhwTarget *target);
/* For jobs, readings and deploys of others; NULL: none. It is dispatched and
 * closed in here only. */
struct jhcfg_target *jhw_target_handle(JhwTarget *target);
/* It only shows what was, and nothing runs there. */
gboolean jhw_target_is_recording(JhwTarget *target);

/* --- what it runs ---------------------------------------------------------- */

/* As it was seen last, about once a second; NULL: not known. Until the next
 * signal. */
const struct jhcfg_status *jhw_target_status(JhwTarget *target);
/* How often somebody began to look so far. What happened before that number was
 * asked for is in a status if the second says so: it has looked since. */
guint64 jhw_target_looks(JhwTarget *target);
gboolean jhw_target_has_looked(JhwTarget *target, guint64 looks);
/* The cell of that name; NULL: it has none. */
const struct jhcfg_cell_status *jhw_target_cell(JhwTarget *target, const char *name);
/* For people: "running", "shut down". */
const char *jhw_cell_state_text(const struct jhcfg_cell_status *cell);
/* Looks now: somebody changed something, or a recording shows another moment. */
void jhw_target_refresh(JhwTarget *target);

/* --- commands -------------------------------------------------------------- */

typedef struct {
	int status; /* of its exit, -1: killed */
	char *output, *errors;
} JhwTargetResult;
void jhw_target_result_free(JhwTargetResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwTargetResult, jhw_target_result_free)

/* Runs a command there, see jhcfg_target_run(). */
void jhw_target_run_async(JhwTarget *target, const char *const *argv, int timeout_ms,
			  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* NULL with @error: it did not run to its end. */
JhwTargetResult *jhw_target_run_finish(JhwTarget *target, GAsyncResult *result, GError **error);

/* Has the tool there do something as root: "cell", "start", "rtos". @error of the
 * end is what it says if it fails. */
void jhw_target_manage_async(JhwTarget *target, const char *const *words, GCancellable *cancellable,
			     GAsyncReadyCallback callback, gpointer data);
gboolean jhw_target_manage_finish(JhwTarget *target, GAsyncResult *result, GError **error);

#endif
