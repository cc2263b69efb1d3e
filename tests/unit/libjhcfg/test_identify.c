// SPDX-License-Identifier: GPL-2.0-or-later
#include <jhcfg/identify.h>

#include <string.h>

#include <jhcfg/codec.h>

#include "cmocka_all.h"

static void check(const void *data, size_t size, enum jhcfg_kind kind)
{
	assert_int_equal(jhcfg_identify(data, size)->kind, kind);
}

#define CHECK(literal, kind) check(literal, sizeof(literal) - 1, kind)

static void test_identify_by_first_bytes(void **state)
{
	(void)state;
	CHECK("JHSYS\2\16\0", JHCFG_IS_SYSTEM);
	CHECK("JHCLL\2\16\0", JHCFG_IS_CELL);
	CHECK("JHSYST\14\0", JHCFG_IS_OTHER_REVISION);
	CHECK("JHCELL\14\0", JHCFG_IS_OTHER_REVISION);
	CHECK("JHCLL\2\17\0", JHCFG_IS_OTHER_REVISION);
	CHECK("\177ELF\2\1\1", JHCFG_IS_ELF);
	CHECK("\4\0\0\0\20\0\0\0\5\0\0\0GNU\0", JHCFG_IS_NOTE);
	CHECK(" \n{\"name\": 1}", JHCFG_IS_JSON);
	CHECK("\xef\xbb\xbf{\"name\": 1}", JHCFG_IS_JSON);
	CHECK("/* cell */", JHCFG_IS_C_SOURCE);
	CHECK("#include <jailhouse/types.h>", JHCFG_IS_C_SOURCE);
	CHECK("MZ\220", JHCFG_IS_UNKNOWN);
	check(NULL, 0, JHCFG_IS_EMPTY);
}

static void test_identify_prefixes_stay_in_bounds(void **state)
{
	static const char text[] = "JHSYS\2\16";

	(void)state;
	for (size_t size = 1; size < sizeof(text) - 1; size++)
		assert_int_not_equal(jhcfg_identify(text, size)->kind,
				     JHCFG_IS_SYSTEM);
	CHECK("   ", JHCFG_IS_UNKNOWN);
	CHECK("\4\0\0\0", JHCFG_IS_UNKNOWN);
}

static void test_identify_advice_for_what_can_be_compiled(void **state)
{
	(void)state;
	assert_non_null(strstr(jhcfg_identify("{", 1)->hint, "config compile"));
	assert_non_null(
		strstr(jhcfg_identify("//", 2)->hint, "config convert"));
}

static void expect_dialect(const char *version, const char *name)
{
	const struct jhcfg_dialect *dialect = jhcfg_dialect_of_driver(version);

	if (name)
		assert_string_equal(jhcfg_dialect_name(dialect), name);
	else
		assert_null(dialect);
}

static void test_dialect_of_the_drivers_version(void **state)
{
	(void)state;
	expect_dialect("v0.12 (15-gabcdef)", "rev12");
	expect_dialect("0.12", "rev12");
	expect_dialect("v0.11", "rev10");
	expect_dialect("v0.9.1\n", "rev9");
	expect_dialect("v0.120", NULL);
	expect_dialect("v0.1", NULL);
	expect_dialect("", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identify_by_first_bytes),
		cmocka_unit_test(test_dialect_of_the_drivers_version),
		cmocka_unit_test(test_identify_prefixes_stay_in_bounds),
		cmocka_unit_test(test_identify_advice_for_what_can_be_compiled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
