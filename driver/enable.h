/* SPDX-License-Identifier: GPL-2.0-only */
/* The hypervisor comes and goes. All need jh.lock. */
#ifndef JH_ENABLE_H
#define JH_ENABLE_H

#include <jailhouse/cell-config.h>

/* Starts the hypervisor with a complete configuration of size bytes. */
int jh_enable(struct jailhouse_system *system, size_t size);

/*
 * Destroys all cells and gives the machine back to Linux. -EINVAL if not
 * enabled; -EBUSY with nothing changed if a root CPU is offline.
 */
int jh_disable(void);

#endif
