/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Manual pages from the command table. */
#ifndef CLI_MAN_H
#define CLI_MAN_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Writes the page of all commands whose first word is @word, or the page of
 * the program if that is NULL. false: there is no such command.
 */
bool man_write(FILE *out, const char *word);

#endif
