/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a target is good for: a look at all that partitioning needs, in one
 * exchange, without leaving anything there.
 */
#ifndef JHCFG_PROBE_H
#define JHCFG_PROBE_H

#include <stddef.h>

#include <jhcfg/api.h>
#include <jhcfg/diag.h>
#include <jhcfg/target.h>

enum jhcfg_probe_state {
	JHCFG_PROBE_OK,
	JHCFG_PROBE_ADVICE,  /* works, but see the advice */
	JHCFG_PROBE_PROBLEM, /* has to be changed first */
	JHCFG_PROBE_UNKNOWN, /* cannot be told from here */
};

struct jhcfg_probe_row {
	const char *topic; /* stable, for programs: "kernel" */
	const char *title; /* for people: "Linux kernel" */
	enum jhcfg_probe_state state;
	const char *found;  /* "6.1.0-26-arm64"; or empty */
	const char *advice; /* what to do; or empty */
};

struct jhcfg_probe;

/* Looks at once. Errors are those of jhcfg_target_exec(), told in @diags; of a
 * recording, what it does not tell is UNKNOWN. */
JHCFG_API int jhcfg_probe_run(struct jhcfg_target *target,
			      struct jhcfg_diags *diags,
			      struct jhcfg_probe **probe);
JHCFG_API void jhcfg_probe_free(struct jhcfg_probe *probe);
/* In the order in which to read them; NULL behind the last one. */
JHCFG_API const struct jhcfg_probe_row *jhcfg_probe_at(
	const struct jhcfg_probe *probe, size_t index);
/* The row about a topic; NULL: there is none. */
JHCFG_API const struct jhcfg_probe_row *jhcfg_probe_find(
	const struct jhcfg_probe *probe, const char *topic);
/* "ok", "advice", "problem", "unknown". */
JHCFG_API const char *jhcfg_probe_state_name(enum jhcfg_probe_state state);

/* For who has an event loop: the command to run there by jhcfg_target_run()
 * (a constant), and what to make of its output. -ENOMEM. */
JHCFG_API const char *const *jhcfg_probe_command(void);
JHCFG_API int jhcfg_probe_parse(const char *output, size_t size,
				struct jhcfg_probe **probe);

#endif
