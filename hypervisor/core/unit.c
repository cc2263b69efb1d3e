/* SPDX-License-Identifier: GPL-2.0-only */
#include <hv/printk.h>
#include <hv/unit.h>

#define MAX_UNITS 16U

/* Sorted by phase, each phase in the order of the link. Written by
 * units_init() only, before any other CPU runs. */
static const struct unit *units[MAX_UNITS];
static unsigned int num_units;

static void insert_sorted(const struct unit *unit)
{
	unsigned int pos = num_units++;

	for (; pos > 0 && units[pos - 1]->phase > unit->phase; pos--)
		units[pos] = units[pos - 1];
	units[pos] = unit;
}

static int collect_units(void)
{
	const struct unit *unit;

	num_units = 0;
	for (unit = __hv_units_start; unit < __hv_units_end; unit++) {
		if (num_units == MAX_UNITS) {
			printk("unit \"%s\": more than %u units, raise "
			       "MAX_UNITS\n",
			       unit->name, MAX_UNITS);
			return -EINVAL;
		}
		insert_sorted(unit);
	}
	return 0;
}

static void shutdown_first(unsigned int count)
{
	while (count-- > 0)
		if (units[count]->shutdown)
			units[count]->shutdown();
}

int units_init(void)
{
	int err = collect_units();

	for (unsigned int n = 0; !err && n < num_units; n++) {
		if (!units[n]->init)
			continue;
		printk("Initializing unit: %s\n", units[n]->name);
		err = units[n]->init();
		if (err)
			shutdown_first(n);
	}
	if (err)
		num_units = 0;
	return err;
}

void units_shutdown(void)
{
	shutdown_first(num_units);
	num_units = 0;
}

u32 units_count_windows(const struct cell *cell)
{
	u32 count = 0;

	for (unsigned int n = 0; n < num_units; n++)
		if (units[n]->count_windows)
			count += units[n]->count_windows(cell);
	return count;
}

static void exit_first(unsigned int count, struct cell *cell)
{
	while (count-- > 0)
		if (units[count]->cell_exit)
			units[count]->cell_exit(cell);
}

int units_cell_init(struct cell *cell)
{
	for (unsigned int n = 0; n < num_units; n++) {
		int err = units[n]->cell_init ? units[n]->cell_init(cell) : 0;

		if (err) {
			exit_first(n, cell);
			return err;
		}
	}
	return 0;
}

void units_cell_exit(struct cell *cell)
{
	exit_first(num_units, cell);
}

void units_config_commit(struct cell *cell)
{
	for (unsigned int n = 0; n < num_units; n++)
		if (units[n]->config_commit)
			units[n]->config_commit(cell);
}

void units_cell_reset(struct cell *cell)
{
	for (unsigned int n = 0; n < num_units; n++)
		if (units[n]->cell_reset)
			units[n]->cell_reset(cell);
}
