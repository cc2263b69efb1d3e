// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/export.h"

#include <errno.h>

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
	/* rules alone deny the permission: see jhw_export_lacks() */
	return err ? jhw_error_take(error, err == -EACCES ? -EIO : err, diags) : TRUE;
}

JhwExportFlags jhw_export_lacks(const GError *error, JhwExportFlags flags)
{
	static const struct {
		GIOErrorEnum code;
		JhwExportFlags flag;
	} rows[] = {
		{ G_IO_ERROR_PERMISSION_DENIED, JHW_EXPORT_FORCE },
		{ G_IO_ERROR_EXISTS, JHW_EXPORT_REPLACE },
	};

	for (guint n = 0; n < G_N_ELEMENTS(rows); n++)
		if (g_error_matches(error, G_IO_ERROR, (gint)rows[n].code))
			return rows[n].flag & ~flags;
	return 0;
}
