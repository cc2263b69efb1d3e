/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TUI_MAN_H
#define TUI_MAN_H

#include <stdio.h>

/* Writes the manual page jh-top(1), from the tables of options and keys. */
void man_write(FILE *out);

#endif
