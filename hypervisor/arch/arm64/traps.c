// SPDX-License-Identifier: GPL-2.0-only
/* Exits of guests, told by exception class (ARM DDI 0487 D19.2.37). */
#include <hv/entry.h>
#include <hv/iommu.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

/* What the kernel's hyp stub answers to calls that it does not know. */
#define HVC_STUB_ERR 0xbadca11UL

/*
 * DISABLE: if nothing stands in the way, this CPU leaves for good, back to the
 * instruction behind the call, with x18 to x30 as the guest has them now.
 */
static __cold void disable(struct guest_regs *regs)
{
	int err = hypervisor_disable();

	if (err) {
		regs->x[0] = (u64)(s64)err;
		return;
	}
	memcpy(arm64_private.callee_regs, &regs->x[18], 13 * sizeof(u64));
	arm64_private.pc = sysreg_read(elr_el2);
	arm64_private.spsr = sysreg_read(spsr_el2);
	arm64_exit(0);
}

__cold void trap_foreign_hvc(const struct guest_regs *regs, u32 esr)
{
	trap_fatal(regs, esr,
		   "FATAL: forbidden access (exception class 0x%02x)\n"
		   "hvc #0x%x is no call of this hypervisor\n",
		   ESR_EC(esr), esr & 0xffff);
}

static enum trap_result trap_hvc(struct guest_regs *regs, u32 esr,
				 bool all_regs)
{
	u32 immediate = esr & 0xffff;

	if (!all_regs)
		return TRAP_ALL_REGS;
	if (immediate == JAILHOUSE_HVC_IMMEDIATE) {
		this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL]++;
		disable(regs); /* all others took the short way */
		return TRAP_DONE;
	}
	/* Linux calls the hyp stub that it left at EL2: when KVM is opened,
	 * on CPU hotplug, on kexec. It is not there now. */
	if (immediate == 0 && this_cell() == &root_cell) {
		this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL]++;
		regs->x[0] = HVC_STUB_ERR;
		return TRAP_DONE;
	}
	trap_foreign_hvc(regs, esr);
	return TRAP_DONE;
}

static enum trap_result trap_unknown(struct guest_regs *regs, u32 esr,
				     bool all_regs)
{
	if (!all_regs)
		return TRAP_ALL_REGS;
	trap_fatal(regs, esr,
		   "FATAL: unhandled trap (exception class 0x%02x)\n",
		   ESR_EC(esr));
	return TRAP_DONE;
}

static const trap_handler handlers[64] = {
	[0x00 ... 0x02] = trap_unknown,
	[0x03 ... 0x06] = trap_coproc, /* MCR to MRRC: p15, p14; LDC, STC */
	[0x07 ... 0x0b] = trap_unknown,
	[0x0c] = trap_coproc, /* MRRC: p14 */
	[0x0d ... 0x11] = trap_unknown,
	[0x12] = trap_hvc32,
	[0x13] = trap_smc32,
	[0x14 ... 0x15] = trap_unknown,
	[0x16] = trap_hvc,	 /* HVC, AArch64 */
	[0x17] = smccc_dispatch, /* SMC, AArch64 */
	[0x18] = trap_sysreg,	 /* MSR, MRS, SYS */
	[0x19 ... 0x1f] = trap_unknown,
	[0x20] = trap_instruction_abort, /* from a lower level */
	[0x21 ... 0x23] = trap_unknown,
	[0x24] = trap_data_abort,
	[0x25 ... 0x3f] = trap_unknown,
};

/* What took the long way; SMCs have seen to it themselves. */
static void account(const struct guest_regs *regs, u32 esr)
{
	static const u8 reasons[64] = {
		[0x04] = JAILHOUSE_CPU_STAT_VMEXITS_VSGI,
		[0x12] = JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL,
		[0x16] = JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL,
		[0x18] = JAILHOUSE_CPU_STAT_VMEXITS_VSGI,
		[0x24] = JAILHOUSE_CPU_STAT_VMEXITS_MMIO,
	};

	if (reasons[ESR_EC(esr)])
		exit_account(regs, reasons[ESR_EC(esr)]);
}

unsigned int arm64_trap(struct guest_regs *regs, u64 esr)
{
	enum trap_result result = handlers[ESR_EC(esr)](regs, (u32)esr, false);

	if (result == TRAP_DONE)
		account(regs, (u32)esr);
	if (result == TRAP_DONE && cpu_has_requests(this_cpu()))
		return TRAP_REQUESTS;
	return result;
}

bool arm64_trap_continue(struct guest_regs *regs, unsigned int result)
{
	u32 esr = (u32)sysreg_read(esr_el2);

	if (result == TRAP_ALL_REGS) {
		result = handlers[ESR_EC(esr)](regs, esr, true);
		account(regs, esr);
	}
	if (result == TRAP_FATAL)
		trap_data_abort_fatal(regs, esr);
	return cpu_has_requests(this_cpu()) ? cpu_handle_requests() : false;
}

bool arm64_irq(const struct guest_regs *regs)
{
	unsigned int reason = arm64_gic->handle();

	iommu_poll();
	/* The time that the CPU was held counts, too. */
	if (cpu_has_requests(this_cpu()) && cpu_handle_requests())
		return true;
	exit_account(regs, reason);
	return false;
}
