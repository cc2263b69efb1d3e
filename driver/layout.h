/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the parts of the hypervisor go in its memory, see image.h. */
#ifndef JH_LAYOUT_H
#define JH_LAYOUT_H

#include <jailhouse/image.h>

#include "pure.h"

/* Offsets from the start of the hypervisor's memory */
struct jh_layout {
	__u64 config;
	__u64 pool; /* end of what the driver fills */
};

/* Checks what was set when an image of file_size bytes was built. */
int jh_layout_check_image(const struct jailhouse_image_header *header,
			  __u64 file_size, __u8 architecture,
			  struct jh_diag *diag);

/* Checks that the range can be hypervisor memory below limit. */
int jh_layout_check_memory(__u64 phys, __u64 size, __u64 limit,
			   struct jh_diag *diag);

/*
 * Places a checked image. header->max_cpus, config_size and region_size are
 * filled already.
 */
int jh_layout_place(const struct jailhouse_image_header *header,
		    struct jh_layout *layout, struct jh_diag *diag);

#endif
