/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_EXPORT_H
#define JHW_EXPORT_H

#include <glib.h>
#include <jhcfg/workspace.h>

/*
 * Writes what targets, boot loaders and people need of a project into @folder,
 * which is made if it is not there: a .cell and a .c of each configuration, the
 * overlay for the root's device tree, its command line, a report. *@count is
 * how many files there are; each is written in one step.
 */
gboolean jhw_export(const struct jhcfg_workspace *workspace, const char *folder, guint *count,
		    GError **error);

#endif
