// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "layout.h"

#define FILE_SIZE 0x18800
#define LIMIT	  (1ULL << 44)

static struct jh_diag diag;

static struct jailhouse_image_header image(void)
{
	struct jailhouse_image_header header = {
		.abi = JAILHOUSE_IMAGE_ABI,
		.architecture = JAILHOUSE_ARM64,
		.core_size = 0x20000,
		.entry_offset = 0x800,
		.console_offset = 0x1f000,
		.cpu_shared_size = 192,
		.cpu_private_size = 0x4000,
	};

	memcpy(header.signature, JAILHOUSE_IMAGE_SIGNATURE,
	       sizeof(header.signature));
	return header;
}

static int check(const struct jailhouse_image_header *header)
{
	return jh_layout_check_image(header, FILE_SIZE, JAILHOUSE_ARM64, &diag);
}

static void test_image_in_order_is_accepted(void **state)
{
	struct jailhouse_image_header header = image();

	(void)state;
	assert_int_equal(check(&header), 0);
}

/* One field each that makes an image unusable */
static void test_image_with_a_wrong_field_is_refused(void **state)
{
	static const struct {
		size_t offset;
		size_t size;
		__u64 value;
		const char *why;
	} rows[] = {
#define FIELD(field, value, why)                                               \
	{ offsetof(struct jailhouse_image_header, field),                      \
	  sizeof(((struct jailhouse_image_header *)0)->field), (value),        \
	  (why) }
		FIELD(signature, 0, "not a hypervisor image"),
		FIELD(abi, JAILHOUSE_IMAGE_ABI + 1, "one version"),
		FIELD(architecture, JAILHOUSE_ARM, "architecture 1"),
		FIELD(core_size, 0x20001, "core size"),
		FIELD(core_size, 0x18000, "core size"), /* below the file's */
		FIELD(core_size, 0x100000000, "core size"),
		FIELD(core_size, UINT64_MAX & ~0xfffULL, "core size"),
		FIELD(entry_offset, 0x802, "entry"),
		FIELD(entry_offset, FILE_SIZE, "entry"), /* in the bss */
		FIELD(entry_offset, UINT64_MAX & ~3ULL, "entry"),
		FIELD(console_offset, 0x1f010, "console"),
		FIELD(console_offset, 0x20000, "console"),
		FIELD(cpu_private_size, 0x4010, "CPU areas"),
		FIELD(cpu_private_size, 0xfffff000, "CPU areas"),
		FIELD(cpu_shared_size, 0xffffffff, "CPU areas"),
#undef FIELD
	};

	(void)state;
	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
		struct jailhouse_image_header header = image();

		memcpy((char *)&header + rows[n].offset, &rows[n].value,
		       rows[n].size);
		if (check(&header) != -EINVAL ||
		    !strstr(diag.text, rows[n].why))
			fail_msg("row %zu: accepted, or said \"%s\"", n,
				 diag.text);
	}
}

static void test_image_shorter_than_its_header_is_refused(void **state)
{
	struct jailhouse_image_header header = image();

	(void)state;
	assert_int_equal(jh_layout_check_image(&header, sizeof(header) - 1,
					       JAILHOUSE_ARM64, &diag),
			 -EINVAL);
}

static void test_memory_within_reach_is_accepted(void **state)
{
	(void)state;
	assert_int_equal(
		jh_layout_check_memory(0x7fc00000, 0x400000, LIMIT, &diag), 0);
	assert_int_equal(
		jh_layout_check_memory(LIMIT - 0x1000, 0x1000, LIMIT, &diag),
		0);
}

static void test_memory_odd_or_out_of_reach_is_refused(void **state)
{
	static const struct {
		__u64 phys, size;
	} rows[] = {
		{ 0x7fc00000, 0 },
		{ 0x7fc00800, 0x400000 },
		{ 0x7fc00000, 0x400800 },
		{ LIMIT, 0x1000 },
		{ LIMIT - 0x1000, 0x2000 },
		{ 0x1000, UINT64_MAX & ~0xfffULL },
		{ UINT64_MAX & ~0xfffULL, 0x1000 },
	};

	(void)state;
	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++)
		assert_int_equal(jh_layout_check_memory(rows[n].phys,
							rows[n].size, LIMIT,
							&diag),
				 -EINVAL);
}

static void test_place_puts_config_behind_all_cpus(void **state)
{
	struct jailhouse_image_header header = image();
	struct jh_layout layout;

	(void)state;
	header.max_cpus = 4;
	header.config_size = 0x1001;
	header.region_size = 0x400000;
	assert_int_equal(jh_layout_place(&header, &layout, &diag), 0);
	/* core, 4 * 192 shared rounded up to a page, 4 * 16 KiB private */
	assert_int_equal(layout.config, 0x20000 + 0x1000 + 0x10000);
	assert_int_equal(layout.pool, layout.config + 0x2000);
}

static void test_place_needs_at_least_a_page_for_the_pool(void **state)
{
	struct jailhouse_image_header header = image();
	struct jh_layout layout = { .config = 1, .pool = 2 };

	(void)state;
	header.max_cpus = 1;
	header.config_size = 0x1000;
	header.region_size = 0x20000 + 0x1000 + 0x4000 + 0x1000;
	assert_int_equal(jh_layout_place(&header, &layout, &diag), -EINVAL);
	assert_non_null(strstr(diag.text, "too small"));
	assert_int_equal(layout.config, 1);
	assert_int_equal(layout.pool, 2);
	header.region_size += 0x1000;
	assert_int_equal(jh_layout_place(&header, &layout, &diag), 0);
}

static void test_place_with_the_largest_fields_does_not_wrap(void **state)
{
	struct jailhouse_image_header header = image();
	struct jh_layout layout;

	(void)state;
	header.core_size = 64U << 20;
	header.cpu_shared_size = 1U << 20;
	header.cpu_private_size = 1U << 20;
	header.config_size = 1U << 20;
	header.max_cpus = 32768;
	header.region_size = 0x400000;
	assert_int_equal(check(&header), 0);
	assert_int_equal(jh_layout_place(&header, &layout, &diag), -EINVAL);
	header.region_size = 1ULL << 40;
	assert_int_equal(jh_layout_place(&header, &layout, &diag), 0);
	assert_int_equal(layout.pool, (65ULL << 20) + (65536ULL << 20));
	header.max_cpus = UINT32_MAX;
	assert_int_equal(jh_layout_place(&header, &layout, &diag), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_image_in_order_is_accepted),
		cmocka_unit_test(test_image_with_a_wrong_field_is_refused),
		cmocka_unit_test(test_image_shorter_than_its_header_is_refused),
		cmocka_unit_test(test_memory_within_reach_is_accepted),
		cmocka_unit_test(test_memory_odd_or_out_of_reach_is_refused),
		cmocka_unit_test(test_place_puts_config_behind_all_cpus),
		cmocka_unit_test(test_place_needs_at_least_a_page_for_the_pool),
		cmocka_unit_test(
			test_place_with_the_largest_fields_does_not_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
