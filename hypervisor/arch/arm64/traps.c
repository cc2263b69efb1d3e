// SPDX-License-Identifier: GPL-2.0-only
/* Exits of guests, told by exception class (ARM DDI 0487 D19.2.37). */
#include <hv/entry.h>
#include <hv/hypercall.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

/* What the kernel's hyp stub answers to calls that it does not know. */
#define HVC_STUB_ERR 0xbadca11UL

u64 arm64_hypercall(u64 code, u64 arg1, u64 arg2)
{
	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL]++;
	return (u64)hypercall(code, arg1, arg2);
}

/*
 * DISABLE: if nothing stands in the way, this CPU leaves for good, back to the
 * instruction behind the call, with x18 to x30 as the guest has them now.
 */
static void disable(struct trap *trap)
{
	int err = hypervisor_disable();

	if (err) {
		trap->regs->x[0] = (u64)(s64)err;
		return;
	}
	memcpy(arm64_private.callee_regs, &trap->regs->x[18], 13 * sizeof(u64));
	arm64_private.pc = sysreg_read(elr_el2);
	arm64_private.spsr = sysreg_read(spsr_el2);
	arm64_exit(0);
}

static void trap_hvc(struct trap *trap)
{
	u32 immediate = trap->esr & 0xffff;

	if (immediate == JAILHOUSE_HVC_IMMEDIATE) {
		this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL]++;
		disable(trap); /* all others took the short way */
		return;
	}
	/* Linux calls the hyp stub that it left at EL2: when KVM is opened,
	 * on CPU hotplug, on kexec. It is not there now. */
	if (immediate == 0 && this_cell() == &root_cell) {
		this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL]++;
		trap->regs->x[0] = HVC_STUB_ERR;
		return;
	}
	trap_fatal(trap,
		   "FATAL: forbidden access (exception class 0x%02x)\n"
		   "hvc #0x%x is no call of this hypervisor\n",
		   ESR_EC(trap->esr), immediate);
}

static void trap_unknown(struct trap *trap)
{
	trap_fatal(trap, "FATAL: unhandled trap (exception class 0x%02x)\n",
		   ESR_EC(trap->esr));
}

static void (*const handlers[64])(struct trap *trap) = {
	[0x16] = trap_hvc,		 /* HVC, AArch64 */
	[0x17] = smccc_dispatch,	 /* SMC, AArch64 */
	[0x18] = trap_sysreg,		 /* MSR, MRS, SYS */
	[0x20] = trap_instruction_abort, /* from a lower level */
	[0x24] = trap_data_abort,
};

bool arm64_trap(struct guest_regs *regs, u64 esr)
{
	struct trap trap = { .regs = regs, .esr = (u32)esr };
	void (*handler)(struct trap * trap) = handlers[ESR_EC(esr)];

	if (handler)
		handler(&trap);
	else
		trap_unknown(&trap);
	return cpu_has_requests(this_cpu()) ? cpu_handle_requests() : false;
}

bool arm64_irq(void)
{
	gicv3_handle_irqs();
	return cpu_has_requests(this_cpu()) ? cpu_handle_requests() : false;
}
