/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include <stdio.h>

/* Writes the bash completion of all commands. */
void completion_write(FILE *out);

#endif
