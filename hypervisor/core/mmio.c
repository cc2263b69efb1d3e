/* SPDX-License-Identifier: GPL-2.0-only */
#include <hv/arch.h>
#include <hv/mmio.h>
#include <hv/page_pool.h>
#include <hv/spinlock.h>
#include <hv/string.h>

/* What mmio_dispatch() finds in a map without room; never written. */
static struct mmio_window no_window;

int mmio_init(struct mmio_map *map, u32 capacity)
{
	*map = (struct mmio_map){ .capacity = capacity, .window = &no_window };
	if (!capacity)
		return 0;
	map->window = page_alloc(PAGES(capacity * sizeof(*map->window)));
	return map->window ? 0 : -ENOMEM;
}

void mmio_destroy(struct mmio_map *map)
{
	if (map->window != &no_window)
		page_free(map->window,
			  PAGES(map->capacity * sizeof(*map->window)));
	*map = (struct mmio_map){ .window = &no_window };
}

/* Number of windows that start at or below address. */
static u32 windows_up_to(const struct mmio_map *map, u64 address)
{
	u32 low = 0;
	u32 high = map->count;

	while (low < high) {
		u32 middle = (low + high) / 2;

		if (map->window[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Readers see an odd generation, or two different ones, if what they read in
 * between is worth nothing. */
static void begin_change(struct mmio_map *map)
{
	WRITE_ONCE(map->generation, map->generation + 1);
	__atomic_thread_fence(__ATOMIC_RELEASE);
}

static void end_change(struct mmio_map *map)
{
	__atomic_store_n(&map->generation, map->generation + 1,
			 __ATOMIC_RELEASE);
}

/* Under the map's lock, like the next one. */
static int insert(struct mmio_map *map, const struct mmio_window *window)
{
	u32 pos = windows_up_to(map, window->start + (window->size - 1));
	struct mmio_window *slot = &map->window[pos];

	/* All behind pos start beyond our end; the one before is the last that
	 * can reach us. */
	if (pos > 0 && slot[-1].start + (slot[-1].size - 1) >= window->start)
		return -EEXIST;
	if (map->count == map->capacity)
		return -ENOMEM;

	begin_change(map);
	memmove(slot + 1, slot, (map->count - pos) * sizeof(*slot));
	*slot = *window;
	map->count++;
	end_change(map);
	return 0;
}

static void take_out(struct mmio_map *map, u64 start)
{
	u32 pos = windows_up_to(map, start);
	struct mmio_window *slot;

	if (pos == 0 || map->window[pos - 1].start != start)
		return;
	slot = &map->window[pos - 1];

	begin_change(map);
	memmove(slot, slot + 1, (map->count - pos) * sizeof(*slot));
	map->count--;
	map->window[map->count].size = 0;
	end_change(map);
}

int mmio_add(struct mmio_map *map, u64 start, u64 size, mmio_handler handler,
	     void *arg)
{
	const struct mmio_window window = { start, size, handler, arg };
	int err;

	if (!size || start + (size - 1) < start)
		return -EINVAL;
	spin_lock(&map->lock);
	err = insert(map, &window);
	spin_unlock(&map->lock);
	return err;
}

void mmio_remove(struct mmio_map *map, u64 start)
{
	spin_lock(&map->lock);
	take_out(map, start);
	spin_unlock(&map->lock);
}

bool mmio_search(struct mmio_map *map, u64 address, struct mmio_window *window)
{
	u32 before, pos;
	bool found;

	for (;;) {
		before = __atomic_load_n(&map->generation, __ATOMIC_ACQUIRE);
		pos = windows_up_to(map, address);
		found = pos > 0;
		if (found) {
			*window = map->window[pos - 1];
			found = address - window->start < window->size;
		}
		__atomic_thread_fence(__ATOMIC_ACQUIRE);
		if (!(before & 1) && READ_ONCE(map->generation) == before)
			break;
		arch_cpu_relax();
	}
	if (found)
		WRITE_ONCE(map->hint, pos - 1);
	return found;
}

/* A misaligned access to device memory faults on ARM: byte by byte, as a bus
 * would have to do it. */
static bool perform_bytes(u8 *address, struct mmio_access *access)
{
	u64 value = 0;

	for (unsigned int n = 0; n < access->size; n++) {
		u64 byte = access->value >> 8 * n & 0xff;

		if (!arch_device_access(&address[n], &byte, 1,
					access->is_write))
			return false;
		value |= byte << 8 * n;
	}
	access->value = value;
	return true;
}

bool mmio_perform(void *address, struct mmio_access *access)
{
	if ((size_t)address & (access->size - 1U))
		return perform_bytes(address, access);
	return arch_device_access(address, &access->value, access->size,
				  access->is_write);
}
