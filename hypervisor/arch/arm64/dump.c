// SPDX-License-Identifier: GPL-2.0-only
/* Register dumps: of a guest that did something fatal, and of ourselves. */
#include <hv/printk.h>
#include <asm/aarch32.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

/* Exception level that PSTATE stands for: AArch32 has modes, of which User is
 * EL0 and those that guests have are EL1 (ARM DDI 0487 G1.9). */
static u64 exception_level(u64 spsr)
{
	if (spsr & SPSR_AARCH32)
		return spsr & 0xf ? 1 : 0;
	return spsr >> 2 & 3;
}

/* R13 or R14 of the mode that a guest in AArch32 is in. */
static u64 banked(const struct guest_regs *regs, u64 spsr, unsigned int n)
{
	return (u32)regs->x[aarch32_reg((u32)spsr, n)];
}

static void dump_registers(const struct guest_regs *regs, u64 esr, u64 lr,
			   u64 sp)
{
	printk(" pc: %016llx   lr: %016llx spsr: %08llx     EL%llu\n"
	       " sp: %016llx  elr: %016llx  esr: %02x %01x %07x\n",
	       sysreg_read(elr_el2), lr, sysreg_read(spsr_el2),
	       exception_level(sysreg_read(spsr_el2)), sp, sysreg_read(elr_el1),
	       ESR_EC(esr), (u32)(esr >> 25 & 1), ESR_ISS(esr));
	for (unsigned int n = 0; n < 30; n += 3)
		printk(" x%-2u: %016llx  x%-2u: %016llx  x%-2u: %016llx\n", n,
		       regs->x[n], n + 1, regs->x[n + 1], n + 2,
		       regs->x[n + 2]);
}

void dump_guest(const struct guest_regs *regs, u64 esr)
{
	u64 spsr = sysreg_read(spsr_el2);
	u64 lr = regs->x[30], sp;

	/* SPSel is the lowest bit of the mode. */
	sp = spsr & 1 ? sysreg_read(sp_el1) : sysreg_read(sp_el0);
	if (spsr & SPSR_AARCH32) {
		lr = banked(regs, spsr, 14);
		sp = banked(regs, spsr, 13);
	}
	printk("Cell state before exception:\n");
	dump_registers(regs, esr, lr, sp);
}

static void vtrap_dump(const struct guest_regs *regs, u32 esr, const char *fmt,
		       va_list args)
{
	vprintk(fmt, args);
	dump_guest(regs, esr);
}

void trap_dump(const struct guest_regs *regs, u32 esr, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vtrap_dump(regs, esr, fmt, args);
	va_end(args);
}

void trap_fatal(const struct guest_regs *regs, u32 esr, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vtrap_dump(regs, esr, fmt, args);
	va_end(args);
	cpu_park_self();
}

/* Our own fault: nothing can be trusted any more on this CPU. */
void arm64_el2_fault(struct guest_regs *regs, u64 vector)
{
	static const char *const names[] = { "synchronous abort", "IRQ", "FIQ",
					     "SError" };
	u64 sp = (u64)regs + sizeof(*regs);
	u64 top = HV_PRIVATE + PRIVATE_STACK_TOP;

	printk("FATAL: Unhandled HYP exception: %s from EL2\n",
	       names[vector & 3]);
	dump_registers(regs, sysreg_read(esr_el2), regs->x[30], sp);
	printk(" far: %016llx\nHypervisor stack before exception "
	       "(0x%016llx - 0x%016llx):\n",
	       sysreg_read(far_el2), sp, top);
	for (; sp >= HV_PRIVATE && sp + 32 <= top; sp += 32) {
		const u64 *word = (const u64 *)sp;

		printk("%04llx: %016llx %016llx %016llx %016llx\n", sp & 0xffff,
		       word[0], word[1], word[2], word[3]);
	}
	panic("hypervisor fault");
}

void panic(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vprintk(fmt, args);
	va_end(args);
	printk("\nStopping CPU %u (Cell: \"%s\")\n",
	       cpu_local.cpu ? cpu_local.cpu->id : ~0U,
	       cpu_local.cell ? cpu_local.cell->config->name : "none yet");
	arch_panic_stop();
}
