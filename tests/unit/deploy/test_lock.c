// SPDX-License-Identifier: GPL-2.0-or-later
/* Two deploys to one target. */
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A claim of somebody else, @age seconds old, that counts for @lease. */
static void put_claim(const struct rig *rig, const char *boot, int age,
		      int lease)
{
	rig_sh(rig,
	       "read -r up rest </proc/uptime; "
	       "echo \"%s $((${up%%.*} - %d)) %d anna@desk, process 4711\" "
	       ">site/lock-00112233445566778899aabbccddeeff",
	       boot, age, lease);
}

#define THIS_BOOT "$(cat /proc/sys/kernel/random/boot_id)"

static void test_claim_of_another_is_respected_and_named(void **state)
{
	struct rig *rig = *state;

	put_claim(rig, THIS_BOOT, 5, 600);
	rig_expect(rig, JHCFG_DEPLOY_FAILED);
	rig_expect_told(rig, "another deploy is at work there: anna@desk, "
			     "process 4711, last heard of ");
	rig_expect_read(rig, "cat calls; ls -A site",
			"lock-00112233445566778899aabbccddeeff\n");
}

static void test_claim_of_a_dead_deploy_ends(void **state)
{
	struct rig *rig = *state;

	put_claim(rig, THIS_BOOT, 92, 90);
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	rig_expect_read(rig, "ls -A site", "deploy\n");
}

static void test_claim_from_before_a_restart_is_void(void **state)
{
	struct rig *rig = *state;

	put_claim(rig, "0f1e2d3c-0000-4000-8000-000000000000", 1, 600);
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	rig_expect_read(rig, "ls -A site", "deploy\n");
}

static void test_claim_that_makes_no_sense_is_void(void **state)
{
	static const char *const claims[] = {
		"",
		"\\n",
		"a b c d\\n",
		"x 010 08 y\\n",
		"$(touch pwned) 99999999999999999999999 1 x\\n",
		"b -1 $((1 + 1)) x\\n",
	};
	struct rig *rig = *state;

	for (size_t n = 0; n < sizeof(claims) / sizeof(*claims); n++)
		rig_sh(rig, "printf '%s' >site/lock-%zu", claims[n], n);
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	rig_expect_read(rig, "ls | grep pwned", "");
}

static void note_start(struct jhcfg_deploy *deploy, void *user, size_t index)
{
	if (jhcfg_deploy_step(deploy, index)->kind == JHCFG_DEPLOY_START)
		*(bool *)user = true;
}

static void test_second_deploy_waits_its_turn(void **state)
{
	struct rig *rig = *state;
	struct jhcfg_target *target = rig->target, *other;
	struct jhcfg_deploy *first;
	bool starts = false;

	/* the first one stands before its first start */
	rig_sh(rig,
	       "mkfifo gate && printf '#!/bin/sh\\n"
	       "[ \"$2 $3\" != \"cell start\" ] || "
	       "[ ! -e %s/gate ] || cat %s/gate\\n' >hook && "
	       "chmod +x hook",
	       rig->folder, rig->folder);
	rig->handler = (struct jhcfg_deploy_handler){
		.step = note_start,
		.user = &starts,
	};
	rig_plan(rig);
	first = rig->deploy;
	rig->deploy = NULL;
	rig->handler = (struct jhcfg_deploy_handler){ 0 };
	assert_int_equal(jhcfg_deploy_run(first), 0);
	while (!starts)
		assert_int_equal(jhcfg_target_dispatch(target, -1), 0);

	assert_int_equal(jhcfg_target_open("local", NULL, NULL, &other), 0);
	rig->target = other;
	rig_expect(rig, JHCFG_DEPLOY_FAILED);
	rig_expect_told(rig, "another deploy is at work there: ");
	jhcfg_deploy_free(rig->deploy);
	rig->deploy = NULL;
	jhcfg_target_close(other);
	rig->target = target;

	rig_sh(rig, "mv gate open && : <>open");
	assert_int_equal(jhcfg_deploy_wait(first), 0);
	assert_int_equal(jhcfg_deploy_phase(first), JHCFG_DEPLOY_DONE);
	jhcfg_deploy_free(first);
	rig_expect_read(rig, "ls -A site", "deploy\n");
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig), "");
}

static void test_target_that_changed_since_the_plan_is_left_alone(void **state)
{
	struct rig *rig = *state;

	rig_plan(rig);
	rig_sh(rig, "\"$PWD/bin/modprobe\" jailhouse");
	assert_int_equal(jhcfg_deploy_run(rig->deploy), 0);
	assert_int_equal(jhcfg_deploy_wait(rig->deploy), 0);
	assert_int_equal(jhcfg_deploy_phase(rig->deploy), JHCFG_DEPLOY_FAILED);
	rig_expect_told(rig, "it has changed since");
	rig_expect_read(rig, "cat calls; ls -A site", "modprobe jailhouse \n");
	rig_expect(rig, JHCFG_DEPLOY_DONE);
}

/* Its claim ran out while it could not be heard: it must not go on, and must
 * not take back what may be another's work. */
static void test_deploy_that_lost_its_claim_stops(void **state)
{
	struct rig *rig = *state;

	rig_sh(rig,
	       "printf '#!/bin/sh\\n"
	       "[ \"$2 $3\" != \"cell load\" ] || rm %s/site/lock-*\\n' "
	       ">hook && chmod +x hook",
	       rig->folder);
	rig_expect(rig, JHCFG_DEPLOY_FAILED);
	rig_expect_told(rig, "belongs to nobody now");
	rig_expect_over(rig);
	rig_expect_read(rig, "tail -n 1 calls; cat sys/enabled",
			"jailhouse cell load\n1\n");
	rig_sh(rig, "rm hook");
	rig_expect(rig, JHCFG_DEPLOY_DONE);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_claim_of_another_is_respected_and_named),
		CASE(test_claim_of_a_dead_deploy_ends),
		CASE(test_claim_from_before_a_restart_is_void),
		CASE(test_claim_that_makes_no_sense_is_void),
		CASE(test_second_deploy_waits_its_turn),
		CASE(test_target_that_changed_since_the_plan_is_left_alone),
		CASE(test_deploy_that_lost_its_claim_stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
