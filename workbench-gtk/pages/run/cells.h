/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells of a target as the project has them. */
#ifndef JHW_RUN_CELLS_H
#define JHW_RUN_CELLS_H

#include "canvas/palette.h"
#include "model/session.h"

/* Key of the project's cell of that name, 0: it has none. The root of a target may have
 * another name than the project's: @root says that it is it. */
uint32_t jhw_run_cell_key(JhwSession *session, const char *name, gboolean root);
/* What people call it; @name if the project does not know it. A new string. */
char *jhw_run_cell_title(JhwSession *session, uint32_t key, const char *name);
/* Its colour; that of dim text for those that the project does not know. */
JhwColour jhw_run_cell_colour(JhwSession *session, uint32_t key, JhwTheme theme);

#endif
