/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_EXPORT_H
#define JHW_EXPORT_H

#include <glib.h>
#include <jhcfg/workspace.h>

typedef enum {
	JHW_EXPORT_FORCE = 1 << 0,   /* in spite of errors that rules find */
	JHW_EXPORT_REPLACE = 1 << 1, /* also files that no export left there */
} JhwExportFlags;

/* Writes all that is needed of a project into @folder, all or nothing, see
 * jhcfg/export.h. *@count is how many files there are. */
gboolean jhw_export(const struct jhcfg_workspace *workspace, const char *folder,
		    JhwExportFlags flags, guint *count, GError **error);

/* What would let an export with @flags go on that ended with @error; 0: nothing. */
JhwExportFlags jhw_export_lacks(const GError *error, JhwExportFlags flags);

#endif
