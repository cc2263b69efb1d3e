// SPDX-License-Identifier: GPL-2.0-or-later
/* Counters to rates. */
#include "model/store.h"

/* @count in @ms milliseconds, as thousandths a second. */
static uint64_t rate_of(uint64_t count, uint64_t ms)
{
	uint64_t scaled;

	if (!ms)
		return TUI_NO_VALUE;
	if (__builtin_mul_overflow(count, 1000000, &scaled))
		return count / ms > TUI_NO_VALUE / 1000001
			       ? TUI_NO_VALUE
			       : count / ms * 1000000;
	/* rounded up: one exit in a day is not none */
	return scaled / ms + !!(scaled % ms);
}

/*
 * What was added since; false: it went back. Exits of a CPU are told in 31
 * bits by a hypercall, so that a CPU's counter and any sum of them may fall by
 * 2^31: taken for that if what was added is so little that it can be.
 */
#define WRAP	  (UINT64_C(1) << 31)
#define WRAP_MOST (UINT64_C(1) << 26)

bool tui_counter_added(uint64_t before, uint64_t value, uint64_t *added)
{
	if (before == TUI_NO_VALUE || value == TUI_NO_VALUE)
		return false;
	if (value >= before) {
		*added = value - before;
		return true;
	}
	if (before - value > WRAP || value + WRAP - before > WRAP_MOST)
		return false;
	*added = value + WRAP - before;
	return true;
}

void tui_counter_set(struct tui_counter *counter, uint64_t value, uint64_t ms)
{
	uint64_t before = counter->total, added;

	counter->total = value;
	counter->rate_milli = TUI_NO_VALUE;
	if (!tui_counter_added(before, value, &added))
		return;
	counter->rate_milli = rate_of(added, ms);
	if (counter->rate_milli != TUI_NO_VALUE &&
	    (counter->peak_milli == TUI_NO_VALUE ||
	     counter->peak_milli < counter->rate_milli))
		counter->peak_milli = counter->rate_milli;
}

void tui_history_add(struct tui_history *history, uint64_t rate_milli)
{
	const uint32_t most = UINT32_MAX - 1;

	history->rate_milli[history->next] =
		rate_milli == TUI_NO_VALUE ? UINT32_MAX
		: rate_milli < most	   ? (uint32_t)rate_milli
					   : most;
	history->next = (history->next + 1) % TUI_HISTORY;
	if (history->count < TUI_HISTORY)
		history->count++;
}
