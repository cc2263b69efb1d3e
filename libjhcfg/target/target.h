/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A target as the files of this folder share it. */
#ifndef JHCFG_TARGET_TARGET_H
#define JHCFG_TARGET_TARGET_H

#include "target/backend.h"

/* Who wants to know of changes beside the handler. Part of its user's struct.
 */
struct target_listener {
	void (*changed)(struct target_listener *listener);
	struct target_listener *next;
};

struct jhcfg_target {
	const struct target_backend *backend;
	void *self;   /* of the back end */
	void *module; /* of dlopen(), NULL: built in */
	char *name;
	struct jhcfg_target_handler handler;
	enum jhcfg_target_state state;
	char *reason;
	int epoll;
	unsigned int timeout_ms;
	struct target_timer *timers; /* the next one first */
	/* readable when that one is due, for loops that watch our descriptor;
	 * set to this moment, 0: to none */
	struct target_source clock;
	int64_t clock_ms;
	struct target_timer connect_timer;
	struct jhcfg_job *jobs;
	struct target_listener *listeners;
};

/* The job's part of the list of its target. */
struct jhcfg_job {
	struct jhcfg_target *target;
	struct jhcfg_job *next, **link;
	struct jhcfg_job_handler handler;
	struct target_timer timer;
	char *input; /* what waits is at [input_start, input_end) */
	size_t input_start, input_end;
	bool input_closed;
	bool refused;	    /* less than was written was taken */
	bool cancelled;	    /* inside of its handler: freed afterwards */
	unsigned int calls; /* of its handler that are going on */
	_Alignas(max_align_t) unsigned char private[];
};

extern const struct target_services target_services;

/* loop.c */
/* -ENOMEM; the other one is to be called in any case. */
int target_loop_begin(struct jhcfg_target *target);
void target_loop_end(struct jhcfg_target *target);
int target_watch(struct jhcfg_target *target, struct target_source *source,
		 uint32_t events);
void target_set_timer(struct jhcfg_target *target, struct target_timer *timer,
		      int ms);

/* Must not be called from changed() of another listener. */
void target_listen(struct jhcfg_target *target,
		   struct target_listener *listener);
void target_ignore(struct jhcfg_target *target,
		   struct target_listener *listener);

/* Ends every job with this error. */
void target_end_jobs(struct jhcfg_target *target, int error);

/* job.c: the services that concern jobs */
void *target_job_private(struct jhcfg_job *job);
bool target_job_output(struct jhcfg_job *job, enum jhcfg_stream stream,
		       const void *data, size_t size);
const void *target_job_input(struct jhcfg_job *job, size_t *size);
bool target_job_consumed(struct jhcfg_job *job, size_t size);
bool target_job_input_ended(struct jhcfg_job *job);
void target_job_done(struct jhcfg_job *job, const struct jhcfg_job_end *end);

#endif
