// SPDX-License-Identifier: GPL-2.0-or-later
/* jh-top in a terminal while a large file goes to another machine. */
#include "cmocka_all.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jhcfg/file.h>

#include "sshd.h"
#include "terminal.h"

#define LARGE ((size_t)16 << 20)

static struct sshd sshd;
static struct terminal *terminal;
static char file[96]; /* of a name that no other run has */

static const char *in_folder(const char *name)
{
	static char path[96];

	snprintf(path, sizeof(path), "%s/%s", sshd.folder, name);
	return path;
}

static void write_script(const char *name, const char *text)
{
	assert_int_equal(jhcfg_file_write(in_folder(name), text, strlen(text)),
			 0);
	assert_int_equal(chmod(in_folder(name), 0755), 0);
}

/* The sum of what arrives, whoever makes it, waits for a line in the pipe "go".
 */
static void hold_uploads(void)
{
	char script[256];

	assert_int_equal(mkfifo(in_folder("go"), 0600), 0);
	snprintf(script, sizeof(script),
		 "#!/bin/sh\nread go <%s\nexec /usr/bin/sha256sum\n",
		 in_folder("go"));
	write_script("bin/sha256sum", script);
	write_script("bin/openssl", script);
}

static void make_files(void)
{
	char *data = calloc(1, LARGE);

	assert_non_null(data);
	assert_int_equal(getrandom(data, 16, 0), 16); /* not there yet */
	assert_int_equal(jhcfg_file_write(file, data, LARGE), 0);
	free(data);
	write_script("bin/jailhouse", "#!/bin/sh\n");
}

/* The target is this machine. */
static void remove_uploads(void)
{
	char pattern[96];
	glob_t found;

	snprintf(pattern, sizeof(pattern),
		 "/%s/jailhouse-workbench*/*-%d-image",
		 geteuid() ? "tmp" : "run", getpid());
	if (glob(pattern, 0, NULL, &found))
		return;
	for (size_t n = 0; n < found.gl_pathc; n++)
		unlink(found.gl_pathv[n]);
	globfree(&found);
}

static int start(void **state)
{
	char config[128], ssh[128];
	const char *const env[] = { config, ssh, NULL };
	const char *const argv[] = { getenv("JH_TOP"),
				     "--target",
				     "ssh://fixture",
				     "--writable",
				     "--delay",
				     "0.1",
				     NULL };
	const struct terminal_options options = {
		.width = 80, .height = 24, .env = env, .argv = argv
	};

	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	snprintf(file, sizeof(file), "%s/%d-image", sshd.folder, getpid());
	hold_uploads();
	make_files();
	snprintf(config, sizeof(config), "XDG_CONFIG_HOME=%s", sshd.folder);
	snprintf(ssh, sizeof(ssh), "JAILHOUSE_SSH_CONFIG=%s", sshd.config);
	terminal = terminal_start(&options);
	terminal_wait(terminal, "The driver is not loaded.");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	terminal_free(terminal);
	remove_uploads();
	sshd_stop(&sshd);
	return 0;
}

static void create(void)
{
	terminal_send(terminal, "C");
	terminal_wait(terminal, "Configuration of the cell");
	terminal_send(terminal, file);
	terminal_send(terminal, "\n");
	terminal_wait(terminal, "Create the cell of ");
	terminal_send(terminal, "y\n");
	terminal_wait(terminal, "of 16M brought for create");
}

static void test_upload_is_seen_and_screen_goes_on(void **state)
{
	int go;

	(void)state;
	create();
	/* what else there is goes on */
	terminal_send(terminal, "i");
	terminal_wait(terminal, "Interrupts");
	go = open(in_folder("go"), O_RDWR | O_CLOEXEC);
	assert_int_equal(write(go, "\n", 1), 1);
	terminal_wait(terminal, "-image: done");
	terminal_wait_gone(terminal, "brought for");
	close(go);
}

static void test_upload_ends_by_escape(void **state)
{
	(void)state;
	create();
	terminal_send(terminal, "\033");
	terminal_wait(terminal, "-image: cancelled");
	terminal_wait_gone(terminal, "brought for");
	terminal_send(terminal, "q");
	assert_int_equal(WEXITSTATUS(terminal_wait_end(terminal)), 0);
	terminal_check_restored(terminal);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_upload_is_seen_and_screen_goes_on),
		TEST(test_upload_ends_by_escape),
	};

	if (!sshd_is_installed(SSHD_OPENSSH))
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
