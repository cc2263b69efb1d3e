/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts that fill a struct jhcfg_live. */
#ifndef IMPORT_LINUX_LIVE_H
#define IMPORT_LINUX_LIVE_H

#include <jhcfg/live.h>

#include "import/linux/machine.h"
#include "model/arena.h"

struct live_reader {
	struct jhcfg_live live; /* first: what callers have */
	struct jhcfg_arena arena;
	struct jhcfg_board *board;
	struct machine *machine; /* while reading */
	struct jhcfg_diags *diags;
};

/* See jhcfg_live_read(); the machine stays the caller's. */
int live_read_machine(struct machine *machine, struct jhcfg_diags *diags,
		      struct jhcfg_live **live);

/* Each adds facts that it finds, with their bits. -ENOMEM. */
int live_read_kernel(struct live_reader *reader);
int live_read_cpus(struct live_reader *reader);
int live_read_ranges(struct live_reader *reader);
int live_read_driver(struct live_reader *reader);
int live_read_ttys(struct live_reader *reader);
int live_read_devices(struct live_reader *reader);
int live_read_nets(struct live_reader *reader);
/* Needs the board. */
int live_make_fingerprint(struct live_reader *reader);

/* The device on the way of a link below /sys/devices that rules can find again:
 * the last PCI function, else the last one of a platform, which has its address
 * in its name. @name is left alone if there is none. */
void live_name_device(const char *link, char name[64]);

static inline void live_know(struct live_reader *reader,
			     enum jhcfg_live_fact fact)
{
	reader->live.known |= (uint32_t)fact;
}

#endif
