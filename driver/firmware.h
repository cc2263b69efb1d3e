/* SPDX-License-Identifier: GPL-2.0-only */
/* The hypervisor's image in its memory. All need jh.lock. */
#ifndef JH_FIRMWARE_H
#define JH_FIRMWARE_H

#include <jailhouse/cell-config.h>

/*
 * Claims the hypervisor memory that the configuration (of size bytes) names,
 * and puts image and configuration there, ready for being entered by
 * online_cpus CPUs whose numbers are below max_cpus. What an earlier call
 * claimed is given back first.
 */
int jh_firmware_place(const struct jailhouse_system *system, size_t size,
		      unsigned int max_cpus, unsigned int online_cpus);

/* Physical addresses of the placed image */
phys_addr_t jh_firmware_base(void);
phys_addr_t jh_firmware_entry(void);

/* Shows the console page to readers, from when the hypervisor has run. */
void jh_firmware_show_console(bool permitted);

/* Gives the memory back; nothing happens if there is none. */
void jh_firmware_release(void);

#endif
