// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/cells.h"

#include "model/names.h"
#include "model/owner.h"

uint32_t jhw_run_cell_key(JhwSession *session, const char *name, gboolean root)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(session);
	uint32_t key;

	if (root)
		return JHCFG_ROOT_KEY;
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (g_str_equal(jhcfg_cell_name(jhw_cell(workspace, key)), name))
			return key;
	return 0;
}

char *jhw_run_cell_title(JhwSession *session, uint32_t key, const char *name)
{
	return key ? jhw_cell_title(jhw_session_workspace(session), key) : g_strdup(name);
}

JhwColour jhw_run_cell_colour(JhwSession *session, uint32_t key, JhwTheme theme)
{
	if (!key)
		return jhw_palette(JHW_COLOUR_DIM_TEXT, theme);
	return jhw_palette_owner(jhw_owner_colour(jhw_session_workspace(session), key), theme);
}
