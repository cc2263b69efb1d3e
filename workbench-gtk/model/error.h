/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What libjhcfg says, as GError. */
#ifndef JHW_ERROR_H
#define JHW_ERROR_H

#include <gio/gio.h>
#include <jhcfg/diag.h>

/* Sets @error from the errors among @diags, one a line with its hint, or else
 * from @err (a negative errno). Always returns FALSE. */
gboolean jhw_error_take(GError **error, int err, const struct jhcfg_diags *diags);

typedef struct jhcfg_diags JhwDiagsList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwDiagsList, jhcfg_diags_free)

#endif
