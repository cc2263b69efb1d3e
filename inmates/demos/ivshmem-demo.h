/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What a peer of ivshmem-demo, inmate or Linux program, says in its output
 * section, which only it can write.
 */
#ifndef DEMO_IVSHMEM_DEMO_H
#define DEMO_IVSHMEM_DEMO_H

#include <jailhouse/types.h>

#define DEMO_MAX_PEERS 12

/* States in the table */
#define DEMO_ABSENT 0
#define DEMO_READY  1 /* takes interrupts */

struct demo_section {
	__u32 rung;  /* doorbells that this peer has rung, ever */
	__u32 taken; /* interrupts that it has taken */
	/* `rung` of each peer as of the last interrupt */
	__u32 seen[DEMO_MAX_PEERS];
};

#endif
