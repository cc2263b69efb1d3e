/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a cell runs, for the inspector: its program or, if the cell can have
 * Linux, loader, kernel, initrd and command line.
 */
#ifndef JHW_INSPECTOR_FIELDS_IMAGES_H
#define JHW_INSPECTOR_FIELDS_IMAGES_H

#include <glib.h>
#include <jhcfg/diag.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

char *jhw_program_get(const struct jhcfg_workspace *workspace, const JhwRef *ref);
int jhw_program_set(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
		    struct jhcfg_diags *diags);

/* Cells with RAM for Linux; those that have a kernel anyway. */
gboolean jhw_kernel_there(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			  uint64_t *number);
char *jhw_kernel_get(const struct jhcfg_workspace *workspace, const JhwRef *ref);
int jhw_kernel_set(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
		   struct jhcfg_diags *diags);

/* Cells with a kernel; those that have an initrd anyway. */
gboolean jhw_initrd_there(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			  uint64_t *number);
char *jhw_initrd_get(const struct jhcfg_workspace *workspace, const JhwRef *ref);
int jhw_initrd_set(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
		   struct jhcfg_diags *diags);

/* Cells with a kernel. */
gboolean jhw_command_line_there(const struct jhcfg_workspace *workspace, const JhwRef *ref,
				uint64_t *number);
char *jhw_command_line_get(const struct jhcfg_workspace *workspace, const JhwRef *ref);
int jhw_command_line_set(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
			 struct jhcfg_diags *diags);

#endif
