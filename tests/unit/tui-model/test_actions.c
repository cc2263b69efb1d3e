// SPDX-License-Identifier: GPL-2.0-or-later
/* Actions on another machine: their files are brought beside all the rest. */
#include "cmocka_all.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>

#include "model/session.h"
#include "sshd.h"

#define PATIENCE_MS 120000
/* more than a connection takes by itself */
#define LARGE ((size_t)16 << 20)

static struct sshd sshd;
static struct tui_session *session;
static const struct tui_model *model;
static char file[96], mark[17];
static int go = -1; /* of uploads that are held */

static const char *in_folder(const char *name)
{
	static char path[96];

	snprintf(path, sizeof(path), "%s/%s", sshd.folder, name);
	return path;
}

static void write_script(const char *name, const char *text)
{
	const char *path = in_folder(name);

	assert_int_equal(jhcfg_file_write(path, text, strlen(text)), 0);
	assert_int_equal(chmod(path, 0755), 0);
}

/* A file that no run before this one has brought, whose name tells. */
static void write_file(size_t size)
{
	unsigned char random[8];
	char *data = calloc(1, size);

	assert_non_null(data);
	assert_int_equal(getrandom(random, 8, 0), 8);
	memcpy(data, random, 8);
	for (int n = 0; n < 8; n++)
		snprintf(mark + 2 * n, 3, "%02x", random[n]);
	snprintf(file, sizeof(file), "%s/%s", sshd.folder, mark);
	assert_int_equal(jhcfg_file_write(file, data, size), 0);
	free(data);
}

/* What is there of it on the target, which is this machine. */
static size_t files_there(bool delete)
{
	char pattern[96];
	glob_t found;
	size_t count;

	snprintf(pattern, sizeof(pattern), "/%s/jailhouse-workbench*/*%s*",
		 geteuid() ? "tmp" : "run", mark);
	if (glob(pattern, 0, NULL, &found))
		return 0;
	count = found.gl_pathc;
	for (size_t n = 0; delete &&n < count; n++)
		unlink(found.gl_pathv[n]);
	globfree(&found);
	return count;
}

/* Once more round the loop: something has happened. */
static void turn(void)
{
	struct pollfd fd = { .fd = tui_session_fd(session), .events = POLLIN };

	assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
	assert_true(tui_session_dispatch(session) >= 0);
}

/* The next event of an action behind *@serial. */
static const char *next_event(uint64_t *serial)
{
	for (;;) {
		const struct tui_event *event;

		while (*serial == model->num_events)
			turn();
		event = tui_model_event(model, ++*serial);
		if (event->kind == TUI_EVENT_ACTION)
			return event->text;
	}
}

static int start(void **state)
{
	const struct tui_session_options options = { .delay_ms = 20,
						     .writable = true };

	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	setenv("JAILHOUSE_SSH_CONFIG", sshd.config, 1);
	write_script("bin/sudo", "#!/bin/sh\n"
				 "while [ \"$1\" != -- ]; do\n"
				 "[ $# -gt 0 ] || exit 0; shift; done\n"
				 "shift; exec \"$@\"\n");
	write_script("bin/jailhouse",
		     "#!/bin/sh\necho \"$@\" >>\"$(dirname \"$0\")/called\"\n");
	assert_int_equal(
		tui_session_open("ssh://fixture", &options, NULL, &session), 0);
	model = tui_session_model(session);
	while (model->attach == TUI_CONNECTING)
		turn();
	if (model->attach == TUI_LOST)
		fail_msg("%s", model->reason);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	tui_session_close(session);
	files_there(true);
	if (go >= 0)
		close(go);
	go = -1;
	sshd_stop(&sshd);
	return 0;
}

/* The sum of what arrives waits until somebody opens the pipe. */
static void hold_uploads(void)
{
	char script[256];

	assert_int_equal(mkfifo(in_folder("go"), 0600), 0);
	snprintf(script, sizeof(script),
		 "#!/bin/sh\nread go <%s\nexec /usr/bin/sha256sum\n",
		 in_folder("go"));
	write_script("bin/sha256sum", script);
	write_script("bin/openssl", script); /* which large ones are for */
}

/* Also where nobody waits any more; who comes later finds it, too. */
static void let_go(void)
{
	go = open(in_folder("go"), O_RDWR | O_CLOEXEC);
	assert_true(go >= 0);
	assert_int_equal(write(go, "\n", 1), 1);
}

static struct tui_doing begin_large(void)
{
	struct tui_action action = { .verb = TUI_CREATE, .file = file };
	struct tui_doing doing;

	write_file(LARGE);
	assert_int_equal(tui_session_act(session, &action), 0);
	do {
		turn();
		assert_true(tui_session_doing(session, &doing));
	} while (!doing.sent);
	return doing;
}

static void test_upload_goes_on_beside_refreshes(void **state)
{
	struct tui_doing doing;
	uint64_t before, serial = 0;

	(void)state;
	hold_uploads();
	doing = begin_large();
	assert_int_equal(doing.verb, TUI_CREATE);
	assert_int_equal(doing.size, LARGE);
	assert_false(doing.running);
	for (before = model->refreshes; model->refreshes < before + 3;)
		turn();
	assert_true(tui_session_doing(session, &doing));
	assert_true(doing.sent < LARGE);
	let_go();
	assert_non_null(strstr(next_event(&serial), ": done"));
	assert_false(tui_session_doing(session, &doing));
	assert_int_equal(access(in_folder("bin/called"), F_OK), 0);
	assert_int_equal(files_there(false), 1);
}

static void test_upload_cancelled_leaves_nothing(void **state)
{
	struct tui_action next = { .verb = TUI_CREATE, .file = file };
	struct tui_doing doing;
	uint64_t serial = 0;

	(void)state;
	hold_uploads();
	begin_large();
	assert_int_equal(tui_session_act(session, &next), 0);
	assert_true(tui_session_doing(session, &doing));
	assert_int_equal(doing.waiting, 1);
	assert_int_equal(tui_session_cancel(session), 2);
	assert_non_null(strstr(next_event(&serial), ": cancelled"));
	assert_non_null(strstr(next_event(&serial), ": cancelled"));
	assert_false(tui_session_doing(session, &doing));
	assert_int_equal(tui_session_cancel(session), 0);
	/* the shell there sees it when its command is over */
	let_go();
	while (files_there(false))
		turn();
	assert_int_equal(access(in_folder("bin/called"), F_OK), -1);
}

static void test_upload_whose_machine_goes_is_told(void **state)
{
	uint64_t serial = 0;

	(void)state;
	hold_uploads();
	begin_large();
	sshd_cut(&sshd);
	assert_non_null(strstr(next_event(&serial), " failed: "));
	let_go();
}

/* Twice the same one: the second time it is there. */
static void test_small_files_are_brought_in_their_order(void **state)
{
	struct tui_action action = { .verb = TUI_CREATE, .file = file };
	uint64_t serial = 0;
	struct stat first, second;

	(void)state;
	write_file(100);
	for (int n = 0; n < 3; n++)
		assert_int_equal(tui_session_act(session, &action), 0);
	for (int n = 0; n < 3; n++)
		assert_non_null(strstr(next_event(&serial), ": done"));
	assert_int_equal(files_there(false), 1);
	assert_int_equal(stat(in_folder("bin/called"), &first), 0);
	/* empty files are files, too */
	assert_int_equal(jhcfg_file_write(file, "", 0), 0);
	assert_int_equal(tui_session_act(session, &action), 0);
	assert_non_null(strstr(next_event(&serial), ": done"));
	assert_int_equal(stat(in_folder("bin/called"), &second), 0);
	assert_int_equal(second.st_size, first.st_size / 3 * 4);
	assert_int_equal(files_there(false), 2);
}

static void test_file_that_goes_before_its_turn_is_told(void **state)
{
	struct tui_action action = { .verb = TUI_CREATE, .file = file };
	uint64_t serial = 0;

	(void)state;
	write_file(100);
	assert_int_equal(tui_session_act(session, &action), 0);
	unlink(file);
	assert_non_null(strstr(next_event(&serial), strerror(ENOENT)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_upload_goes_on_beside_refreshes),
		TEST(test_upload_cancelled_leaves_nothing),
		TEST(test_upload_whose_machine_goes_is_told),
		TEST(test_small_files_are_brought_in_their_order),
		TEST(test_file_that_goes_before_its_turn_is_told),
	};

	if (!sshd_is_installed(SSHD_OPENSSH))
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
