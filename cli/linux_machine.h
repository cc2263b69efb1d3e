/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a Linux cell's device tree takes from the machine this runs on. */
#ifndef CLI_LINUX_MACHINE_H
#define CLI_LINUX_MACHINE_H

#include <jhcfg/linux_cell.h>

/*
 * The configuration that is enabled and the device tree that the kernel was
 * started with. Says what is missing; -errno.
 */
int linux_machine_read(struct jhcfg_linux_machine *machine);
void linux_machine_release(struct jhcfg_linux_machine *machine);

#endif
