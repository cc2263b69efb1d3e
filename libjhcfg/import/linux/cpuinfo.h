/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* /proc/cpuinfo: what the processors are. */
#ifndef IMPORT_LINUX_CPUINFO_H
#define IMPORT_LINUX_CPUINFO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CPUINFO_MAX_CPUS 8192

/* What of the flags matters to us */
enum cpuinfo_flag {
	CPUINFO_VMX = 1 << 0,
	CPUINFO_SVM = 1 << 1,
	CPUINFO_X2APIC = 1 << 2,
	CPUINFO_HYPERVISOR = 1 << 3, /* it runs in a virtual machine */
};

struct cpuinfo_cpu {
	unsigned int id;	    /* Linux' number */
	uint32_t apic_id;	    /* x86; UINT32_MAX: not told */
	unsigned int package, core; /* x86 */
	unsigned int line;	    /* where it begins */
};

struct cpuinfo {
	char *text;
	const char *vendor, *model; /* in the text; "" if unknown */
	unsigned int flags;	    /* of the first CPU */
	unsigned int address_bits;  /* physical; 0: unknown */
	struct cpuinfo_cpu *cpus;   /* those that are online */
	size_t num_cpus;
	bool x86;
};

/* Takes @text over. -ENOMEM. */
int cpuinfo_parse(struct cpuinfo *info, char *text);
void cpuinfo_clear(struct cpuinfo *info);
/* The entry of this CPU, or NULL. */
const struct cpuinfo_cpu *cpuinfo_find(const struct cpuinfo *info,
				       unsigned int id);

#endif
