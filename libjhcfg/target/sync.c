// SPDX-License-Identifier: LGPL-2.1-or-later
/* The calls that wait: a loop of their own around the others. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "target/exec.h"
#include "target/target.h"

#define DEFAULT_WAIT_MS 30000

int jhcfg_target_wait(struct jhcfg_target *target)
{
	/* the timer of the connection bounds it */
	while (target->state == JHCFG_TARGET_CONNECTING ||
	       target->state == JHCFG_TARGET_ASKING) {
		int err = jhcfg_target_dispatch(target, -1);

		if (err)
			return err;
		/* nobody answers while we wait, unless its ask() just did */
		if (target->state == JHCFG_TARGET_ASKING)
			jhcfg_target_answer(target, NULL);
	}
	return target->state == JHCFG_TARGET_READY ? 0 : -ECONNREFUSED;
}

/* --- commands ------------------------------------------------------------- */

struct run {
	struct target_exec exec;
	bool over;
	int error;
	struct jhcfg_result result;
};

static void run_done(struct target_exec *exec, int err,
		     struct jhcfg_result *result)
{
	struct run *run = target_container_of(exec, struct run, exec);

	run->over = true;
	run->error = err;
	run->result = *result;
}

int jhcfg_target_exec(struct jhcfg_target *target, const char *const *argv,
		      const void *input, size_t input_size, size_t max,
		      int timeout_ms, struct jhcfg_result *result)
{
	struct run run = {
		.exec = {
			.input = input,
			.input_size = input_size,
			.max = max,
			.done = run_done,
		},
	};
	int err = target_exec_start(&run.exec, target, argv,
				    timeout_ms ? timeout_ms : DEFAULT_WAIT_MS);

	while (!run.over && !err)
		err = jhcfg_target_dispatch(target, -1);
	if (!run.over) {
		target_exec_cancel(&run.exec);
		return err;
	}
	if (!run.error)
		*result = run.result;
	return run.error;
}

void jhcfg_result_clear(struct jhcfg_result *result)
{
	free(result->output);
	free(result->errors);
	*result = (struct jhcfg_result){ 0 };
}
