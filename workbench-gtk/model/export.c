// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/export.h"

#include <jhcfg/export.h>

#include "model/error.h"
#include "model/text.h"

gboolean jhw_export(const struct jhcfg_workspace *workspace, const char *folder,
		    JhwExportFlags flags, guint *count, GError **error)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	const struct jhcfg_export_options options = {
		.force = flags & JHW_EXPORT_FORCE,
		.replace = flags & JHW_EXPORT_REPLACE,
	};
	struct jhcfg_exported exported = { 0 };
	const char *reason = jhcfg_workspace_read_only(workspace);
	int err;

	if (reason) { /* it would be told to run without what is not known here */
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_READ_ONLY, _("nothing is exported: %s"),
			    reason);
		return FALSE;
	}
	err = jhcfg_export(workspace, folder, &options, diags, &exported);

	*count = (guint)exported.count;
	jhcfg_exported_clear(&exported);
	return err ? jhw_error_take(error, err, diags) : TRUE;
}
