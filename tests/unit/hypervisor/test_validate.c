// SPDX-License-Identifier: GPL-2.0-or-later
/* The extent of configurations, and what is no matter of single fields. */
#include "validate_fixture.h"

static struct fixture fixture;

static int setup(void **state)
{
	(void)state;
	validate_init(&fixture);
	host_console_reset();
	return 0;
}

/* A copy that ends where its memory does. */
static int check_extent(const void *config, size_t size)
{
	void *copy = malloc(size ? size : 1);
	int err;

	assert_non_null(copy);
	memcpy(copy, config, size);
	err = config_check_extent(copy, size);
	free(copy);
	return err;
}

static void test_config_extent_complete_is_accepted(void **state)
{
	(void)state;
	assert_int_equal(check_extent(&fixture.cell, sizeof(fixture.cell)), 0);
	assert_string_equal(host_console_text(), "");
}

static void test_config_extent_truncated_anywhere_is_refused(void **state)
{
	(void)state;
	for (size_t size = 0; size < sizeof(fixture.cell); size++) {
		host_console_reset();
		assert_int_equal(check_extent(&fixture.cell, size), -EINVAL);
		assert_non_null(strstr(host_console_text(), "shorter than"));
	}
}

static void test_config_extent_trailing_bytes_are_remarked(void **state)
{
	struct {
		struct fixture_cell cell;
		char more[3];
	} PACKED longer = { .cell = fixture.cell };

	(void)state;
	assert_int_equal(check_extent(&longer, sizeof(longer)), 0);
	assert_string_equal(host_console_text(),
			    "Warning: cell configuration: 3 bytes behind its "
			    "last array are ignored\n");
}

static void test_config_extent_any_count_too_large_is_refused(void **state)
{
	static const size_t counts[] = {
		offsetof(struct jailhouse_cell_desc, cpu_set_size),
		offsetof(struct jailhouse_cell_desc, num_memory_regions),
		offsetof(struct jailhouse_cell_desc, num_cache_regions),
		offsetof(struct jailhouse_cell_desc, num_irqchips),
		offsetof(struct jailhouse_cell_desc, num_pio_regions),
		offsetof(struct jailhouse_cell_desc, num_pci_devices),
		offsetof(struct jailhouse_cell_desc, num_pci_caps),
		offsetof(struct jailhouse_cell_desc, num_stream_ids),
	};
	static const u32 values[] = { 1, 0x7fffffff, 0x80000000, 0xfffffff0 };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(counts); n++) {
		for (size_t v = 0; v < ARRAY_SIZE(values); v++) {
			struct fixture_cell cell = fixture.cell;
			u32 count;

			memcpy(&count, (char *)&cell + counts[n], 4);
			count += values[v];
			memcpy((char *)&cell + counts[n], &count, 4);
			assert_int_equal(check_extent(&cell, sizeof(cell)),
					 -EINVAL);
		}
	}
}

static void test_config_extent_64k_is_the_limit(void **state)
{
	size_t size = CELL_CONFIG_LIMIT + sizeof(union jailhouse_stream_id);
	struct jailhouse_cell_desc *config = calloc(1, size);

	(void)state;
	config->num_stream_ids = (CELL_CONFIG_LIMIT - sizeof(*config)) / 4;
	assert_int_equal(check_extent(config, CELL_CONFIG_LIMIT), 0);
	config->num_stream_ids++;
	assert_int_equal(check_extent(config, size), -E2BIG);
	free(config);
}

static void test_config_system_truncated_anywhere_is_refused(void **state)
{
	const struct fixture_system *system = &fixture.system;

	(void)state;
	for (size_t size = 0; size < sizeof(*system); size++) {
		void *copy = malloc(size ? size : 1);

		memcpy(copy, system, size);
		assert_int_equal(
			config_check_system(&fixture.context, copy, size),
			-EINVAL);
		free(copy);
	}
}

static void test_config_cpu_set_of_any_size_is_read(void **state)
{
	struct {
		struct jailhouse_cell_desc head;
		u8 cpus[64];
	} PACKED config = { .cpus = { 0x81, 0, 0x02 } };
	struct cpu_set set;

	(void)state;
	config.cpus[31] = 0x80; /* CPU 255 */
	config.cpus[32] = 0xff; /* beyond what there can be */

	config.head.cpu_set_size = 3;
	config_cpu_set(&config.head, &set);
	assert_int_equal(cpu_set_count(&set), 3);
	assert_true(cpu_set_has(&set, 0) && cpu_set_has(&set, 7) &&
		    cpu_set_has(&set, 17));

	config.head.cpu_set_size = 1;
	config_cpu_set(&config.head, &set);
	assert_int_equal(cpu_set_count(&set), 2);

	config.head.cpu_set_size = sizeof(config.cpus);
	config_cpu_set(&config.head, &set);
	assert_int_equal(cpu_set_count(&set), 4);
	assert_true(cpu_set_has(&set, 255));

	config.head.cpu_set_size = 0;
	config_cpu_set(&config.head, &set);
	assert_int_equal(cpu_set_count(&set), 0);
}

/* Judges a cell that is nothing but its CPU set. */
static int check_cpu_set(size_t size, size_t byte)
{
	struct jailhouse_cell_desc *config = calloc(1, sizeof(*config) + size);
	struct cell root = {
		.config = &fixture.system.head.root_cell,
		.cpus = { .word = { 0xf } },
	};
	int err;

	*config = fixture.cell.head;
	config->cpu_set_size = (u32)size;
	config->num_memory_regions = 0;
	config->num_irqchips = 0;
	config->num_pci_devices = 0;
	config->num_pci_caps = 0;
	config->num_stream_ids = 0;
	config->flags = JAILHOUSE_CELL_PASSIVE_COMMREG;
	((u8 *)config)[sizeof(*config)] = 8;
	if (byte)
		((u8 *)config)[sizeof(*config) + byte] = 1;
	fixture.context.root = &root;
	fixture.context.system = &fixture.system.head;
	err = config_check_cell(&fixture.context, config,
				sizeof(*config) + size);
	free(config);
	return err;
}

static void test_validate_cell_cpu_set_size_is_limited(void **state)
{
	(void)state;
	assert_int_equal(check_cpu_set(4096, 0), 0);
	assert_int_equal(check_cpu_set(4097, 0), -EINVAL);
}

static void test_validate_cell_cpu_beyond_255_is_refused(void **state)
{
	(void)state;
	assert_int_equal(check_cpu_set(33, 0), 0);
	assert_int_equal(check_cpu_set(33, 32), -EBUSY);
	assert_int_equal(check_cpu_set(32, 31), -EBUSY);
}

/* Many regions of one kind of fault print one line. */
static void test_validate_cell_warnings_do_not_flood(void **state)
{
	enum {
		REGIONS = 2000
	};
	struct {
		struct jailhouse_cell_desc head;
		u64 cpus[1];
		struct jailhouse_memory mem[REGIONS];
	} PACKED *config = calloc(1, sizeof(*config));
	struct cell root = {
		.config = &fixture.system.head.root_cell,
		.cpus = { .word = { 0xf } },
	};
	unsigned int lines = 0;

	(void)state;
	config->head = fixture.cell.head;
	config->head.num_memory_regions = REGIONS;
	config->head.num_irqchips = 0;
	config->head.num_pci_devices = 0;
	config->head.num_pci_caps = 0;
	config->head.num_stream_ids = 0;
	config->cpus[0] = 8;
	for (u64 n = 0; n < REGIONS; n++)
		config->mem[n] = (struct jailhouse_memory){
			.phys_start = 0x90000000,
			.virt_start = n * 0x1000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_IO | 1ULL << 60,
		};
	fixture.context.root = &root;
	fixture.context.system = &fixture.system.head;
	assert_int_equal(config_check_cell(&fixture.context, &config->head,
					   sizeof(*config)),
			 0);
	for (const char *c = host_console_text(); *c; c++)
		lines += *c == '\n';
	/* unknown flags, no access, twice, not the root's, comm, reset */
	assert_int_equal(lines, 6);
	free(config);
}

static void test_config_reserved_ranges_stop_at_capacity(void **state)
{
	struct reserved_range ranges[3] = { { .name = NULL } };

	(void)state;
	assert_int_equal(config_reserved_ranges(&fixture.system.head,
						HOST_GICR_SIZE, ranges, 2),
			 2);
	assert_non_null(ranges[1].name);
	assert_null(ranges[2].name);
}

/* x86: a cell with what ARM has not. */
static int check_x86(void)
{
	struct cell root = {
		.config = &fixture.system.head.root_cell,
		.cpus = { .word = { 0xf } },
	};

	fixture.context.architecture = JAILHOUSE_X86;
	fixture.context.root = &root;
	fixture.context.system = &fixture.system.head;
	host_console_reset();
	return config_check_cell(&fixture.context, &fixture.x86.head,
				 sizeof(fixture.x86));
}

static bool said(const char *text)
{
	return strstr(host_console_text(), text);
}

static void test_validate_x86_cache_and_pio(void **state)
{
	struct fixture_x86 *x86 = &fixture.x86;

	(void)state;
	assert_int_equal(check_x86(), -EINVAL);
	assert_true(said("cache region 1 is one too many"));

	/* One region only: the other's bytes become three PIO ranges. */
	x86->head.num_cache_regions = 1;
	x86->head.num_pio_regions = 4;
	x86->cache[0].type = JAILHOUSE_CACHE_L3;
	assert_int_equal(check_x86(), -EINVAL);
	assert_true(said("has no ways"));
	x86->cache[0].size = 2;
	assert_int_equal(check_x86(), 0);
	x86->cache[0].type = JAILHOUSE_CACHE_L3_CODE;
	assert_int_equal(check_x86(), -EINVAL);
	assert_true(said("unknown type 1"));
	x86->cache[0].type = JAILHOUSE_CACHE_L3;

	x86->pio[0] = (struct jailhouse_pio){ 0xffff, 2 };
	assert_int_equal(check_x86(), -EINVAL);
	assert_true(said("PIO range 3 ends beyond port 0xffff"));
	x86->pio[0].length = 1;
	assert_int_equal(check_x86(), 0);
}

static void test_validate_arm_cache_and_pio_are_remarked(void **state)
{
	struct cell root = {
		.config = &fixture.system.head.root_cell,
		.cpus = { .word = { 0xf } },
	};

	(void)state;
	fixture.x86.head.architecture = JAILHOUSE_ARM64;
	fixture.context.root = &root;
	fixture.context.system = &fixture.system.head;
	assert_int_equal(config_check_cell(&fixture.context, &fixture.x86.head,
					   sizeof(fixture.x86)),
			 0);
	assert_true(said("cache regions have no effect here"));
}

/* The root's firmware calls are where PIO ranges are: after the interrupt
 * chips, and nothing behind them here. */
static int check_firmware_calls(struct jailhouse_pio last)
{
	struct fixture_system *system = &fixture.system;
	const struct jailhouse_pio ranges[2] = { { 0x10, 1 }, last };
	u8 bytes[sizeof(*system)];
	size_t size = offsetof(struct fixture_system, pci);

	system->head.root_cell.num_pci_devices = 0;
	system->head.root_cell.num_pci_caps = 0;
	system->head.root_cell.num_stream_ids = 0;
	system->head.root_cell.num_pio_regions = 2;
	memcpy(bytes, system, size);
	memcpy(bytes + size, ranges, sizeof(ranges));
	return validate_system_bytes(&fixture, bytes, size + sizeof(ranges));
}

static void test_validate_firmware_calls_of_root_are_remarked(void **state)
{
	(void)state;
	assert_int_equal(
		check_firmware_calls((struct jailhouse_pio){ 0xff00, 0x100 }),
		0);
	assert_true(said("may call the firmware's SiP functions in 2 ranges"));
}

static void test_validate_firmware_calls_out_of_range_are_refused(void **state)
{
	(void)state;
	assert_int_equal(
		check_firmware_calls((struct jailhouse_pio){ 0xff00, 0x101 }),
		-EINVAL);
	assert_true(said("PIO range 1 is no range of numbers of firmware "
			 "functions"));
	assert_int_equal(
		check_firmware_calls((struct jailhouse_pio){ 0x20, 0 }),
		-EINVAL);
}

#define CASE(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_config_extent_complete_is_accepted),
		CASE(test_config_extent_truncated_anywhere_is_refused),
		CASE(test_config_extent_trailing_bytes_are_remarked),
		CASE(test_config_extent_any_count_too_large_is_refused),
		CASE(test_config_extent_64k_is_the_limit),
		CASE(test_config_system_truncated_anywhere_is_refused),
		CASE(test_config_cpu_set_of_any_size_is_read),
		CASE(test_validate_cell_cpu_set_size_is_limited),
		CASE(test_validate_cell_cpu_beyond_255_is_refused),
		CASE(test_validate_cell_warnings_do_not_flood),
		CASE(test_config_reserved_ranges_stop_at_capacity),
		CASE(test_validate_x86_cache_and_pio),
		CASE(test_validate_arm_cache_and_pio_are_remarked),
		CASE(test_validate_firmware_calls_of_root_are_remarked),
		CASE(test_validate_firmware_calls_out_of_range_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
