/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configurations and hardware as tables for people. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include <stdio.h>

#include <jhcfg/board.h>
#include <jhcfg/edit.h>

void show_config(FILE *out, const struct jhcfg_config *config);
void show_board(FILE *out, const struct jhcfg_board *board);
/* "0-1, 3" of a cell's CPUs; at least "none". */
void show_cpus(FILE *out, const struct jhcfg_cell *cell);

#endif
