// SPDX-License-Identifier: GPL-2.0-or-later
#include "hv_test.h"

#include <hv/unit.h>

/* Every call leaves a letter for the hook and one for the unit. */
static char log_text[256];
static char fail_at[3]; /* the call that shall fail */

static int note(char hook, char unit)
{
	char call[] = { hook, unit, ' ', '\0' };

	strcat(log_text, call);
	return hook == fail_at[0] && unit == fail_at[1] ? -EIO : 0;
}

#define HOOKS(which, letter)                                                   \
	static int init_##which(void)                                          \
	{                                                                      \
		return note('i', letter);                                      \
	}                                                                      \
	static void shutdown_##which(void)                                     \
	{                                                                      \
		note('s', letter);                                             \
	}                                                                      \
	static u32 count_##which(const struct cell *cell)                      \
	{                                                                      \
		(void)cell;                                                    \
		return letter - 'a' + 1;                                       \
	}                                                                      \
	static int cell_init_##which(struct cell *cell)                        \
	{                                                                      \
		(void)cell;                                                    \
		return note('c', letter);                                      \
	}                                                                      \
	static void cell_exit_##which(struct cell *cell)                       \
	{                                                                      \
		(void)cell;                                                    \
		note('x', letter);                                             \
	}                                                                      \
	static void commit_##which(struct cell *cell)                          \
	{                                                                      \
		(void)cell;                                                    \
		note('m', letter);                                             \
	}                                                                      \
	static void reset_##which(struct cell *cell)                           \
	{                                                                      \
		(void)cell;                                                    \
		note('r', letter);                                             \
	}                                                                      \
	DEFINE_UNIT(unit_##which) = {                                          \
		.name = #which,                                                \
		.phase = PHASE_##which,                                        \
		.init = init_##which,                                          \
		.shutdown = shutdown_##which,                                  \
		.count_windows = count_##which,                                \
		.cell_init = cell_init_##which,                                \
		.cell_exit = cell_exit_##which,                                \
		.config_commit = commit_##which,                               \
		.cell_reset = reset_##which,                                   \
	}

/* Not in the order of their phases. */
#define PHASE_device UNIT_PHASE_DEVICE
#define PHASE_irq    UNIT_PHASE_IRQCHIP
#define PHASE_iommu  UNIT_PHASE_IOMMU
HOOKS(device, 'd');
HOOKS(irq, 'a');
HOOKS(iommu, 'b');

/* A unit may do without any hook. */
DEFINE_UNIT(unit_nothing) = { .name = "nothing", .phase = UNIT_PHASE_PCI };

static struct cell cell;

static int setup(void **state)
{
	(void)state;
	log_text[0] = '\0';
	fail_at[0] = '\0';
	return 0;
}

static void test_units_follow_their_phases(void **state)
{
	(void)state;
	assert_int_equal(units_init(), 0);
	assert_int_equal(units_cell_init(&cell), 0);
	units_config_commit(&cell);
	units_cell_reset(&cell);
	assert_string_equal(log_text, "ia ib id ca cb cd ma mb md ra rb rd ");
	log_text[0] = '\0';
	units_cell_exit(&cell);
	units_shutdown();
	assert_string_equal(log_text, "xd xb xa sd sb sa ");
}

static void test_units_init_announces_each(void **state)
{
	const char *text;

	(void)state;
	host_console_reset();
	assert_int_equal(units_init(), 0);
	text = host_console_text();
	assert_non_null(strstr(text, "Initializing unit: irq\n"));
	assert_non_null(strstr(text, "Initializing unit: device\n"));
	assert_null(strstr(text, "nothing"));
	units_shutdown();
}

static void test_units_init_failure_undoes_earlier_ones(void **state)
{
	(void)state;
	strcpy(fail_at, "id");
	assert_int_equal(units_init(), -EIO);
	assert_string_equal(log_text, "ia ib id sb sa ");
	/* and nothing is there any more */
	log_text[0] = '\0';
	assert_int_equal(units_cell_init(&cell), 0);
	units_shutdown();
	assert_string_equal(log_text, "");
}

static void test_units_cell_init_failure_undoes_earlier_ones(void **state)
{
	(void)state;
	assert_int_equal(units_init(), 0);
	log_text[0] = '\0';
	strcpy(fail_at, "cb");
	assert_int_equal(units_cell_init(&cell), -EIO);
	assert_string_equal(log_text, "ca cb xa ");
	units_shutdown();
}

static void test_units_windows_are_summed(void **state)
{
	(void)state;
	assert_int_equal(units_init(), 0);
	assert_int_equal(units_count_windows(&cell), 1 + 2 + 4);
	units_shutdown();
	assert_int_equal(units_count_windows(&cell), 0);
}

static void test_units_shutdown_twice_is_once(void **state)
{
	(void)state;
	assert_int_equal(units_init(), 0);
	log_text[0] = '\0';
	units_shutdown();
	units_shutdown();
	assert_string_equal(log_text, "sd sb sa ");
}

#define CASE(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_units_follow_their_phases),
		CASE(test_units_init_announces_each),
		CASE(test_units_init_failure_undoes_earlier_ones),
		CASE(test_units_cell_init_failure_undoes_earlier_ones),
		CASE(test_units_windows_are_summed),
		CASE(test_units_shutdown_twice_is_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
