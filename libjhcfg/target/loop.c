// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Descriptors and timers of a target, behind one descriptor that a loop of the
 * user's can wait for.
 */
#include "target/target.h"

#include <errno.h>
#include <limits.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds of a clock that only goes forward. */
static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int target_watch(struct jhcfg_target *target, struct target_source *source,
		 uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = source };
	int operation = !events		 ? EPOLL_CTL_DEL
			: source->events ? EPOLL_CTL_MOD
					 : EPOLL_CTL_ADD;

	if (source->events == events)
		return 0;
	if (epoll_ctl(target->epoll, operation, source->fd, &event) && events)
		return -errno;
	/* a removal fails if the descriptor was closed, which removes it, too
	 */
	source->events = events;
	return 0;
}

/* Has the descriptor be readable when the first timer is due. */
static void set_clock(struct jhcfg_target *target)
{
	int64_t at = target->timers ? target->timers->at_ms : 0;
	const struct itimerspec when = {
		.it_value.tv_sec = at / 1000,
		.it_value.tv_nsec = at % 1000 * 1000000,
	};

	if (at == target->clock_ms)
		return;
	target->clock_ms = at;
	timerfd_settime(target->clock.fd, TFD_TIMER_ABSTIME, &when, NULL);
}

/* The timers are run by jhcfg_target_dispatch(). */
static void clock_ready(struct target_source *source, uint32_t events)
{
	uint64_t count;

	(void)events;
	if (read(source->fd, &count, sizeof(count)) > 0)
		target_container_of(source, struct jhcfg_target, clock)
			->clock_ms = 0;
}

static void remove_timer(struct jhcfg_target *target,
			 struct target_timer *timer)
{
	struct target_timer **at = &target->timers;

	while (*at && *at != timer)
		at = &(*at)->next;
	if (*at)
		*at = timer->next;
	timer->at_ms = 0;
}

static void add_timer(struct jhcfg_target *target, struct target_timer *timer)
{
	struct target_timer **at = &target->timers;

	while (*at && (*at)->at_ms <= timer->at_ms)
		at = &(*at)->next;
	timer->next = *at;
	*at = timer;
}

void target_set_timer(struct jhcfg_target *target, struct target_timer *timer,
		      int ms)
{
	if (timer->at_ms)
		remove_timer(target, timer);
	if (ms >= 0) {
		timer->at_ms = now_ms() + ms;
		add_timer(target, timer);
	}
	set_clock(target);
}

static void run_timers(struct jhcfg_target *target)
{
	int64_t now = now_ms();

	while (target->timers && target->timers->at_ms <= now) {
		struct target_timer *timer = target->timers;

		target->timers = timer->next;
		timer->at_ms = 0;
		timer->expired(timer);
	}
	set_clock(target);
}

/* What epoll_wait() may wait, in view of @timeout_ms and the timers. */
static int wait_ms(const struct jhcfg_target *target, int timeout_ms)
{
	int64_t until;

	if (!target->timers)
		return timeout_ms;
	until = target->timers->at_ms - now_ms();
	if (until < 0)
		until = 0;
	if (timeout_ms >= 0 && timeout_ms < until)
		return timeout_ms;
	return until > INT_MAX ? INT_MAX : (int)until;
}

/*
 * One event a time: a source may be gone after the call of another's ready(),
 * and epoll forgets it then, while an array of events would not.
 */
int jhcfg_target_dispatch(struct jhcfg_target *target, int timeout_ms)
{
	struct epoll_event event;
	int budget = 64; /* others want to be served, too */
	int found;

	found = epoll_wait(target->epoll, &event, 1,
			   wait_ms(target, timeout_ms));
	while (found > 0) {
		struct target_source *source = event.data.ptr;

		source->ready(source, event.events);
		found = --budget ? epoll_wait(target->epoll, &event, 1, 0) : 0;
	}
	if (found < 0 && errno != EINTR)
		return -errno;
	run_timers(target);
	return 0;
}

int jhcfg_target_fd(const struct jhcfg_target *target)
{
	return target->epoll;
}

/* --- begin and end -------------------------------------------------------- */

int target_loop_begin(struct jhcfg_target *target)
{
	target->clock.ready = clock_ready;
	target->epoll = epoll_create1(EPOLL_CLOEXEC);
	target->clock.fd =
		timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (target->epoll < 0 || target->clock.fd < 0)
		return -ENOMEM;
	return target_watch(target, &target->clock, EPOLLIN);
}

void target_loop_end(struct jhcfg_target *target)
{
	if (target->clock.fd >= 0)
		close(target->clock.fd);
	if (target->epoll >= 0)
		close(target->epoll);
}
