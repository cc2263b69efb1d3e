/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the commands of this run work: this machine, or what --target says. */
#ifndef CLI_TARGET_H
#define CLI_TARGET_H

#include <stdbool.h>

#include <jhcfg/target.h>

/* Chosen before the command runs; the string must stay. */
void target_choose(const char *name);
/* Another one than this machine was chosen. */
bool target_is_chosen(void);

/*
 * The target, connected to: the chosen one, the copy of a machine's files that
 * JAILHOUSE_ROOT names, or this machine. Asks for passwords on the terminal.
 * NULL: it cannot be reached, which was said. Stays open until
 * target_release().
 */
struct jhcfg_target *target_get(void);
void target_release(void);

#endif
