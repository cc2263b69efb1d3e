// SPDX-License-Identifier: GPL-2.0-or-later
/* Connections that are slow, or that end while something is going on. */
#include "cmocka_all.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/target.h>

#include "forwarder.h"
#include "sshd.h"

static struct sshd sshd;
static struct forwarder forwarder;

static int start(void **state)
{
	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	forwarder_stop(&forwarder);
	sshd_stop(&sshd);
	return 0;
}

static void trust(struct jhcfg_target *target, void *user,
		  enum jhcfg_question question, const char *prompt)
{
	(void)user;
	(void)prompt;
	jhcfg_target_answer(target, question == JHCFG_ASK_TRUST ? "yes" : NULL);
}

/* A target behind the forwarder, connected. */
static struct jhcfg_target *open_behind(const struct forwarder_link *link)
{
	const struct jhcfg_target_options options = {
		.handler = { .ask = trust },
		.known_hosts = sshd.known_hosts,
		.identity = sshd.identity,
		.ssh_config = "/dev/null",
		.timeout_ms = 120000,
	};
	struct forwarder_link with_port = *link;
	struct jhcfg_target *target;
	char name[64];

	with_port.to = sshd.port;
	forwarder_start(&forwarder, &with_port);
	snprintf(name, sizeof(name), "ssh://127.0.0.1:%d", forwarder.port);
	assert_int_equal(jhcfg_target_open(name, &options, NULL, &target), 0);
	if (jhcfg_target_wait(target))
		fail_msg("%s", jhcfg_target_reason(target));
	return target;
}

static void run_true(struct jhcfg_target *target)
{
	const char *const argv[] = { "true", NULL };
	struct jhcfg_result result;

	assert_int_equal(
		jhcfg_target_exec(target, argv, NULL, 0, 10, 0, &result), 0);
	assert_int_equal(result.status, 0);
	jhcfg_result_clear(&result);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- slow ----------------------------------------------------------------- */

#define DELAY_MS 200

/* The best of some runs, of many until it is below @enough: the machine has
 * other things to do as well. */
static int64_t time_of_command(struct jhcfg_target *target, int64_t enough)
{
	int64_t least = INT64_MAX;

	for (int n = 0; n < 5 || (n < 60 && least >= enough); n++) {
		int64_t began = now_ms(), took;

		run_true(target);
		took = now_ms() - began;
		if (took < least)
			least = took;
	}
	return least;
}

/* Opening the channel is one round trip, the command and its end the other.
 * What the server needs by itself is measured without the delay. */
static void test_command_over_slow_link_takes_two_round_trips(void **state)
{
	const struct forwarder_link fast = { 0 },
				    slow = { .delay_ms = DELAY_MS };
	struct jhcfg_target *target = open_behind(&fast);
	int64_t alone = time_of_command(target, INT64_MAX), took, limit;

	(void)state;
	jhcfg_target_close(target);
	forwarder_stop(&forwarder);
	target = open_behind(&slow);
	limit = alone + 3 * 2 * DELAY_MS;
	took = time_of_command(target, limit);
	/* the link is as slow as it should be; clocks are read to the ms */
	assert_true(took >= 2 * 2 * (DELAY_MS - 1));
	assert_true(took < limit);
	jhcfg_target_close(target);
}

static void test_file_over_narrow_link_arrives_whole(void **state)
{
	const struct forwarder_link link = { .delay_ms = 5,
					     .bytes_per_ms = 1000 };
	struct jhcfg_target *target = open_behind(&link);
	size_t size = 1 << 20, back_size;
	char *data = malloc(size), path[128];
	void *back;

	(void)state;
	assert_non_null(data);
	for (size_t n = 0; n < size; n++)
		data[n] = (char)(n * 7 >> 2);
	snprintf(path, sizeof(path), "%s/file", sshd.folder);
	assert_int_equal(
		jhcfg_target_write(target, path, data, size, 0600, 240000), 0);
	assert_int_equal(jhcfg_file_read(path, size, &back, &back_size), 0);
	assert_int_equal(back_size, size);
	assert_memory_equal(back, data, size);
	free(back);
	free(data);
	jhcfg_target_close(target);
}

/* --- cut ------------------------------------------------------------------ */

/* Files of the folder whose name begins like this. */
static int count_files(const char *beginning)
{
	DIR *folder = opendir(sshd.folder);
	struct dirent *entry;
	int count = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder)))
		count += !strncmp(entry->d_name, beginning, strlen(beginning));
	closedir(folder);
	return count;
}

static int watch_folder(void)
{
	int watch = inotify_init1(IN_CLOEXEC);

	assert_true(inotify_add_watch(watch, sshd.folder, IN_DELETE) >= 0);
	return watch;
}

/*
 * Until a file whose name begins like this was removed. The shell there may
 * begin only when the link is cut already, and then needs a moment to see that
 * nobody is there any more.
 */
static void wait_for_removal(int watch, const char *beginning)
{
	char events[4096] __attribute__((aligned(8)));
	struct pollfd changes = { .fd = watch, .events = POLLIN };
	const struct inotify_event *event;

	for (;;) {
		ssize_t size;

		if (poll(&changes, 1, 120000) != 1)
			fail_msg("no %s* was removed", beginning);
		size = read(watch, events, sizeof(events));
		assert_true(size > 0);
		for (char *at = events; at < events + size;
		     at += sizeof(*event) + event->len) {
			event = (const void *)at;
			if (event->len &&
			    !strncmp(event->name, beginning, strlen(beginning)))
				return;
		}
	}
}

static void test_cut_upload_leaves_the_old_file_and_no_rest(void **state)
{
	const struct forwarder_link link = { .cut_after = 1 << 20 };
	struct jhcfg_target *target = open_behind(&link);
	struct forwarder_link healed = { .to = sshd.port };
	size_t size = 4 << 20, back_size;
	char *data = calloc(1, size), path[128];
	int watch = watch_folder();
	void *back;

	(void)state;
	assert_non_null(data);
	snprintf(path, sizeof(path), "%s/image", sshd.folder);
	assert_int_equal(jhcfg_file_write(path, "old", 3), 0);
	assert_int_equal(
		jhcfg_target_write(target, path, data, size, 0600, 240000),
		-ECONNRESET);
	forwarder_wait_cut(&forwarder);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	assert_int_equal(jhcfg_file_read(path, size, &back, &back_size), 0);
	assert_int_equal(back_size, 3);
	free(back);
	wait_for_removal(watch, "image.");
	close(watch);
	assert_int_equal(count_files("image"), 1);

	/* and with the link back, the same target does it */
	forwarder_resume(&forwarder, &healed);
	assert_int_equal(jhcfg_target_reconnect(target), 0);
	if (jhcfg_target_wait(target))
		fail_msg("%s", jhcfg_target_reason(target));
	assert_int_equal(
		jhcfg_target_write(target, path, data, size, 0600, 240000), 0);
	assert_int_equal(jhcfg_file_read(path, size, &back, &back_size), 0);
	assert_int_equal(back_size, size);
	free(back);
	free(data);
	assert_int_equal(count_files("image"), 1);
	jhcfg_target_close(target);
}

static void test_link_that_stays_down_is_told(void **state)
{
	const struct forwarder_link link = { 0 };
	struct jhcfg_target *target = open_behind(&link);
	const char *const argv[] = { "sleep", "1000", NULL };
	struct jhcfg_result result;

	(void)state;
	run_true(target);
	forwarder_cut(&forwarder);
	assert_int_equal(
		jhcfg_target_exec(target, argv, NULL, 0, 10, 120000, &result),
		-ECONNRESET);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	assert_true(*jhcfg_target_reason(target));
	jhcfg_target_close(target);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(test_command_over_slow_link_takes_two_round_trips),
		CASE(test_file_over_narrow_link_arrives_whole),
		CASE(test_cut_upload_leaves_the_old_file_and_no_rest),
		CASE(test_link_that_stays_down_is_told),
	};

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no OpenSSH server here\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
