// SPDX-License-Identifier: LGPL-2.1-or-later
/* The board when it was imported, and the target now: M17. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/memory.h"

static void report_moved(struct check *check, const struct found *found,
			 const char *what, const struct jhcfg_range *before,
			 const struct jhcfg_range *now)
{
	check_report(check, found,
		     "%s was at [0x%" PRIx64 "-0x%" PRIx64
		     "] when the board was imported (%s), and is at [0x%" PRIx64
		     "-0x%" PRIx64 "] on the target",
		     what, before->start,
		     check_last(before->start, before->size),
		     jhcfg_board_source(check->board), now->start,
		     check_last(now->start, now->size));
}

static bool same_range(const struct jhcfg_range *a, const struct jhcfg_range *b)
{
	return a->start == b->start && a->size == b->size;
}

static int compare_paths(const void *a, const void *b)
{
	const struct jhcfg_hw_device *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

static void compare_windows(struct check *check, size_t index,
			    const struct jhcfg_hw_device *now)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(check->board, index);
	const struct found found = {
		.element = JHCFG_AT_DEVICE,
		.index = index,
	};

	char what[96];

	if (!*device->path || device->num_windows != now->num_windows)
		return;
	snprintf(what, sizeof(what), "device \"%.80s\"", device->name);
	for (size_t n = 0; n < device->num_windows; n++)
		if (!same_range(&device->windows[n], &now->windows[n]))
			report_moved(check, &found, what, &device->windows[n],
				     &now->windows[n]);
}

static void compare_devices(struct check *check, const struct jhcfg_board *live)
{
	size_t count = jhcfg_board_num_devices(live);
	const struct jhcfg_hw_device *device, **sorted;

	sorted = calloc(count + 1, sizeof(*sorted));
	if (!sorted) {
		check_no_memory(check);
		return;
	}
	for (size_t n = 0; n < count; n++)
		sorted[n] = jhcfg_board_device(live, n);
	qsort(sorted, count, sizeof(*sorted), compare_paths);
	for (size_t n = 0; (device = jhcfg_board_device(check->board, n));
	     n++) {
		const struct jhcfg_hw_device **now = bsearch(
			&device, sorted, count, sizeof(*sorted), compare_paths);

		if (now)
			compare_windows(check, n, *now);
	}
	free(sorted);
}

static int compare_functions(const void *a, const void *b)
{
	const struct jhcfg_hw_pci_function *const *x = a, *const *y = b;

	if ((*x)->domain != (*y)->domain)
		return (*x)->domain < (*y)->domain ? -1 : 1;
	return ((*x)->bdf > (*y)->bdf) - ((*x)->bdf < (*y)->bdf);
}

static void compare_bars(struct check *check,
			 const struct jhcfg_hw_pci_function *function,
			 const struct jhcfg_hw_pci_function *now)
{
	static const struct found found = { .element = JHCFG_AT_TARGET };
	char what[48];

	for (int i = 0; i < 6; i++) {
		if (same_range(&function->bar[i].range, &now->bar[i].range))
			continue;
		snprintf(what, sizeof(what), "BAR %d of %02x:%02x.%u", i,
			 function->bdf >> 8, function->bdf >> 3 & 31,
			 function->bdf & 7U);
		report_moved(check, &found, what, &function->bar[i].range,
			     &now->bar[i].range);
	}
}

static void compare_pci(struct check *check, const struct jhcfg_board *live)
{
	size_t count = jhcfg_board_num_pci_functions(live);
	const struct jhcfg_hw_pci_function *function, **sorted;

	sorted = calloc(count + 1, sizeof(*sorted));
	if (!sorted) {
		check_no_memory(check);
		return;
	}
	for (size_t n = 0; n < count; n++)
		sorted[n] = jhcfg_board_pci_function(live, n);
	qsort(sorted, count, sizeof(*sorted), compare_functions);
	for (size_t n = 0;
	     (function = jhcfg_board_pci_function(check->board, n)); n++) {
		const struct jhcfg_hw_pci_function **now =
			bsearch(&function, sorted, count, sizeof(*sorted),
				compare_functions);

		if (now)
			compare_bars(check, function, *now);
	}
	free(sorted);
}

void memory_check_moved(struct check *check, const struct check_cell *root)
{
	(void)root;
	if (!check->board || !check->live->board ||
	    check->live->board == check->board)
		return;
	compare_devices(check, check->live->board);
	compare_pci(check, check->live->board);
}
