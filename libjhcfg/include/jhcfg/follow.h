/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Consoles of a target: the commands that follow them there. They run until
 * their input ends, as jobs of jhcfg_target_run(); what a console says is the
 * job's output.
 */
#ifndef JHCFG_FOLLOW_H
#define JHCFG_FOLLOW_H

#include <stddef.h>
#include <stdint.h>

#include <jhcfg/api.h>
#include <jhcfg/target.h>

#define JHCFG_FOLLOW_WORDS 12 /* with the NULL */

struct jhcfg_follow {
	const char *argv[JHCFG_FOLLOW_WORDS]; /* refers to this struct */
	char path[64];
	char offset[24];
};

/* The hypervisor's: what is kept of it, each time anew, then what comes. */
JHCFG_API void jhcfg_follow_hypervisor(struct jhcfg_follow *follow);
/*
 * The virtual console of the cell with number @id, from its byte @offset on.
 * Bytes that are not kept any more are told by a line
 * "<missed N bytes of console log>".
 */
JHCFG_API void jhcfg_follow_cell(struct jhcfg_follow *follow, unsigned int id,
				 uint64_t offset);
/* A serial line of the target: "/dev/ttyUSB0", "115200"; both have to stay.
 * What is written to the job goes out there. */
JHCFG_API void jhcfg_follow_tty(struct jhcfg_follow *follow, const char *path,
				const char *speed);

/* What the end of such a job means, for people; NULL: nothing to say. */
JHCFG_API const char *jhcfg_follow_end(const struct jhcfg_job_end *end);

#endif
