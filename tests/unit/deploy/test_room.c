// SPDX-License-Identifier: GPL-2.0-or-later
/* No room, or no right to write, where our files are to go. */
#include "rig.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static char big[256 << 10];

static int setup(void **state)
{
	struct rig *rig;

	if (geteuid()) {
		print_message("skipped: a small disk is mounted by root\n");
		skip();
	}
	rig_setup(state);
	rig = *state;
	if (mount("tmpfs", rig->site, "tmpfs", 0, "size=128k,mode=700")) {
		int err = errno;

		rig_teardown(state);
		/* a container whose root lacks the right; nothing else will do
		 */
		assert_int_equal(err, EPERM);
		print_message("skipped: no right to mount a small disk\n");
		skip();
	}
	return 0;
}

static int teardown(void **state)
{
	struct rig *rig = *state;

	umount(rig->site);
	return rig_teardown(state);
}

/* Some step failed with this in its message. */
static void assert_failed_with(const struct rig *rig, const char *text)
{
	const struct jhcfg_deploy_step *step;
	bool told = false;

	for (size_t n = 0; (step = jhcfg_deploy_step(rig->deploy, n)); n++)
		told |= step->state == JHCFG_DEPLOY_BROKEN &&
			strstr(step->message, text);
	if (!told)
		rig_tell(rig);
	assert_true(told);
}

static void test_too_little_room_is_told_beforehand(void **state)
{
	struct rig *rig = *state;

	rig->images[0].bytes = big;
	rig->images[0].size = sizeof(big);
	rig_plan(rig);
	assert_false(jhcfg_deploy_may_run(rig->deploy));
	rig_expect_told(rig, "there is room for");
	rig_expect_read(rig, "ls -A site", "");
}

static void test_disk_that_fills_up_is_told_and_cleaned(void **state)
{
	struct rig *rig = *state;

	rig->images[0].bytes = big;
	rig->images[0].size = 100 << 10;
	rig_plan(rig);
	assert_true(jhcfg_deploy_may_run(rig->deploy));
	rig_sh(rig, "head -c 80000 /dev/zero >site/other");
	assert_int_equal(jhcfg_deploy_run(rig->deploy), 0);
	assert_int_equal(jhcfg_deploy_wait(rig->deploy), 0);
	assert_int_equal(jhcfg_deploy_phase(rig->deploy), JHCFG_DEPLOY_FAILED);
	assert_failed_with(rig, "make room there");
	rig_expect_read(rig, "ls -A site", "other\n");
}

static void test_read_only_folder_is_told(void **state)
{
	struct rig *rig = *state;

	assert_int_equal(
		mount(NULL, rig->site, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
	assert_int_equal(rig_deploy(rig), JHCFG_DEPLOY_FAILED);
	rig_expect_told(rig, "Read-only file system");
	rig_expect_read(rig, "ls -A site", "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_too_little_room_is_told_beforehand),
		CASE(test_disk_that_fills_up_is_told_and_cleaned),
		CASE(test_read_only_folder_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
