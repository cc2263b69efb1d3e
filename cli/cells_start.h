/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps in the life of a cell that more than one command takes. */
#ifndef CLI_CELLS_START_H
#define CLI_CELLS_START_H

#include "config_file.h"

/* Creates the cell of this configuration; says why it cannot. */
int cell_create(const struct config_file *file);

#endif
