/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the BARs of the root's ivshmem devices may lie. */
#ifndef JH_WINDOW_H
#define JH_WINDOW_H

#include <jailhouse/cell-config.h>

#include "pure.h"

#define JH_ECAM_BUS_SIZE 0x100000ULL

struct jh_window {
	__u64 start;
	__u64 size; /* 0: there is no device */
};

/*
 * The window follows the ECAM and has room for all BARs of the root's ivshmem
 * devices, in whatever order they are put there. The config is complete.
 * -EINVAL if it does not lie below 4 GiB, as these BARs must, or if a mask is
 * none.
 */
int jh_window_find(const struct jailhouse_system *system,
		   struct jh_window *window, struct jh_diag *diag);

#endif
