/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine that is a folder: what a target's /proc and /sys say, to be
 * changed while somebody looks. */
#ifndef TESTS_TUI_MACHINE_H
#define TESTS_TUI_MACHINE_H

#include <stddef.h>

/* Makes one with an enabled hypervisor and a root cell of 4 CPUs. */
void machine_make(void);
void machine_remove(void);
/* "recorded:FOLDER" */
const char *machine_target(void);
/* A path in its folder of temporary files, as a buffer that stays until the
 * next call. */
const char *machine_path(const char *name);

/* Below /sys/devices/jailhouse; each is replaced as one step. */
void machine_put(const char *name, const char *text);
void machine_put_bytes(const char *name, const void *data, size_t size);
void machine_delete(const char *name);
/* A cell with the exits that it had. */
void machine_cell(unsigned int id, const char *name, const char *state,
		  unsigned int cpu, unsigned int exits);

#endif
