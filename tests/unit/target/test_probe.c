// SPDX-License-Identifier: GPL-2.0-or-later
/* What is made of what a target says about itself. */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/probe.h>

#define READY                                                                  \
	"machine aarch64\nrelease 6.1.0-26-arm64\ncpus 0-3\n"                  \
	"cmdline console=ttyAMA0 mem=768M kvm-arm.mode=none quiet\n"           \
	"log [    0.1] CPU: All CPU(s) started at EL2\n"                       \
	"user root\nrights root\ntool /usr/sbin/jailhouse\n"                   \
	"version Jailhouse management tool 1\n"                                \
	"driver /lib/modules/6.1.0-26-arm64/extra/jailhouse.ko\n"              \
	"firmware /lib/firmware/jailhouse.bin\nspace 700000\n"

static struct jhcfg_probe *parse(const char *output)
{
	struct jhcfg_probe *probe;

	assert_int_equal(jhcfg_probe_parse(output, strlen(output), &probe), 0);
	return probe;
}

static void assert_row(const char *output, const char *topic,
		       enum jhcfg_probe_state state, const char *found,
		       const char *advice)
{
	struct jhcfg_probe *probe = parse(output);
	const struct jhcfg_probe_row *row = jhcfg_probe_find(probe, topic);

	assert_non_null(row);
	if (row->state != state || !strstr(row->found, found) ||
	    !strstr(row->advice, advice))
		fail_msg("%s: %s, \"%s\", \"%s\"", topic,
			 jhcfg_probe_state_name(row->state), row->found,
			 row->advice);
	jhcfg_probe_free(probe);
}

static void test_ready_target_has_no_problem(void **state)
{
	struct jhcfg_probe *probe = parse(READY);
	const struct jhcfg_probe_row *row;
	size_t count = 0;

	(void)state;
	for (; (row = jhcfg_probe_at(probe, count)); count++)
		assert_int_not_equal(row->state, JHCFG_PROBE_PROBLEM);
	assert_in_range(count, 10, 30);
	assert_null(jhcfg_probe_find(probe, "no such topic"));
	jhcfg_probe_free(probe);
}

static void test_what_is_wrong_is_told_with_advice(void **state)
{
	static const struct {
		const char *before; /* what the target says first counts */
		const char *topic;
		enum jhcfg_probe_state state;
		const char *found, *advice;
	} rows[] = {
		{ "machine x86_64\n", "architecture", JHCFG_PROBE_ADVICE,
		  "x86_64", "aarch64" },
		{ "cpus 0\n", "cpus", JHCFG_PROBE_PROBLEM, "CPU 0", "cell" },
		{ "offline 2-3\n", "cpus", JHCFG_PROBE_ADVICE, "2-3",
		  "online" },
		{ "log x Virtualization Host Extensions\n", "virtualization",
		  JHCFG_PROBE_PROBLEM, "VHE", "id_aa64mmfr1.vh=0" },
		{ "cmdline quiet\n", "memory", JHCFG_PROBE_PROBLEM, "nothing",
		  "mem=" },
		{ "cmdline a=mem=3 memmap=4M$0x1000 x\n", "memory",
		  JHCFG_PROBE_OK, "memmap=4M$0x1000", "" },
		{ "cmdline quiet\nreserved 2\n", "memory", JHCFG_PROBE_OK,
		  "2 reserved-memory nodes", "" },
		{ "cmdline quiet\nkvm there\n", "kvm", JHCFG_PROBE_ADVICE,
		  "KVM", "6.12" },
		{ "rights none\nuser jo\n", "rights", JHCFG_PROBE_PROBLEM, "jo",
		  "NOPASSWD: /usr/sbin/jailhouse" },
		/* what is to be pasted is no command of the target's */
		{ "rights none\nuser a'; id #\ntool /a$(id)\n", "rights",
		  JHCFG_PROBE_PROBLEM, "a'; id #",
		  "'USER ALL=(root) NOPASSWD: /usr/sbin/jailhouse'" },
		{ "rights sudo\nuser jo\n", "rights", JHCFG_PROBE_OK, "sudo",
		  "" },
		{ "revision 13\n", "revision", JHCFG_PROBE_ADVICE, "13",
		  "convert" },
		{ "revision 14\n", "revision", JHCFG_PROBE_OK, "14", "" },
		{ "missing sha256sum\n", "tools", JHCFG_PROBE_PROBLEM,
		  "sha256sum", "busybox" },
		{ "space 100\n", "space", JHCFG_PROBE_ADVICE, "0 MiB", "room" },
		{ "enabled 1\ncells 3\n", "hypervisor", JHCFG_PROBE_OK,
		  "3 cells", "" },
		{ "enabled 1\nlog x\n", "virtualization", JHCFG_PROBE_OK,
		  "runs", "" },
	};
	char output[2048];

	(void)state;
	for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++) {
		snprintf(output, sizeof(output), "%s%s", rows[n].before, READY);
		assert_row(output, rows[n].topic, rows[n].state, rows[n].found,
			   rows[n].advice);
	}
	assert_row("machine aarch64\nlog started at EL1\n", "virtualization",
		   JHCFG_PROBE_PROBLEM, "EL2", "boot loader");
	assert_row("machine x86_64\nflag vmx\n", "virtualization",
		   JHCFG_PROBE_OK, "VMX", "");
	assert_row("machine x86_64\n", "driver", JHCFG_PROBE_PROBLEM,
		   "jailhouse.ko", "build");
}

/* Terminals take what is below 32 for commands. */
static void test_output_of_anybody_is_made_printable(void **state)
{
	struct jhcfg_probe *probe =
		parse("release \033]0;evil\007\nmachine\n\n \nmachine \177");

	(void)state;
	assert_string_equal(jhcfg_probe_find(probe, "kernel")->found,
			    "?]0;evil?");
	assert_string_equal(jhcfg_probe_find(probe, "architecture")->found,
			    "?");
	jhcfg_probe_free(probe);
}

static void test_endless_values_are_cut(void **state)
{
	size_t size = 60000;
	char *text = malloc(size + 1);

	(void)state;
	assert_non_null(text);
	memset(text, 'x', size);
	memcpy(text, "cmdline mem=", 12);
	text[size] = 0;
	assert_row(text, "memory", JHCFG_PROBE_PROBLEM, "nothing", "memmap=");
	memcpy(text, "release ", 8);
	assert_row(text, "kernel", JHCFG_PROBE_OK, "xxx", "");
	free(text);
}

static void test_this_machine_answers(void **state)
{
	struct jhcfg_target *target;
	struct jhcfg_probe *probe;

	(void)state;
	assert_int_equal(jhcfg_target_open("local", NULL, NULL, &target), 0);
	assert_int_equal(jhcfg_probe_run(target, NULL, &probe), 0);
	assert_true(*jhcfg_probe_find(probe, "kernel")->found);
	assert_true(*jhcfg_probe_find(probe, "rights")->found);
	assert_string_equal(jhcfg_probe_find(probe, "tools")->found,
			    "all that we use");
	jhcfg_probe_free(probe);
	jhcfg_target_close(target);
}

static void test_folder_tells_what_its_files_say(void **state)
{
	char folder[] = "/tmp/jhw-probe-XXXXXX", path[128], name[128];
	struct jhcfg_target *target;
	struct jhcfg_probe *probe;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/proc", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/proc/cmdline", folder);
	assert_int_equal(jhcfg_file_write(path, "mem=768M\n", 9), 0);
	snprintf(name, sizeof(name), "recorded:%s", folder);
	assert_int_equal(jhcfg_target_open(name, NULL, NULL, &target), 0);
	assert_int_equal(jhcfg_probe_run(target, NULL, &probe), 0);
	assert_int_equal(jhcfg_probe_find(probe, "memory")->state,
			 JHCFG_PROBE_OK);
	assert_int_equal(jhcfg_probe_find(probe, "rights")->state,
			 JHCFG_PROBE_UNKNOWN);
	jhcfg_probe_free(probe);
	jhcfg_target_close(target);
	snprintf(name, sizeof(name), "rm -r %s", folder);
	assert_int_equal(system(name), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ready_target_has_no_problem),
		cmocka_unit_test(test_what_is_wrong_is_told_with_advice),
		cmocka_unit_test(test_output_of_anybody_is_made_printable),
		cmocka_unit_test(test_endless_values_are_cut),
		cmocka_unit_test(test_this_machine_answers),
		cmocka_unit_test(test_folder_tells_what_its_files_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
