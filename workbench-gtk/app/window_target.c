// SPDX-License-Identifier: GPL-2.0-or-later
/* The target that the window's project is to run on. */
#include "app/window_private.h"
#include "model/text.h"

void jhw_window_connect(JhwWindow *window, const char *target)
{
	GError *error = NULL;

	jhw_log_add(window->log, JHCFG_INFO, _("Connecting to %s"), target);
	if (!jhw_target_open(window->target, target, &error))
		jhw_window_complain(window, error);
}

static void log_state(JhwTarget *target, JhwWindow *window)
{
	const char *name = jhw_target_name(target), *reason = jhw_target_reason(target);
	JhwTargetState state = jhw_target_state(target);

	if (!name || state == window->target_state)
		return;
	window->target_state = state;
	jhw_log_add(window->log, state == JHW_TARGET_LOST ? JHCFG_WARNING : JHCFG_INFO,
		    "%s: %s%s%s", name, jhw_target_state_text(target), *reason ? ": " : "", reason);
}

void jhw_window_follow_target(JhwWindow *window)
{
	g_signal_connect_object(window->target, "changed", G_CALLBACK(log_state), window, 0);
}
