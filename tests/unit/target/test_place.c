// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmocka_all.h"

#include <errno.h>
#include <stdlib.h>

#include "target/backend.h"
#include "target/place.h"
#include "util/quote.h"

static const struct good {
	const char *text, *user, *host;
	unsigned int port;
} good[] = {
	{ "board", NULL, "board", 0 },
	{ "root@board", "root", "board", 0 },
	{ "board.example:2222", NULL, "board.example", 2222 },
	{ "a.b-c_d@10.0.0.1:65535", "a.b-c_d", "10.0.0.1", 65535 },
	{ "[::1]", NULL, "::1", 0 },
	{ "root@[fe80::1%eth0]:22", "root", "fe80::1%eth0", 22 },
};

static void test_place_good_is_split(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(good) / sizeof(*good); n++) {
		struct target_place place = { 0 };

		assert_int_equal(target_parse_place(good[n].text, &place), 0);
		assert_string_equal(place.host, good[n].host);
		assert_int_equal(place.port, good[n].port);
		if (good[n].user)
			assert_string_equal(place.user, good[n].user);
		else
			assert_null(place.user);
		target_clear_place(&place);
	}
}

static void test_place_bad_is_refused(void **state)
{
	static const char *const bad[] = {
		"",	   "@board",	"root@",      "-oProxyCommand=x",
		"a b",	   "board:",	"board:0",    "board:65536",
		"board:x", "board:22x", "-l@board",   "$(id)@board",
		"[::1",	   "[::1]22",	"[]",	      "board/path",
		"a\nb",	   "a@b@-c",	"board;true", "board:999999999999",
	};

	(void)state;
	for (size_t n = 0; n < sizeof(bad) / sizeof(*bad); n++) {
		struct target_place place = { 0 };

		assert_int_equal(target_parse_place(bad[n], &place), -EINVAL);
		assert_null(place.host);
	}
}

static void test_board_good_is_taken_and_bad_refused(void **state)
{
	static const char *const bad[] = {
		"",    "-x",  ".",     "..",  "../x",
		"a/b", "a b", "$(id)", "a\n", "a;b",
	};
	struct target_place place = { 0 };

	(void)state;
	assert_int_equal(target_parse_board("qemu-arm64", &place), 0);
	assert_string_equal(place.board, "qemu-arm64");
	target_clear_place(&place);
	for (size_t n = 0; n < sizeof(bad) / sizeof(*bad); n++) {
		assert_int_equal(target_parse_board(bad[n], &place), -EINVAL);
		target_clear_place(&place);
	}
}

static void test_quote_words_survive(void **state)
{
	const char *const argv[] = { "a b", "it's", "", "$(id)`x`\\\n\"*",
				     NULL };
	char *line = jhcfg_quote_command(argv);

	(void)state;
	assert_string_equal(line, "'a b' 'it'\\''s' '' '$(id)`x`\\\n\"*'");
	free(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_place_good_is_split),
		cmocka_unit_test(test_place_bad_is_refused),
		cmocka_unit_test(test_board_good_is_taken_and_bad_refused),
		cmocka_unit_test(test_quote_words_survive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
