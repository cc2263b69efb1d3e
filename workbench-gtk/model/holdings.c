// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/holdings.h"

#include <jailhouse/cell-config.h>

#include "model/owner.h"

/* A device by its first window. */
struct window {
	uint64_t start;
	guint device;
};

struct JhwHoldings {
	GHashTable *devices;   /* key of a cell to GArray of guint */
	GArray *device_owners; /* uint32_t */
	GArray *cpu_owners;    /* uint32_t */
	/* while it is made */
	GArray *windows; /* ascending */
	GArray *others;	 /* guint: devices without windows */
};

static gint by_start(gconstpointer a, gconstpointer b)
{
	const struct window *first = a, *second = b;

	if (first->start != second->start)
		return first->start < second->start ? -1 : 1;
	return first->device < second->device ? -1 : 1;
}

static gint by_number(gconstpointer a, gconstpointer b)
{
	const guint *first = a, *second = b;

	return *first < *second ? -1 : *first > *second;
}

static void list_devices(JhwHoldings *holdings, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_device *device;

	for (guint n = 0; board && (device = jhcfg_board_device(board, n)); n++) {
		if (!device->num_windows) {
			g_array_append_val(holdings->others, n);
			continue;
		}
		g_array_append_vals(holdings->windows,
				    &(struct window){ device->windows[0].start, n }, 1);
	}
	g_array_sort(holdings->windows, by_start);
	g_array_set_size(holdings->device_owners, holdings->windows->len + holdings->others->len);
}

/* The first window that does not begin before @start. */
static guint find_window(const GArray *windows, uint64_t start)
{
	guint low = 0, high = windows->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(windows, struct window, middle).start < start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_in(const JhwHoldings *holdings, const struct jhcfg_memory *memory, GArray *devices)
{
	const GArray *windows = holdings->windows;

	for (guint n = find_window(windows, memory->phys_start); n < windows->len; n++) {
		const struct window *window = &g_array_index(windows, struct window, n);

		if (window->start - memory->phys_start >= memory->size)
			return;
		g_array_append_val(devices, window->device);
	}
}

/* A device may lie in several regions. */
static void drop_doubles(GArray *devices)
{
	guint kept = 0;

	g_array_sort(devices, by_number);
	for (guint n = 0; n < devices->len; n++) {
		guint device = g_array_index(devices, guint, n);

		if (!kept || g_array_index(devices, guint, kept - 1) != device)
			g_array_index(devices, guint, kept++) = device;
	}
	g_array_set_size(devices, kept);
}

static GArray *devices_of(const JhwHoldings *holdings, const struct jhcfg_workspace *workspace,
			  uint32_t key)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);
	GArray *devices = g_array_new(FALSE, FALSE, sizeof(guint));
	const struct jhcfg_memory *memory;

	for (size_t n = 0; cell && (memory = jhcfg_cell_memory(cell, n)); n++)
		if (!(memory->flags & JAILHOUSE_MEM_COMM_REGION))
			add_in(holdings, memory, devices);
	for (guint n = 0; n < holdings->others->len; n++) {
		guint device = g_array_index(holdings->others, guint, n);
		JhwRef ref = jhw_ref_of(JHW_REF_DEVICE, device);

		if (jhw_cell_has(workspace, key, &ref))
			g_array_append_val(devices, device);
	}
	drop_doubles(devices);
	return devices;
}

static void add_cell(JhwHoldings *holdings, const struct jhcfg_workspace *workspace, uint32_t key)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);
	GArray *devices = devices_of(holdings, workspace, key);

	for (guint n = 0; n < devices->len; n++)
		g_array_index(holdings->device_owners, uint32_t, g_array_index(devices, guint, n)) =
			key;
	g_hash_table_insert(holdings->devices, GUINT_TO_POINTER(key), devices);
	for (unsigned int cpu = 0, left = cell ? jhcfg_cell_num_cpus(cell) : 0; left; cpu++) {
		if (!jhcfg_cell_has_cpu(cell, cpu))
			continue;
		left--;
		if (cpu >= holdings->cpu_owners->len)
			g_array_set_size(holdings->cpu_owners, cpu + 1);
		g_array_index(holdings->cpu_owners, uint32_t, cpu) = key;
	}
}

JhwHoldings *jhw_holdings_new(const struct jhcfg_workspace *workspace)
{
	JhwHoldings *holdings = g_new0(JhwHoldings, 1);
	uint32_t key;

	holdings->devices = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
	holdings->device_owners = g_array_new(FALSE, TRUE, sizeof(uint32_t));
	holdings->cpu_owners = g_array_new(FALSE, TRUE, sizeof(uint32_t));
	holdings->windows = g_array_new(FALSE, FALSE, sizeof(struct window));
	holdings->others = g_array_new(FALSE, FALSE, sizeof(guint));
	list_devices(holdings, jhcfg_workspace_board(workspace));
	/* the root first: what others have is theirs */
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		add_cell(holdings, workspace, key);
	g_clear_pointer(&holdings->windows, g_array_unref);
	g_clear_pointer(&holdings->others, g_array_unref);
	return holdings;
}

void jhw_holdings_free(JhwHoldings *holdings)
{
	g_hash_table_unref(holdings->devices);
	g_array_unref(holdings->device_owners);
	g_array_unref(holdings->cpu_owners);
	g_free(holdings);
}

const GArray *jhw_holdings_devices(const JhwHoldings *holdings, uint32_t cell)
{
	return g_hash_table_lookup(holdings->devices, GUINT_TO_POINTER(cell));
}

static uint32_t owner_at(const GArray *owners, size_t index)
{
	return index < owners->len ? g_array_index(owners, uint32_t, index) : 0;
}

uint32_t jhw_holdings_device_owner(const JhwHoldings *holdings, size_t device)
{
	return owner_at(holdings->device_owners, device);
}

uint32_t jhw_holdings_cpu_owner(const JhwHoldings *holdings, unsigned int cpu)
{
	return owner_at(holdings->cpu_owners, cpu);
}
