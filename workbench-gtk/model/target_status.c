// SPDX-License-Identifier: GPL-2.0-or-later
/* What a target runs, looked at once a second. */
#include <string.h>

#include "model/target_private.h"
#include "model/text.h"

#define INTERVAL_S 1
#define TIMEOUT_MS 10000

static void set_status(JhwTarget *target, const struct jhcfg_status *status)
{
	g_autoptr(JhwTarget) kept = g_object_ref(target);
	JhwTargetState before = jhw_target_state(target);

	jhcfg_status_free(target->status);
	target->status = status;
	target->status_of = target->looks;
	if (jhw_target_state(target) != before)
		jhw_target_changed(target);
	g_signal_emit_by_name(target, "sampled");
}

/* What could not be read is tried again: if the connection is gone, that is said
 * elsewhere. */
static void take(JhwTarget *target, int error)
{
	const struct jhcfg_status *status = NULL;

	if (!error && !jhcfg_status_parse(jhcfg_reading_tree(target->reading), &status))
		set_status(target, status);
}

static void read_done(G_GNUC_UNUSED struct jhcfg_reading *reading, void *user, int error)
{
	JhwTarget *target = user;

	target->ended = target->starting;
	target->ended_error = error;
	if (!target->starting)
		take(target, error);
}

static gboolean sample(gpointer data)
{
	jhw_target_refresh(data);
	return G_SOURCE_CONTINUE;
}

void jhw_target_refresh(JhwTarget *target)
{
	if (!target->reading || target->starting || jhcfg_reading_busy(target->reading))
		return;
	target->looks++;
	target->ended = FALSE;
	target->starting = TRUE;
	jhcfg_reading_start(target->reading, TIMEOUT_MS);
	target->starting = FALSE;
	if (target->ended)
		take(target, target->ended_error);
}

void jhw_target_status_begin(JhwTarget *target)
{
	if (target->reading || jhcfg_reading_new(target->handle, &jhcfg_status_request, read_done,
						 target, &target->reading))
		return;
	if (!jhw_target_is_recording(target))
		target->sampler = g_timeout_add_seconds(INTERVAL_S, sample, target);
	jhw_target_refresh(target);
}

void jhw_target_status_end(JhwTarget *target)
{
	g_clear_handle_id(&target->sampler, g_source_remove);
	g_clear_pointer(&target->reading, jhcfg_reading_free);
	jhcfg_status_free(target->status);
	target->status = NULL;
}

guint64 jhw_target_looks(JhwTarget *target)
{
	return target->looks;
}

gboolean jhw_target_has_looked(JhwTarget *target, guint64 looks)
{
	return target->status && target->status_of > looks;
}

/* --- reading it -------------------------------------------------------------- */

const struct jhcfg_status *jhw_target_status(JhwTarget *target)
{
	return target->status;
}

const struct jhcfg_cell_status *jhw_target_cell(JhwTarget *target, const char *name)
{
	const struct jhcfg_status *status = target->status;

	for (size_t n = 0; status && n < status->num_cells; n++)
		if (!strcmp(status->cells[n].name, name))
			return &status->cells[n];
	return NULL;
}

const char *jhw_cell_state_text(const struct jhcfg_cell_status *cell)
{
	static const char *const texts[] = {
		[JHCFG_CELL_RUNNING] = N_("running"),
		[JHCFG_CELL_LOCKED] = N_("running, locked"),
		[JHCFG_CELL_SHUT_DOWN] = N_("shut down"),
		[JHCFG_CELL_FAILED] = N_("failed"),
		[JHCFG_CELL_MISMATCH] = N_("failed: other interface revision"),
	};

	return cell->state == JHCFG_CELL_UNKNOWN ? cell->state_name : jhw_said(texts[cell->state]);
}
