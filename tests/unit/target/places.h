/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tests that hold over every kind of target that runs commands: this machine,
 * and behind SSH with two servers, of which one may not be installed. */
#ifndef TESTS_PLACES_H
#define TESTS_PLACES_H

#include "cmocka_all.h"

#include <stdbool.h>

#include <jhcfg/target.h>

#include "sshd.h"

#define PLACES_MAX_TESTS 32

/* The state of each test. */
struct place {
	const char *name;
	bool ssh;
	enum sshd_kind kind;
	struct sshd sshd;
	struct jhcfg_target *target;
	char folder[64]; /* to play in, on the target */
};

int open_place(void **state);
int close_place(void **state);

#define PLACE_TEST(name)                                                       \
	cmocka_unit_test_setup_teardown(name, open_place, close_place)

/* Runs them over each; how many failed. */
int over_all_places(const struct CMUnitTest *tests, size_t num_tests);

/* Its target; skips the test where its server is not installed. */
struct jhcfg_target *target_of(void **state);
/* A path in the folder; valid until the next but one call. */
const char *path_of(void **state, const char *name);

#endif
