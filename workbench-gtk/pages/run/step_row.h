/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of the lists beside the page Run. */
#ifndef JHW_RUN_STEP_ROW_H
#define JHW_RUN_STEP_ROW_H

#include <gtk/gtk.h>

#include "model/deploy_step.h"

/* Follows the step. */
GtkWidget *jhw_step_row_new(JhwDeployStep *step);
/* A title, a sign at the right with its style class, and what is to be said
 * below; the last two may be empty. */
GtkWidget *jhw_sign_row_new(const char *title, const char *value, const char *sign,
			    const char *class, const char *below);

#endif
