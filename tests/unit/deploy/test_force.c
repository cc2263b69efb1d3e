// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A target that would lose its root file system, or somebody who is logged in:
 * what a project gives away is refused without --force (rule P12).
 */
#include "rig.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/check.h>
#include <jhcfg/edit.h>

#define MAX_OFF 256

struct force {
	struct rig rig; /* first */
	char machine[96];
	struct jhcfg_override off[MAX_OFF];
	size_t num_off;
};

/* An Ethernet device and an MMC host, both of a platform. */
static void make_machine(struct force *force)
{
	rig_sh(&force->rig,
	       "mkdir -p machine && cd machine\n"
	       "mkdir -p proc/self proc/net proc/77/fd sys/class/net "
	       "sys/dev/block\n"
	       ": >proc/self/mountinfo\n"
	       "ln -s ../../devices/platform/30be0000.ethernet/net/eth1 "
	       "sys/class/net/eth1\n"
	       "ln -s ../../devices/platform/fe340000.mmc/mmc_host/mmc0/"
	       "mmc0:0001/block/mmcblk0/mmcblk0p2 sys/dev/block/179:2\n"
	       "printf 'eth1 00000000 0102A8C0 0003 0 0 0 00000000\\n' "
	       ">proc/net/route");
	snprintf(force->machine, sizeof(force->machine), "%s/machine",
		 force->rig.folder);
	force->rig.options.root = force->machine;
}

static void give_device(struct rig *rig, uint64_t address)
{
	const struct jhcfg_memory registers = {
		.phys_start = address,
		.virt_start = address,
		.size = 0x1000,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_IO,
	};
	struct jhcfg_config *config;

	assert_int_equal(jhcfg_workspace_begin(rig->workspace, "give"), 0);
	config = jhcfg_workspace_edit_cell(rig->workspace, rig->a);
	assert_int_equal(jhcfg_config_insert_memory(config, 1, &registers), 0);
	jhcfg_workspace_end(rig->workspace);
}

/* All rules but one have nothing to say: this machine is none that they
 * like. P12 cannot be switched off like that. */
static void judge_only_p12(struct force *force)
{
	const struct jhcfg_rule *rule;

	for (size_t n = 0; (rule = jhcfg_rule_at(n)); n++) {
		assert_true(n < MAX_OFF);
		force->off[force->num_off++] = (struct jhcfg_override){
			.rule = rule->id,
			.off = true,
		};
	}
	force->rig.options.overrides = force->off;
	force->rig.options.num_overrides = force->num_off;
}

static int setup(void **state)
{
	struct force *force = calloc(1, sizeof(*force));
	char folder[] = "/tmp/jhw-force-XXXXXX";

	assert_non_null(force);
	assert_non_null(mkdtemp(folder));
	rig_make(&force->rig, folder);
	assert_int_equal(
		jhcfg_target_open("local", NULL, NULL, &force->rig.target), 0);
	make_machine(force);
	judge_only_p12(force);
	force->rig.options.force = false;
	*state = force;
	return 0;
}

static void log_in(const struct force *force)
{
	rig_sh(&force->rig,
	       "cd machine; echo sshd >proc/77/comm\n"
	       "ln -s 'socket:[4711]' proc/77/fd/3\n"
	       "echo ' 1: 0502A8C0:0016 090200C0:C350 01 0:0 0:0 0 0 0 4711' "
	       ">proc/net/tcp");
}

static void assert_refused(struct rig *rig, const char *why)
{
	const struct jhcfg_finding *finding;

	rig_plan(rig);
	assert_false(jhcfg_deploy_may_run(rig->deploy));
	finding = jhcfg_findings_at(jhcfg_deploy_findings(rig->deploy), 0);
	assert_non_null(finding);
	assert_string_equal(finding->rule->id, "P12");
	assert_string_equal(finding->message, why);
	rig_expect_told(rig, "1 finding of the rules speaks against it");
	assert_int_equal(jhcfg_deploy_run(rig->deploy), -EPERM);
	rig_expect_read(rig, "cat calls; ls -A site", "");
}

static void test_network_card_of_an_ssh_session_stays(void **state)
{
	struct force *force = *state;

	give_device(&force->rig, 0x30be0000);
	log_in(force);
	assert_refused(&force->rig,
		       "device 30be0000.ethernet is given to cell \"a\", but "
		       "Linux in cell \"root\" is logged in to through it");
	force->rig.options.force = true;
	rig_expect(&force->rig, JHCFG_DEPLOY_DONE);
}

static void test_network_card_without_a_session_may_go(void **state)
{
	struct force *force = *state;

	give_device(&force->rig, 0x30be0000);
	rig_expect(&force->rig, JHCFG_DEPLOY_DONE);
}

static void test_another_card_may_go_during_a_session(void **state)
{
	struct force *force = *state;

	give_device(&force->rig, 0x30bf0000);
	log_in(force);
	rig_expect(&force->rig, JHCFG_DEPLOY_DONE);
}

static void test_device_of_the_root_file_system_stays(void **state)
{
	struct force *force = *state;

	give_device(&force->rig, 0xfe340000);
	rig_sh(&force->rig, "echo '30 1 179:2 / / rw - ext4 /dev/mmcblk0p2 rw' "
			    ">machine/proc/self/mountinfo");
	assert_refused(&force->rig,
		       "device fe340000.mmc is given to cell \"a\", but Linux "
		       "in cell \"root\" has its root file system on it");
	force->rig.options.force = true;
	rig_expect(&force->rig, JHCFG_DEPLOY_DONE);
}

static void test_waiver_does_not_give_it_away(void **state)
{
	struct force *force = *state;
	const struct jhcfg_waiver waiver = {
		.rule = "P12",
		.object = "",
		.reason = "meant to be so",
	};

	give_device(&force->rig, 0x30be0000);
	log_in(force);
	assert_int_equal(jhcfg_workspace_begin(force->rig.workspace, "waive"),
			 0);
	assert_int_equal(
		jhcfg_workspace_set_waiver(force->rig.workspace, &waiver), 0);
	jhcfg_workspace_end(force->rig.workspace);
	rig_plan(&force->rig);
	assert_false(jhcfg_deploy_may_run(force->rig.deploy));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_network_card_of_an_ssh_session_stays),
		CASE(test_network_card_without_a_session_may_go),
		CASE(test_another_card_may_go_during_a_session),
		CASE(test_device_of_the_root_file_system_stays),
		CASE(test_waiver_does_not_give_it_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
