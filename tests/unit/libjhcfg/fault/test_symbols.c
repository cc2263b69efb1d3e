// SPDX-License-Identifier: GPL-2.0-or-later
/* Addresses become names of functions. */
#include "cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>
#include <jhcfg/symbols.h>

static void read_self(void **data, size_t *size)
{
	assert_int_equal(
		jhcfg_file_read("/proc/self/exe", 256 << 20, data, size), 0);
}

/* The address in the file of one of our functions: that of any other one
 * differs by as much as in memory. */
static void test_symbol_of_our_own_is_found(void **state)
{
	struct jhcfg_symbols *symbols;
	uint64_t offset, base = 0;
	const char *name = NULL;
	size_t size;
	void *data;

	(void)state;
	read_self(&data, &size);
	assert_int_equal(jhcfg_symbols_read(data, size, NULL, &symbols), 0);
	free(data);
	/* a position-independent program was moved by whole pages */
	for (uint64_t try = (uint64_t)(uintptr_t)read_self % 4096;
	     try < 64 << 20; try += 4096) {
		name = jhcfg_symbols_find(symbols, try, &offset);
		if (name && !strcmp(name, "read_self")) {
			base = try;
			break;
		}
	}
	assert_true(base);
	assert_int_equal(offset, 0);
	name = jhcfg_symbols_find(symbols, base + 2, &offset);
	assert_string_equal(name, "read_self");
	assert_int_equal(offset, 2);
	assert_null(jhcfg_symbols_find(symbols, UINT64_MAX, &offset));
	jhcfg_symbols_free(symbols);
}

static void test_symbols_of_damaged_file_do_no_harm(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_symbols *symbols;
	size_t size;
	uint8_t *data, *copy;

	(void)state;
	read_self((void **)&data, &size);
	assert_int_equal(jhcfg_symbols_read("no", 2, diags, &symbols), -22);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	jhcfg_diags_free(diags);
	for (size_t n = 0; n < 64; n++) {
		/* in a buffer that ends there, so that a checker sees beyond */
		copy = malloc(n + 1);
		assert_non_null(copy);
		memcpy(copy, data, n);
		assert_int_equal(jhcfg_symbols_read(copy, n, NULL, &symbols),
				 -22);
		free(copy);
	}
	for (size_t n = 4; n < 64; n++) {
		uint8_t before = data[n];

		data[n] = (uint8_t)~before;
		if (!jhcfg_symbols_read(data, size, NULL, &symbols))
			jhcfg_symbols_free(symbols);
		data[n] = before;
	}
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_symbol_of_our_own_is_found),
		cmocka_unit_test(test_symbols_of_damaged_file_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
