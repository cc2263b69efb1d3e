// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/error.h"

gboolean jhw_error_take(GError **error, int err, const struct jhcfg_diags *diags)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const struct jhcfg_diag *diag;

	for (size_t n = 0; diags && (diag = jhcfg_diags_get(diags, n)); n++) {
		if (diag->severity != JHCFG_ERROR)
			continue;
		if (text->len)
			g_string_append_c(text, '\n');
		if (*diag->object)
			g_string_append_printf(text, "%s%s%s: ", diag->object,
					       *diag->place ? " " : "", diag->place);
		g_string_append(text, diag->text);
		if (*diag->hint)
			g_string_append_printf(text, " (%s)", diag->hint);
	}
	if (!text->len)
		g_string_append(text, g_strerror(-err));
	g_set_error_literal(error, G_IO_ERROR, (gint)g_io_error_from_errno(-err), text->str);
	return FALSE;
}
