// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is asked of a target, a row each. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/codec.h>

#include "target/probe.h"
#include "target/site.h"

#define MIN_SPACE_KIB (64 * 1024)

__attribute__((format(printf, 3, 4))) static void set(
	struct probe_answer *answer, enum jhcfg_probe_state state,
	const char *format, ...)
{
	va_list args;

	answer->state = state;
	va_start(args, format);
	vsnprintf(answer->found, sizeof(answer->found), format, args);
	va_end(args);
}

__attribute__((format(printf, 2, 3))) static void advise(
	struct probe_answer *answer, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(answer->advice, sizeof(answer->advice), format, args);
	va_end(args);
}

static bool is_arm(const struct probe_facts *facts)
{
	return probe_fact_has(facts, "machine", "aarch64") ||
	       probe_fact_has(facts, "machine", "arm");
}

static bool is_enabled(const struct probe_facts *facts)
{
	const char *enabled = probe_fact(facts, "enabled");

	return enabled && *enabled == '1';
}

/* A fact that only a running target tells. */
static bool is_untold(const struct probe_facts *facts,
		      struct probe_answer *answer)
{
	if (!probe_fact(facts, "recorded"))
		return false;
	set(answer, JHCFG_PROBE_UNKNOWN, "%s", "");
	advise(answer, "the recording does not tell");
	return true;
}

/* --- the machine ---------------------------------------------------------- */

static void judge_architecture(const struct probe_facts *facts,
			       struct probe_answer *answer)
{
	const char *machine = probe_fact(facts, "machine");

	if (!machine) {
		set(answer, JHCFG_PROBE_UNKNOWN, "%s", "");
		return;
	}
	if (!strcmp(machine, "aarch64")) {
		set(answer, JHCFG_PROBE_OK, "%s", machine);
		return;
	}
	set(answer, JHCFG_PROBE_ADVICE, "%s", machine);
	advise(answer, "the hypervisor of this version runs on aarch64; "
		       "configurations can be made for x86 and arm, too");
}

static void judge_kernel(const struct probe_facts *facts,
			 struct probe_answer *answer)
{
	const char *release = probe_fact(facts, "release");

	if (!release)
		release = probe_fact(facts, "kernel");
	if (release)
		set(answer, JHCFG_PROBE_OK, "%s", release);
	else
		set(answer, JHCFG_PROBE_UNKNOWN, "%s", "");
}

static void judge_cpus(const struct probe_facts *facts,
		       struct probe_answer *answer)
{
	const char *online = probe_fact(facts, "cpus");
	const char *offline = probe_fact(facts, "offline");

	if (!online) {
		set(answer, JHCFG_PROBE_UNKNOWN, "%s", "");
		return;
	}
	if (!strpbrk(online, ",-") && !offline) {
		set(answer, JHCFG_PROBE_PROBLEM, "only CPU %s", online);
		advise(answer, "there is no CPU that a cell could have");
		return;
	}
	set(answer, JHCFG_PROBE_OK, "%s%s%s", online,
	    offline ? ", offline: " : "", offline ? offline : "");
	if (offline && !is_enabled(facts)) {
		answer->state = JHCFG_PROBE_ADVICE;
		advise(answer, "bring all CPUs of the root cell online before "
			       "enabling");
	}
}

static void judge_arm(const struct probe_facts *facts,
		      struct probe_answer *answer)
{
	if (probe_fact_has(facts, "log", "Host Extensions")) {
		set(answer, JHCFG_PROBE_PROBLEM,
		    "Linux itself runs in EL2 (VHE)");
		advise(answer, "add to the kernel command line: "
			       "id_aa64mmfr1.vh=0 kvm-arm.mode=none");
	} else if (probe_fact_has(facts, "log", "started at EL2") ||
		   probe_fact_has(facts, "log", "HYP mode")) {
		set(answer, JHCFG_PROBE_OK, "EL2 is there");
	} else if (probe_fact(facts, "log")) {
		set(answer, JHCFG_PROBE_PROBLEM,
		    "Linux was not started in EL2");
		advise(answer, "let firmware or boot loader start it in EL2; "
			       "with QEMU: -M virt,virtualization=on");
	} else {
		set(answer, JHCFG_PROBE_UNKNOWN, "%s", "");
		advise(answer, "the kernel's log (dmesg) does not tell; "
			       "\"enable\" probes before it changes anything");
	}
}

static void judge_virtualization(const struct probe_facts *facts,
				 struct probe_answer *answer)
{
	const char *flag = probe_fact(facts, "flag");

	if (is_enabled(facts)) {
		set(answer, JHCFG_PROBE_OK, "the hypervisor runs");
		return;
	}
	if (is_untold(facts, answer))
		return;
	if (is_arm(facts)) {
		judge_arm(facts, answer);
		return;
	}
	if (flag && !probe_fact_has(facts, "log", "disabled")) {
		set(answer, JHCFG_PROBE_OK, "%s",
		    !strcmp(flag, "svm") ? "SVM" : "VMX");
		return;
	}
	set(answer, JHCFG_PROBE_PROBLEM,
	    flag ? "switched off by the firmware" : "neither VMX nor SVM");
	advise(answer,
	       "switch VT-x or SVM, and the IOMMU, on in the firmware's "
	       "setup");
}

static void judge_kvm(const struct probe_facts *facts,
		      struct probe_answer *answer)
{
	const char *line = probe_fact(facts, "cmdline");

	if (is_enabled(facts)) {
		set(answer, JHCFG_PROBE_OK, "the hypervisor runs");
	} else if (line && strstr(line, "kvm-arm.mode=none")) {
		set(answer, JHCFG_PROBE_OK, "switched off");
	} else if (is_untold(facts, answer)) {
		return;
	} else if (probe_fact(facts, "kvm")) {
		set(answer, JHCFG_PROBE_ADVICE, "KVM is there");
		advise(answer,
		       is_arm(facts)
			       ? "run no virtual machine; kernels from 6.12 "
				 "on need kvm-arm.mode=none"
			       : "unload it: modprobe -r kvm_intel kvm_amd");
	} else {
		set(answer, JHCFG_PROBE_OK, "no KVM");
	}
}

/* --- what was reserved -----------------------------------------------------
 */

/* The words of the command line that keep memory from Linux. */
static void find_words(const char *line, char *words, size_t size)
{
	static const char *const names[] = { "mem=", "memmap=", "maxmem=" };
	size_t used = 0;

	*words = 0;
	while (*line) {
		size_t length = strcspn(line, " ");

		for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++) {
			if (strncmp(line, names[n], strlen(names[n])) ||
			    length + 2 > size - used)
				continue;
			used += (size_t)snprintf(words + used, size - used,
						 "%s%.*s", used ? " " : "",
						 (int)length, line);
		}
		line += length + (line[length] == ' ');
	}
}

static void judge_memory(const struct probe_facts *facts,
			 struct probe_answer *answer)
{
	const char *line = probe_fact(facts, "cmdline");
	const char *nodes = probe_fact(facts, "reserved");
	char words[PROBE_TEXT - 80];

	if (!line) {
		set(answer, JHCFG_PROBE_UNKNOWN, "%s", "");
		return;
	}
	find_words(line, words, sizeof(words));
	if (*words) {
		set(answer, JHCFG_PROBE_OK, "%s", words);
		return;
	}
	if (nodes && atoi(nodes) > 0) {
		set(answer, JHCFG_PROBE_OK,
		    "%s reserved-memory node%s in the device tree", nodes,
		    !strcmp(nodes, "1") ? "" : "s");
		return;
	}
	set(answer, JHCFG_PROBE_PROBLEM,
	    "nothing on the command line keeps memory from Linux");
	advise(answer, "\"config plan\" prints what the system needs; %s",
	       is_arm(facts) ? "mem=SIZE, or a reserved-memory node with no-map"
			     : "memmap=SIZE$START, with the $ escaped as the "
			       "boot loader wants it");
}

/* --- what is installed -----------------------------------------------------
 */

static void judge_driver(const struct probe_facts *facts,
			 struct probe_answer *answer)
{
	const char *driver = probe_fact(facts, "driver");
	const char *version = probe_fact(facts, "module");

	if (driver && !strcmp(driver, "loaded")) {
		set(answer, JHCFG_PROBE_OK, "loaded%s%s",
		    version ? ", version " : "", version ? version : "");
	} else if (driver) {
		set(answer, JHCFG_PROBE_OK, "%s", driver);
	} else if (!is_untold(facts, answer)) {
		set(answer, JHCFG_PROBE_PROBLEM,
		    "no jailhouse.ko for this "
		    "kernel");
		advise(answer, "build and install the driver for it, or boot "
			       "the kernel that has it");
	}
}

static void judge_revision(const struct probe_facts *facts,
			   struct probe_answer *answer)
{
	const char *text = probe_fact(facts, "revision");
	unsigned long revision = text ? strtoul(text, NULL, 10) : 0;
	unsigned int ours = jhcfg_dialect_revision(jhcfg_dialect_get(0));

	if (!revision) {
		set(answer, JHCFG_PROBE_UNKNOWN, "%s", "");
		advise(answer, "it shows while the hypervisor is enabled, to "
			       "root");
	} else if (revision == ours) {
		set(answer, JHCFG_PROBE_OK, "%lu", revision);
	} else {
		set(answer, JHCFG_PROBE_ADVICE, "%lu", revision);
		advise(answer,
		       "files of revision %u are to be converted: config "
		       "convert --to target",
		       ours);
	}
}

static void judge_firmware(const struct probe_facts *facts,
			   struct probe_answer *answer)
{
	const char *file = probe_fact(facts, "firmware");

	if (file) {
		set(answer, JHCFG_PROBE_OK, "%s", file);
	} else if (!is_untold(facts, answer)) {
		set(answer, JHCFG_PROBE_PROBLEM,
		    "no jailhouse.bin in "
		    "/lib/firmware");
		advise(answer, "install the hypervisor's image there");
	}
}

static void judge_tool(const struct probe_facts *facts,
		       struct probe_answer *answer)
{
	const char *tool = probe_fact(facts, "tool");
	const char *version = probe_fact(facts, "version");

	if (tool) {
		set(answer, JHCFG_PROBE_OK, "%s%s%s%s", tool,
		    version ? " (" : "", version ? version : "",
		    version ? ")" : "");
	} else if (!is_untold(facts, answer)) {
		set(answer, JHCFG_PROBE_PROBLEM, "no jailhouse in its PATH");
		advise(answer, "install the program jailhouse there; reading "
			       "works without it");
	}
}

static void judge_rights(const struct probe_facts *facts,
			 struct probe_answer *answer)
{
	const char *rights = probe_fact(facts, "rights");
	const char *user = probe_fact(facts, "user");
	const char *tool = probe_fact(facts, "tool");

	if (!rights || !user) {
		if (!is_untold(facts, answer))
			set(answer, JHCFG_PROBE_UNKNOWN, "%s", "");
	} else if (!strcmp(rights, "root")) {
		set(answer, JHCFG_PROBE_OK, "%s is root", user);
	} else if (strcmp(rights, "none")) {
		set(answer, JHCFG_PROBE_OK, "%s, by %s", user, rights);
	} else {
		set(answer, JHCFG_PROBE_PROBLEM,
		    "%s may not run things as root", user);
		advise(answer,
		       "log in as root, or allow it there: echo '%s "
		       "ALL=(root) NOPASSWD: %s' | tee "
		       "/etc/sudoers.d/jailhouse",
		       target_word_or(user, "USER"),
		       tool ? target_word_or(tool, TARGET_TOOL) : "ALL");
	}
}

static void judge_tools(const struct probe_facts *facts,
			struct probe_answer *answer)
{
	const char *missing = probe_fact(facts, "missing");

	if (is_untold(facts, answer))
		return;
	if (!missing) {
		set(answer, JHCFG_PROBE_OK, "all that we use");
		return;
	}
	set(answer, JHCFG_PROBE_PROBLEM, "missing: %s", missing);
	advise(answer, "install coreutils, or a busybox that has them");
}

static void judge_space(const struct probe_facts *facts,
			struct probe_answer *answer)
{
	const char *text = probe_fact(facts, "space");
	unsigned long kib = text ? strtoul(text, NULL, 10) : 0;

	if (!text) {
		if (!is_untold(facts, answer))
			set(answer, JHCFG_PROBE_UNKNOWN, "%s", "");
		return;
	}
	set(answer, JHCFG_PROBE_OK, "%lu MiB in /tmp", kib / 1024);
	if (kib < MIN_SPACE_KIB) {
		answer->state = JHCFG_PROBE_ADVICE;
		advise(answer, "images are kept there while they are loaded: "
			       "make room");
	}
}

static void judge_hypervisor(const struct probe_facts *facts,
			     struct probe_answer *answer)
{
	const char *enabled = probe_fact(facts, "enabled");
	const char *cells = probe_fact(facts, "cells");

	if (!enabled)
		set(answer, JHCFG_PROBE_OK, "not enabled");
	else if (*enabled != '1')
		set(answer, JHCFG_PROBE_OK, "disabled");
	else if (cells)
		set(answer, JHCFG_PROBE_OK, "enabled, %s cell%s with the root",
		    cells, !strcmp(cells, "1") ? "" : "s");
	else
		set(answer, JHCFG_PROBE_OK, "enabled");
}

/* clang-format off */
const struct probe_question probe_questions[] = {
	{ "architecture", "Architecture", judge_architecture },
	{ "kernel", "Linux kernel", judge_kernel },
	{ "cpus", "CPUs online", judge_cpus },
	{ "virtualization", "Virtualization", judge_virtualization },
	{ "kvm", "KVM", judge_kvm },
	{ "memory", "Memory kept from Linux", judge_memory },
	{ "driver", "Driver", judge_driver },
	{ "revision", "Configurations' revision", judge_revision },
	{ "firmware", "Hypervisor's image", judge_firmware },
	{ "hypervisor", "Hypervisor", judge_hypervisor },
	{ "rights", "Rights of root", judge_rights },
	{ "tool", "Management tool", judge_tool },
	{ "tools", "Programs of the shell", judge_tools },
	{ "space", "Room for files", judge_space },
	{ NULL, NULL, NULL },
};
/* clang-format on */
