/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looking at a target again and again, as watch and record do. */
#ifndef CLI_SAMPLING_H
#define CLI_SAMPLING_H

#include <stdint.h>

#include "command.h"
#include "target.h"

/* For the table of options of a command that calls sampling_run(). */
#define SAMPLING_OPTIONS                                                       \
	{ 'n', "count", "N", "stop after N looks; without it, when killed",    \
	  COMPLETE_NOTHING },                                                  \
	{                                                                      \
		'd', "delay", "SECONDS", "between two looks; 1 without it",    \
			COMPLETE_NOTHING                                       \
	}

struct sampling {
	unsigned long count; /* 0: no end */
	int delay_ms;
};

/* Reads the options; says what is wrong with them. */
bool sampling_parse(const struct cmd_line *line, struct sampling *sampling);

/*
 * Calls @look at once and after each delay, with the milliseconds since the
 * first time, until it fails or enough was seen. The target's events are
 * served meanwhile. 0, or what @look returned; -ECONNRESET: the target is
 * lost.
 */
int sampling_run(const struct sampling *sampling, struct jhcfg_target *target,
		 int (*look)(struct jhcfg_target *target, uint64_t ms,
			     void *user),
		 void *user);

#endif
