/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A command with its input and all its output, without waiting for it. */
#ifndef JHCFG_TARGET_EXEC_H
#define JHCFG_TARGET_EXEC_H

#include <jhcfg/target.h>

struct target_exec_buffer {
	char *data;
	size_t size, capacity;
};

/* Part of its user's struct. */
struct target_exec {
	/* Filled by the caller. @input must stay until done(). */
	const void *input;
	size_t input_size;
	size_t max; /* bytes a stream */
	/* 0, -EFBIG, or see struct jhcfg_job_end; the result is the callee's
	 * to clear, and empty on failure */
	void (*done)(struct target_exec *exec, int err,
		     struct jhcfg_result *result);
	/* some input was taken; NULL: nobody wants to know */
	void (*progress)(struct target_exec *exec);

	struct jhcfg_job *job; /* NULL: it does not run */
	size_t sent;	       /* bytes of the input */
	struct target_exec_buffer streams[2];
};

/* Begins it; done() is called unless this fails. @timeout_ms 0: no limit. See
 * jhcfg_target_run(). */
int target_exec_start(struct target_exec *exec, struct jhcfg_target *target,
		      const char *const *argv, int timeout_ms);
/* done() is not called any more. Legal if it does not run. */
void target_exec_cancel(struct target_exec *exec);

#endif
