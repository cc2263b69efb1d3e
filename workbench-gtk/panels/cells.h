/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cells of the project, at the left: selected there, dropped upon, and put
 * into scenarios. */
#ifndef JHW_PANELS_CELLS_H
#define JHW_PANELS_CELLS_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_cells_panel_new(JhwSession *session);
/* Shows what is so now. */
void jhw_cells_panel_update(GtkWidget *panel);
/* Asks for a new one, at its button. */
void jhw_cells_panel_new_cell(GtkWidget *panel);

#endif
