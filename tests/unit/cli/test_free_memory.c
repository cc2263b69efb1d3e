// SPDX-License-Identifier: GPL-2.0-or-later
#include "free_memory.h"

#include "cmocka_all.h"

static const struct devicetree_range bank = { 0x40000000, 0x40000000 };

static const char mem_768m[] = "09000000-09000fff : pl011@9000000\n"
			       "40000000-6fffffff : System RAM\n"
			       "  40210000-41f8ffff : Kernel code\n"
			       "  46000000-46ffffff : System RAM\n"
			       "4010000000-401fffffff : PCI ECAM\n";

static void check(const struct devicetree_range *banks, size_t count,
		  const char *iomem, enum free_memory result, uint64_t start,
		  uint64_t size)
{
	struct devicetree_range hole = { 0 };

	assert_int_equal(free_memory_find(banks, count, iomem, &hole), result);
	assert_int_equal(hole.start, start);
	assert_int_equal(hole.size, size);
}

static void test_find_hole_at_the_end(void **state)
{
	(void)state;
	check(&bank, 1, mem_768m, FREE_MEMORY_FOUND, 0x70000000, 0x10000000);
}

static void test_find_largest_hole(void **state)
{
	(void)state;
	check(&bank, 1,
	      "40100000-4fffffff : System RAM\n"
	      "60000000-7fffffff : System RAM\n",
	      FREE_MEMORY_FOUND, 0x50000000, 0x10000000);
	check(&bank, 1, "60000000-7fffffff : System RAM\n", FREE_MEMORY_FOUND,
	      0x40000000, 0x20000000);
}

static void test_find_in_the_bank_that_linux_leaves(void **state)
{
	const struct devicetree_range banks[] = {
		{ 0x40000000, 0x40000000 },
		{ 0x800000000, 0x80000000 },
	};

	(void)state;
	check(banks, 2, "40000000-7fffffff : System RAM\n", FREE_MEMORY_FOUND,
	      0x800000000, 0x80000000);
}

static void test_find_nothing_when_linux_has_all(void **state)
{
	(void)state;
	check(&bank, 1, "40000000-7fffffff : System RAM\n", FREE_MEMORY_NONE, 0,
	      0);
	/* scraps are no memory for a cell */
	check(&bank, 1, "40000000-7ffeffff : System RAM\n", FREE_MEMORY_NONE, 0,
	      0);
}

static void test_find_cannot_tell_without_addresses(void **state)
{
	(void)state;
	check(&bank, 1, "00000000-00000000 : System RAM\n", FREE_MEMORY_UNKNOWN,
	      0, 0);
	check(&bank, 1, "", FREE_MEMORY_UNKNOWN, 0, 0);
	check(&bank, 0, mem_768m, FREE_MEMORY_UNKNOWN, 0, 0);
}

static void test_find_survives_malformed_lines(void **state)
{
	(void)state;
	check(&bank, 1,
	      "\n-\n : System RAM\nzz-yy : System RAM\n40000000\n"
	      "40000000-7fffffff : System RAM",
	      FREE_MEMORY_NONE, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find_hole_at_the_end),
		cmocka_unit_test(test_find_largest_hole),
		cmocka_unit_test(test_find_in_the_bank_that_linux_leaves),
		cmocka_unit_test(test_find_nothing_when_linux_has_all),
		cmocka_unit_test(test_find_cannot_tell_without_addresses),
		cmocka_unit_test(test_find_survives_malformed_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
