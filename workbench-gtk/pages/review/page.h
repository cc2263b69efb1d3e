/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is shown before something that was opened becomes a project. Its buttons
 * are "win.accept" and "win.decline". */
#ifndef JHW_REVIEW_PAGE_H
#define JHW_REVIEW_PAGE_H

#include <gtk/gtk.h>
#include <jhcfg/diag.h>
#include <jhcfg/workspace.h>

/* @path: what was opened; *@button: the one that is pressed usually. */
GtkWidget *jhw_review_page_new(const char *path, const struct jhcfg_workspace *workspace,
			       const struct jhcfg_diags *diags, GtkWidget **button);

#endif
