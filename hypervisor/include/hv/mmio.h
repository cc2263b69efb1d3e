/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Emulated registers: each cell has a sorted table of trapped windows, found
 * by binary search.
 */
#ifndef HV_MMIO_H
#define HV_MMIO_H

#include <hv/spinlock.h>

struct cell;

/* One access of a guest. On reads value is 0 until the handler sets it, to no
 * more bits than size has. */
struct mmio_access {
	u64 address; /* relative to the start of the window */
	u64 value;   /* write: already cut to size; read: set by the handler */
	u8 size;     /* bytes: 1, 2, 4, 8 */
	bool is_write;
};

enum mmio_result {
	MMIO_HANDLED,
	MMIO_ERROR,	/* fatal for the CPU that did it */
	MMIO_UNHANDLED, /* no window there */
};

typedef enum mmio_result (*mmio_handler)(void *arg, struct mmio_access *access);

struct mmio_window {
	u64 start; /* guest-physical */
	u64 size;
	mmio_handler handler;
	void *arg;
};

/*
 * Windows of one cell, sorted by start and disjoint. Written under lock, since
 * two CPUs of the cell may move BARs of two devices at once, and with
 * generation odd meanwhile, so that mmio_dispatch() on another one can tell and
 * retry.
 */
struct mmio_map {
	spinlock_t lock;
	struct mmio_window *window;
	u32 count;
	u32 capacity;
	u32 generation;
	u32 hint; /* where the last search ended, < capacity */
};

/* Allocates room for capacity windows. 0 or -ENOMEM. */
int mmio_init(struct mmio_map *map, u32 capacity);
void mmio_destroy(struct mmio_map *map);

/* Adds a window. -EINVAL if empty or wrapping, -EEXIST if it overlaps another
 * one, -ENOMEM if the capacity is used up. Any CPU may call it. */
int mmio_add(struct mmio_map *map, u64 start, u64 size, mmio_handler handler,
	     void *arg);

/* Removes the window that starts there; one that does not exist is ignored.
 * Any CPU may call it. */
void mmio_remove(struct mmio_map *map, u64 start);

/* Copies the window that address lies in; false if there is none. */
bool mmio_search(struct mmio_map *map, u64 address, struct mmio_window *window);

/*
 * Finds the window of a guest-physical address; false if there is none. The
 * window is a copy, to be kept in registers.
 *
 * Accesses come in bursts to one window, so the last one is tried first; the
 * binary search is left to those that miss.
 */
static inline bool mmio_find(struct mmio_map *map, u64 address,
			     struct mmio_window *window)
{
	u32 before = __atomic_load_n(&map->generation, __ATOMIC_ACQUIRE);
	/* Never behind the last window that there is room for: what lies
	 * there once windows were removed has no size. */
	const struct mmio_window *last = &map->window[READ_ONCE(map->hint)];
	struct mmio_window found;

	window->start = READ_ONCE(last->start);
	window->size = READ_ONCE(last->size);
	window->handler = READ_ONCE(last->handler);
	window->arg = READ_ONCE(last->arg);
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	if (address - window->start < window->size && !(before & 1) &&
	    READ_ONCE(map->generation) == before)
		return true;
	/* By way of memory that is not the caller's, so that its copy stays
	 * in registers on the way above. */
	if (!mmio_search(map, address, &found))
		return false;
	*window = found;
	return true;
}

/*
 * Runs the handler for the access, whose address is guest-physical and is
 * made relative. An access that crosses the end of its window is MMIO_ERROR.
 */
static inline enum mmio_result mmio_dispatch(struct mmio_map *map,
					     struct mmio_access *access)
{
	struct mmio_window window;

	if (!mmio_find(map, access->address, &window))
		return MMIO_UNHANDLED;
	access->address -= window.start;
	if (access->size > window.size - access->address)
		return MMIO_ERROR;
	return window.handler(window.arg, access);
}

/* Performs the access of a guest on a device register at address, misaligned
 * ones byte by byte. False: the bus refused it. */
bool mmio_perform(void *address, struct mmio_access *access);

static inline u32 mmio_read32(const volatile void *address)
{
	return *(const volatile u32 *)address;
}

static inline void mmio_write32(volatile void *address, u32 value)
{
	*(volatile u32 *)address = value;
}

static inline u64 mmio_read64(const volatile void *address)
{
	return *(const volatile u64 *)address;
}

static inline void mmio_write64(volatile void *address, u64 value)
{
	*(volatile u64 *)address = value;
}

#endif
