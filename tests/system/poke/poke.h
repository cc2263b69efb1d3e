/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Uses the driver's interface directly, in ways that no program should. */
#ifndef POKE_H
#define POKE_H

#include <stddef.h>

#include <jailhouse/cell-config.h>
#include <jailhouse/driver.h>

#define DEVICE "/dev/jailhouse"
#define PAGE   4096UL

/* Ends the program with status 2: something that the test stands on fails. */
__attribute__((format(printf, 1, 2), noreturn)) void give_up(const char *format,
							     ...);

/* A file in memory that nothing frees; ends the program if it cannot be read.
 */
void *read_whole(const char *path, size_t *size);

/* Two pages, of which only the first can be accessed; returns its end. */
char *end_of_page(void);

/* Subcommands; each gets what follows its name and returns the exit status */
int poke_hostile(int argc, char **argv);
int poke_stuck_load(int argc, char **argv);
int poke_read(int argc, char **argv);
int poke_hammer(int argc, char **argv);
int poke_start(int argc, char **argv);

#endif
