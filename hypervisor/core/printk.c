/* SPDX-License-Identifier: GPL-2.0-only */
#include <hv/arch.h>
#include <hv/cell.h>
#include <hv/console.h>
#include <hv/printk.h>
#include <hv/string.h>

#define LINE_SIZE 256U

#define GUEST_BURST	 20U
#define GUEST_PER_SECOND 10U

static const char cut_mark[] = "...\n";

void vprintk(const char *fmt, va_list args)
{
	char line[LINE_SIZE];
	size_t length;

	length = (size_t)vsnprintf(line, sizeof(line), fmt, args);
	if (length >= sizeof(line)) {
		memcpy(line + sizeof(line) - sizeof(cut_mark), cut_mark,
		       sizeof(cut_mark));
		length = sizeof(line) - 1;
	}
	console_write(line, length);
}

void printk(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vprintk(fmt, args);
	va_end(args);
}

/* Guards message_* of all cells: two CPUs of one cell may fail together. */
static spinlock_t guest_lock;

static void refill_budget(struct cell *cell, u64 now)
{
	u64 second = arch_ticks_per_second();
	u64 elapsed = now - cell->message_time;
	u64 lines;

	/* A new cell begins with a full budget. The first comparison also
	 * bounds the product below. */
	if (!cell->message_time ||
	    elapsed >= second * GUEST_BURST / GUEST_PER_SECOND) {
		cell->message_budget = GUEST_BURST;
		cell->message_time = now;
		return;
	}
	lines = elapsed * GUEST_PER_SECOND / second;
	/* Whole lines only; the rest of the time goes on counting. */
	cell->message_time += lines * second / GUEST_PER_SECOND;
	cell->message_budget =
		(u32)MIN(cell->message_budget + lines, (u64)GUEST_BURST);
}

/* Takes one line off the budget. Returns false if there is none left, else
 * how many lines were dropped since the last one that passed. */
static bool take_line(struct cell *cell, u32 *dropped)
{
	bool pass;

	spin_lock(&guest_lock);
	refill_budget(cell, arch_ticks());
	pass = cell->message_budget > 0;
	if (pass) {
		cell->message_budget--;
		*dropped = cell->messages_dropped;
		cell->messages_dropped = 0;
	} else if (cell->messages_dropped != ~0U) {
		cell->messages_dropped++;
	}
	spin_unlock(&guest_lock);
	return pass;
}

void printk_guest(struct cell *cell, const char *fmt, ...)
{
	u32 dropped = 0;
	va_list args;

	if (!take_line(cell, &dropped))
		return;
	if (dropped)
		printk("(%u lines suppressed)\n", dropped);
	va_start(args, fmt);
	vprintk(fmt, args);
	va_end(args);
}
