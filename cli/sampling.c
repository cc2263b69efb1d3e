// SPDX-License-Identifier: GPL-2.0-or-later
#include "sampling.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "output.h"

#define MAX_DELAY_S 3600.0

static bool parse_count(const char *text, unsigned long *count)
{
	char *end;

	if (!text)
		return true;
	errno = 0;
	*count = strtoul(text, &end, 10);
	if (*text >= '1' && *text <= '9' && !*end && !errno)
		return true;
	output_error("--count %s: not a number of looks", text);
	return false;
}

static bool parse_delay(const char *text, int *delay_ms)
{
	double seconds;
	char *end;

	if (!text)
		return true;
	seconds = strtod(text, &end);
	/* also false for what is no number */
	if (end != text && !*end && seconds >= 0.01 && seconds <= MAX_DELAY_S) {
		*delay_ms = (int)(seconds * 1000);
		return true;
	}
	output_error("--delay %s: not a time between 0.01 and 3600 seconds",
		     text);
	return false;
}

bool sampling_parse(const struct cmd_line *line, struct sampling *sampling)
{
	*sampling = (struct sampling){ .delay_ms = 1000 };
	return parse_count(cmd_option(line, "count"), &sampling->count) &&
	       parse_delay(cmd_option(line, "delay"), &sampling->delay_ms);
}

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Serves the target until then. */
static int wait_until(struct jhcfg_target *target, uint64_t when)
{
	uint64_t now = now_ms();

	while (now < when) {
		int err = jhcfg_target_dispatch(target, (int)(when - now));

		if (err)
			return err;
		if (jhcfg_target_state(target) == JHCFG_TARGET_LOST)
			return -ECONNRESET;
		now = now_ms();
	}
	return 0;
}

int sampling_run(const struct sampling *sampling, struct jhcfg_target *target,
		 int (*look)(struct jhcfg_target *target, uint64_t ms,
			     void *user),
		 void *user)
{
	uint64_t start = now_ms(), next = start;

	for (unsigned long seen = 0;;) {
		int err = look(target, now_ms() - start, user);

		if (err || ++seen == sampling->count)
			return err;
		/* a look that took too long does not make the next ones hurry
		 */
		next += (uint64_t)sampling->delay_ms;
		if (next < now_ms())
			next = now_ms();
		err = wait_until(target, next);
		if (err)
			return err;
	}
}
