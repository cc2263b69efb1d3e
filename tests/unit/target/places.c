// SPDX-License-Identifier: GPL-2.0-or-later
#include "places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void trust(struct jhcfg_target *target, void *user,
		  enum jhcfg_question question, const char *prompt)
{
	(void)user;
	(void)prompt;
	jhcfg_target_answer(target, question == JHCFG_ASK_TRUST ? "yes" : NULL);
}

int open_place(void **state)
{
	struct place *place = *state;
	struct jhcfg_target_options options = { .handler.ask = trust,
						.timeout_ms = 120000 };
	const char *name = "local";

	if (place->ssh && !sshd_is_installed(place->kind))
		return 0;
	if (place->ssh) {
		sshd_start(&place->sshd, place->kind);
		options.known_hosts = place->sshd.known_hosts;
		options.identity = place->sshd.identity;
		options.ssh_config = "/dev/null";
		name = place->sshd.name;
	}
	assert_int_equal(
		jhcfg_target_open(name, &options, NULL, &place->target), 0);
	if (jhcfg_target_wait(place->target))
		fail_msg("%s", jhcfg_target_reason(place->target));
	strcpy(place->folder, "/tmp/jhw-target-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	return 0;
}

int close_place(void **state)
{
	struct place *place = *state;
	char command[128];

	if (!place->target)
		return 0;
	jhcfg_target_close(place->target);
	place->target = NULL;
	if (place->ssh)
		sshd_stop(&place->sshd);
	snprintf(command, sizeof(command), "rm -rf %s", place->folder);
	return system(command);
}

struct jhcfg_target *target_of(void **state)
{
	struct place *place = *state;

	if (!place->target) {
		print_message("skipped: its server is not installed; "
			      "./jhw setup\n");
		skip();
	}
	return place->target;
}

const char *path_of(void **state, const char *name)
{
	static char paths[2][512];
	static int which;
	struct place *place = *state;

	which = !which;
	snprintf(paths[which], sizeof(paths[which]), "%s/%s", place->folder,
		 name);
	return paths[which];
}

int over_all_places(const struct CMUnitTest *tests, size_t num_tests)
{
	static struct place places[] = {
		{ .name = "local" },
		{ .name = "openssh", .ssh = true, .kind = SSHD_OPENSSH },
		{ .name = "dropbear", .ssh = true, .kind = SSHD_DROPBEAR },
	};
	struct CMUnitTest here[PLACES_MAX_TESTS];
	int failed = 0;

	assert_in_range(num_tests, 1, PLACES_MAX_TESTS);
	for (size_t p = 0; p < sizeof(places) / sizeof(*places); p++) {
		memcpy(here, tests, num_tests * sizeof(*tests));
		for (size_t n = 0; n < num_tests; n++)
			here[n].initial_state = &places[p];
		print_message("over %s\n", places[p].name);
		failed += _cmocka_run_group_tests(places[p].name, here,
						  num_tests, NULL, NULL);
	}
	return failed;
}
