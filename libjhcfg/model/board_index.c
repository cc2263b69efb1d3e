// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/board_index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t last_of(struct jhcfg_range range)
{
	/* A size that would wrap reaches to the end of the address space. */
	return range.size - 1 > UINT64_MAX - range.start
		       ? UINT64_MAX
		       : range.start + (range.size - 1);
}

/* --- names ---------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
	const struct jhcfg_index_name *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order
		     : (x->device > y->device) - (x->device < y->device);
}

static const char *number_name(struct jhcfg_arena *arena, const char *name,
			       size_t number)
{
	size_t size = strlen(name) + 24;
	char *text = jhcfg_arena_alloc(arena, size);

	if (!text)
		return name;
	snprintf(text, size, "%s-%zu", name, number);
	return text;
}

size_t jhcfg_board_index_name(const struct jhcfg_board_index *index,
			      const char *name)
{
	size_t low = 0, high = index->num_names;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(index->names[middle].name, name);

		if (!order)
			return index->names[middle].device;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return JHCFG_NO_INDEX;
}

/* The first of equal names keeps it; the others are numbered from 2, past what
 * devices are called of their own. */
static void make_unique(struct jhcfg_board_index *index,
			struct jhcfg_arena *arena,
			struct jhcfg_hw_device *devices)
{
	size_t first = 0, number = 1;

	for (size_t n = 1; n < index->num_names; n++) {
		const char *name;

		if (strcmp(index->names[n].name, index->names[first].name)) {
			first = n;
			number = 1;
			continue;
		}
		do {
			name = number_name(arena, index->names[first].name,
					   ++number);
		} while (!arena->failed &&
			 jhcfg_board_index_name(index, name) != JHCFG_NO_INDEX);
		devices[index->names[n].device].name = name;
	}
}

/* By name, and by path where that is another text. */
static void list_names(struct jhcfg_board_index *index,
		       const struct jhcfg_hw_device *devices, size_t count)
{
	index->num_names = 0;
	for (size_t n = 0; n < count; n++) {
		index->names[index->num_names++] =
			(struct jhcfg_index_name){ devices[n].name, n };
		if (*devices[n].path == '/')
			index->names[index->num_names++] =
				(struct jhcfg_index_name){ devices[n].path, n };
	}
	qsort(index->names, index->num_names, sizeof(*index->names),
	      compare_names);
}

static int index_names(struct jhcfg_board_index *index,
		       struct jhcfg_arena *arena,
		       struct jhcfg_hw_device *devices, size_t count)
{
	index->names = calloc(2 * count + 1, sizeof(*index->names));
	if (!index->names)
		return -ENOMEM;
	index->num_names = count;
	for (size_t n = 0; n < count; n++)
		index->names[n] =
			(struct jhcfg_index_name){ devices[n].name, n };
	qsort(index->names, count, sizeof(*index->names), compare_names);
	make_unique(index, arena, devices);
	list_names(index, devices, count);
	return arena->failed ? -ENOMEM : 0;
}

/* --- windows ---------------------------------------------------------------
 */

static int compare_windows(const void *a, const void *b)
{
	const struct jhcfg_index_window *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->device > y->device) - (x->device < y->device);
}

static size_t count_windows(const struct jhcfg_hw_device *devices, size_t count)
{
	size_t total = 0;

	for (size_t n = 0; n < count; n++)
		total += devices[n].num_windows;
	return total;
}

static int index_windows(struct jhcfg_board_index *index,
			 const struct jhcfg_hw_device *devices, size_t count)
{
	size_t total = count_windows(devices, count);
	uint64_t last = 0;

	index->windows = calloc(total + 1, sizeof(*index->windows));
	if (!index->windows)
		return -ENOMEM;
	for (size_t n = 0; n < count; n++)
		for (size_t i = 0; i < devices[n].num_windows; i++) {
			struct jhcfg_range range = devices[n].windows[i];

			if (range.size)
				index->windows[index->num_windows++] =
					(struct jhcfg_index_window){
						.start = range.start,
						.last = last_of(range),
						.device = n,
					};
		}
	qsort(index->windows, index->num_windows, sizeof(*index->windows),
	      compare_windows);
	for (size_t n = 0; n < index->num_windows; n++) {
		if (index->windows[n].last > last)
			last = index->windows[n].last;
		index->windows[n].last_so_far = last;
	}
	return 0;
}

/* First window whose predecessors and itself reach @address. */
static size_t first_reaching(const struct jhcfg_board_index *index,
			     uint64_t address)
{
	size_t low = 0, high = index->num_windows;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->windows[middle].last_so_far < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t jhcfg_board_index_window(const struct jhcfg_board_index *index,
				struct jhcfg_range range, size_t *position)
{
	uint64_t last = last_of(range);
	size_t n = *position;

	if (!range.size)
		return JHCFG_NO_INDEX;
	if (!n)
		n = first_reaching(index, range.start);
	for (; n < index->num_windows && index->windows[n].start <= last; n++)
		if (index->windows[n].last >= range.start) {
			*position = n + 1;
			return index->windows[n].device;
		}
	*position = index->num_windows + 1;
	return JHCFG_NO_INDEX;
}

/* --- interrupts -------------------------------------------------------------
 */

static int compare_irqs(const void *a, const void *b)
{
	const struct jhcfg_index_irq *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->device > y->device) - (x->device < y->device);
}

static int index_irqs(struct jhcfg_board_index *index,
		      const struct jhcfg_hw_device *devices, size_t count)
{
	size_t total = 0;

	for (size_t n = 0; n < count; n++)
		total += devices[n].num_irqs;
	index->irqs = calloc(total + 1, sizeof(*index->irqs));
	if (!index->irqs)
		return -ENOMEM;
	for (size_t n = 0; n < count; n++)
		for (size_t i = 0; i < devices[n].num_irqs; i++)
			if (!devices[n].irqs[i].nested)
				index->irqs[index->num_irqs++] =
					(struct jhcfg_index_irq){
						devices[n].irqs[i].number, n
					};
	qsort(index->irqs, index->num_irqs, sizeof(*index->irqs), compare_irqs);
	return 0;
}

size_t jhcfg_board_index_irq(const struct jhcfg_board_index *index,
			     uint32_t number, size_t *position)
{
	size_t low = 0, high = index->num_irqs;

	if (*position) {
		low = *position;
	} else {
		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (index->irqs[middle].number < number)
				low = middle + 1;
			else
				high = middle;
		}
	}
	if (low >= index->num_irqs || index->irqs[low].number != number)
		return JHCFG_NO_INDEX;
	*position = low + 1;
	return index->irqs[low].device;
}

/* --- memory ------------------------------------------------------------------
 */

static int compare_ranges(const void *a, const void *b)
{
	const struct jhcfg_range *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static int index_ram(struct jhcfg_board_index *index,
		     const struct jhcfg_hw_memory *memories, size_t count)
{
	struct jhcfg_range *ram = calloc(count + 1, sizeof(*ram));
	size_t used = 0;

	index->ram = ram;
	if (!ram)
		return -ENOMEM;
	for (size_t n = 0; n < count; n++)
		if (memories[n].kind == JHCFG_HW_RAM && memories[n].range.size)
			ram[used++] = memories[n].range;
	qsort(ram, used, sizeof(*ram), compare_ranges);
	for (size_t n = 0; n < used; n++) {
		struct jhcfg_range *top =
			index->num_ram ? &ram[index->num_ram - 1] : NULL;

		if (!top || (last_of(*top) != UINT64_MAX &&
			     ram[n].start > last_of(*top) + 1))
			ram[index->num_ram++] = ram[n];
		else if (last_of(ram[n]) > last_of(*top))
			top->size = last_of(ram[n]) - top->start + 1;
	}
	return 0;
}

bool jhcfg_board_index_is_ram(const struct jhcfg_board_index *index,
			      struct jhcfg_range range)
{
	size_t low = 0, high = index->num_ram;

	if (!range.size)
		return false;
	/* The last bank that starts at or below the range. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->ram[middle].start <= range.start)
			low = middle + 1;
		else
			high = middle;
	}
	return low && last_of(range) <= last_of(index->ram[low - 1]);
}

/* --- all of them
 * --------------------------------------------------------------- */

int jhcfg_board_index_make(struct jhcfg_board_index *index,
			   struct jhcfg_arena *arena,
			   struct jhcfg_hw_device *devices, size_t num_devices,
			   const struct jhcfg_hw_memory *memories,
			   size_t num_memories)
{
	int err = index_names(index, arena, devices, num_devices);

	if (!err)
		err = index_windows(index, devices, num_devices);
	if (!err)
		err = index_irqs(index, devices, num_devices);
	if (!err)
		err = index_ram(index, memories, num_memories);
	return !err && arena->failed ? -ENOMEM : err;
}

void jhcfg_board_index_clear(struct jhcfg_board_index *index)
{
	free(index->names);
	free(index->windows);
	free(index->irqs);
	free(index->ram);
	*index = (struct jhcfg_board_index){ 0 };
}
