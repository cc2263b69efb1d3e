/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the console of a cell is to be read. */
#ifndef JHW_RUN_PLACES_H
#define JHW_RUN_PLACES_H

#include <jhcfg/workspace.h>

#include "model/console.h"

#define JHW_NO_UART G_MAXUINT

/* Number of the board's UART that the cell has registers of, counted by their addresses;
 * JHW_NO_UART: it has none. */
guint jhw_cell_uart(const struct jhcfg_workspace *workspace, uint32_t key);
/*
 * For the cell with number @id on @target: its virtual console, if it may have one, else the
 * UART that it writes to, which only emulated boards give us. @key 0: the project does not
 * have it. *place refers to the target's name.
 */
JhwConsolePlace jhw_cell_place(const struct jhcfg_workspace *workspace, uint32_t key, guint id,
			       const struct jhcfg_target *target);

#endif
