// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Counts how often each instruction of the hypervisor is executed between two
 * marks in a guest: `hint #0x7e` begins and `hint #0x7f` ends a window (both
 * are NOPs to a CPU: ARM DDI 0487, C6.2 "HINT"). The n-th window becomes the
 * file OUT.n with a line "OFFSET OWN OTHERS" for each instruction that was
 * executed: offset in the image, times on the CPU with the marks, times on all
 * others.
 *
 * Arguments: out=PREFIX, virt=ADDRESS and phys=ADDRESS: where the image begins,
 * and for the entry code with the MMU off; size=BYTES.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qemu_plugin.h"

#define HINT_BEGIN 0xd5032fdfU
#define HINT_END   0xd5032fffU

int qemu_plugin_version = 1;

struct counter {
	uint64_t own, others;
};

/* Set when the plugin is installed */
static const char *out_prefix;
static uint64_t image_virt, image_phys, image_size;
static struct counter *counters; /* one for each word of the image */

/* Only one CPU is emulated at a time: -icount */
static bool in_window;
static unsigned int window_cpu, windows;

static void count(unsigned int vcpu, void *arg)
{
	struct counter *counter = arg;

	if (!in_window)
		return;
	if (vcpu == window_cpu)
		counter->own++;
	else
		counter->others++;
}

static void begin_window(unsigned int vcpu, void *arg)
{
	(void)arg;
	memset(counters, 0, image_size / 4 * sizeof(*counters));
	window_cpu = vcpu;
	in_window = true;
}

static void end_window(unsigned int vcpu, void *arg)
{
	char path[4096];
	uint64_t n;
	FILE *file;

	(void)arg;
	if (!in_window || vcpu != window_cpu)
		return;
	in_window = false;
	snprintf(path, sizeof(path), "%s.%u", out_prefix, ++windows);
	file = fopen(path, "w");
	if (!file) {
		perror(path);
		return;
	}
	for (n = 0; n < image_size / 4; n++)
		if (counters[n].own || counters[n].others)
			fprintf(file, "%" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
				n * 4, counters[n].own, counters[n].others);
	fclose(file);
}

static struct counter *counter_of(uint64_t address)
{
	if (address - image_virt < image_size)
		return &counters[(address - image_virt) / 4];
	if (address - image_phys < image_size)
		return &counters[(address - image_phys) / 4];
	return NULL;
}

static void look_at(struct qemu_plugin_insn *insn)
{
	struct counter *counter = counter_of(qemu_plugin_insn_vaddr(insn));
	uint32_t code;

	memcpy(&code, qemu_plugin_insn_data(insn), sizeof(code));
	if (code == HINT_BEGIN)
		qemu_plugin_register_vcpu_insn_exec_cb(
			insn, begin_window, QEMU_PLUGIN_CB_NO_REGS, NULL);
	else if (code == HINT_END)
		qemu_plugin_register_vcpu_insn_exec_cb(
			insn, end_window, QEMU_PLUGIN_CB_NO_REGS, NULL);
	else if (counter)
		qemu_plugin_register_vcpu_insn_exec_cb(
			insn, count, QEMU_PLUGIN_CB_NO_REGS, counter);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n;

	(void)id;
	for (n = 0; n < qemu_plugin_tb_n_insns(tb); n++)
		look_at(qemu_plugin_tb_get_insn(tb, n));
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info_t *info,
			int argc, char **argv)
{
	int n;

	(void)info;
	for (n = 0; n < argc; n++) {
		char *value = strchr(argv[n], '=');

		if (!value)
			return -1;
		*value++ = 0;
		if (!strcmp(argv[n], "out"))
			out_prefix = strdup(value);
		else if (!strcmp(argv[n], "virt"))
			image_virt = strtoull(value, NULL, 0);
		else if (!strcmp(argv[n], "phys"))
			image_phys = strtoull(value, NULL, 0);
		else if (!strcmp(argv[n], "size"))
			image_size = strtoull(value, NULL, 0);
		else
			return -1;
	}
	if (!out_prefix || !image_size)
		return -1;
	counters = calloc(image_size / 4, sizeof(*counters));
	if (!counters)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	return 0;
}
