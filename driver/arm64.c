// SPDX-License-Identifier: GPL-2.0-only
/* EL2, caches and hypercalls of arm64 */
#include <linux/atomic.h>
#include <linux/bitfield.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/smp.h>
#include <asm/barrier.h>
#include <asm/cpufeature.h>
#include <asm/sysreg.h>
#include <asm/virt.h>

#include <jailhouse/hypercall.h>

#include "arch.h"
#include "el2_arm64.h"
#include "jh.h"

/* Ordered by how hopeless it is */
enum el2_owner {
	EL2_OF_STUB,
	EL2_HELD,
	EL2_OF_KERNEL,
	EL2_MISSING,
	EL2_OWNERS
};

/* What to do, per owner */
static const struct {
	int err;
	const char *advice;
} el2_refusals[EL2_OWNERS] = {
	[EL2_HELD] = {
		-EBUSY,
		"KVM or firmware holds EL2: boot the kernel with \"id_aa64mmfr1.vh=0 kvm-arm.mode=none\"",
	},
	[EL2_OF_KERNEL] = {
		-EBUSY,
		"the kernel itself runs at EL2 (VHE): boot it with \"id_aa64mmfr1.vh=0 kvm-arm.mode=none\"",
	},
	[EL2_MISSING] = {
		-ENODEV,
		"there is no EL2: have the firmware enter the kernel there (QEMU: virtualization=on)",
	},
};

/* CPUs that found each owner */
struct el2_census {
	atomic_t cpus[EL2_OWNERS];
};

static enum el2_owner find_owner(void)
{
	unsigned long answer;

	/* ID_AA64MMFR1_EL1.VH tells what the CPU could, not what the kernel
	 * does. */
	if (read_sysreg(CurrentEL) == CurrentEL_EL2)
		return EL2_OF_KERNEL;

	answer = jh_el2_probe();
	if (answer == HVC_STUB_ERR)
		return EL2_OF_STUB;
	/* ID_AA64PFR0_EL1.EL2 is 0 also where a hypervisor hides its EL2, or
	 * where an emulator answers HVC itself. */
	if (answer == JH_PROBE_UNDEFINED ||
	    FIELD_GET(GENMASK(11, 8), read_sysreg(id_aa64pfr0_el1)) == 0)
		return EL2_MISSING;
	return EL2_HELD;
}

static void probe_cpu(void *arg)
{
	struct el2_census *census = arg;

	atomic_inc(&census->cpus[find_owner()]);
}

int jh_arch_probe(void)
{
	struct el2_census census = {};
	int owner;

	on_each_cpu(probe_cpu, &census, true);

	for (owner = EL2_MISSING; owner > EL2_OF_STUB; owner--) {
		int cpus = atomic_read(&census.cpus[owner]);

		if (cpus == 0)
			continue;
		jh_err("%s (found on %d of %u CPUs)",
		       el2_refusals[owner].advice, cpus, num_online_cpus());
		return el2_refusals[owner].err;
	}
	return 0;
}

int jh_arch_enter(phys_addr_t entry, phys_addr_t base)
{
	return jh_el2_enter(entry, base, smp_processor_id());
}

long jh_arch_hypercall(u32 code, unsigned long arg1, unsigned long arg2)
{
	register unsigned long x0 asm("x0") = code;
	register unsigned long x1 asm("x1") = arg1;
	register unsigned long x2 asm("x2") = arg2;

	asm volatile("hvc %3"
		     : "+r"(x0), "+r"(x1), "+r"(x2)
		     : "i"(JAILHOUSE_HVC_IMMEDIATE)
		     : "x3", "memory");
	return x0;
}

/*
 * By address to the point of coherency, since the hypervisor starts with the
 * MMU of EL2, and an inmate with its MMU, off: such accesses do not look into
 * the caches (ARM DDI 0487, chapter "The AArch64 System Level Memory Model",
 * sections on caches). Clean and invalidate rather than clean: lines that
 * stayed here would hide from EL1 what the other side writes meanwhile, and
 * A53 erratum 819472 wants it so anyway.
 */
void jh_arch_clean_to_memory(const void *start, size_t size)
{
	u64 ctr = read_sanitised_ftr_reg(SYS_CTR_EL0);
	unsigned long line = 4UL << FIELD_GET(GENMASK(19, 16), ctr);
	unsigned long at = (unsigned long)start & ~(line - 1);
	unsigned long end = (unsigned long)start + size;

	for (; at < end; at += line)
		asm volatile("dc civac, %0" : : "r"(at) : "memory");
	dsb(sy);
}

/*
 * All of the instruction caches of the inner shareable domain: invalidation
 * by our virtual addresses need not hit what a CPU of a cell fetched by its
 * own ones (ARM DDI 0487, same chapter, "VIPT instruction caches"). The data
 * was cleaned before, with a DSB between: "Ordering and completion of data
 * and instruction cache instructions".
 */
void jh_arch_sync_instructions(void)
{
	asm volatile("ic ialluis" : : : "memory");
	dsb(sy);
	isb();
}

u64 jh_arch_phys_limit(void)
{
	/* ID_AA64MMFR0_EL1.PARange, ARM DDI 0487 */
	static const u8 bits[] = { 32, 36, 40, 42, 44, 48, 52 };
	u64 mmfr0 = read_sanitised_ftr_reg(SYS_ID_AA64MMFR0_EL1);
	unsigned int range = FIELD_GET(GENMASK(3, 0), mmfr0);

	/* The kernel's page tables may hold less than the CPU has. */
	return min_t(u64, PHYS_MASK + 1,
		     BIT_ULL(bits[min_t(unsigned int, range,
					ARRAY_SIZE(bits) - 1)]));
}
