/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include <jhcfg/target.h>

/* Asks on the terminal, whatever the standard streams are. false: there is
 * none, or nobody answers. */
bool ask_terminal(enum jhcfg_question question, const char *prompt,
		  char *answer, size_t size);

#endif
