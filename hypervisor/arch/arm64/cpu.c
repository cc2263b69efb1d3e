// SPDX-License-Identifier: GPL-2.0-only
/* EL2 state of each CPU: taken over from Linux, given to guests, given back. */
#include <hv/paging.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <asm/aarch32.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

/* Traps that all cells have, and those that the root does not. An SError of a
 * cell, which may be masked there and come much later, is ours at once; the
 * root may have firmware and drivers that know what to do with its own. */
#define HCR_ALL	     (HCR_TSC | HCR_IMO | HCR_FMO | HCR_PTW | HCR_SWIO | HCR_VM)
#define HCR_NON_ROOT (HCR_TIDCP | HCR_TACR | HCR_AMO)
/* Debug, PMU, statistical profiling and trace registers; profiling and trace
 * buffers use the guest's translation, and trap (E2PB, E2TB = 0b10). */
#define MDCR_NON_ROOT                                                          \
	(MDCR_TDA | MDCR_TDOSA | MDCR_TDRA | MDCR_TPM | MDCR_TPMCR |           \
	 MDCR_TPMS | MDCR_TTRF | MDCR_E2PB_EL1_TRAP | MDCR_E2TB_EL1_TRAP)
#define MDCR_CLEAR (MDCR_E2PB | MDCR_E2TB)
/* Of these, what the kernel of a general operating system takes for granted on
 * its way up: breakpoints and counters, both of the CPU itself. */
#define MDCR_GRANTED (MDCR_TDA | MDCR_TPM | MDCR_TPMCR)

static void save_linux(struct linux_el2 *saved)
{
	saved->hcr = sysreg_read(hcr_el2);
	saved->vttbr = sysreg_read(vttbr_el2);
	saved->vtcr = sysreg_read(vtcr_el2);
	saved->mdcr = sysreg_read(mdcr_el2);
	saved->cptr = sysreg_read(cptr_el2);
	saved->hstr = sysreg_read(hstr_el2);
	saved->tpidr = sysreg_read(tpidr_el2);
}

static void restore_linux(const struct linux_el2 *saved)
{
	sysreg_write(hcr_el2, saved->hcr);
	sysreg_write(vttbr_el2, saved->vttbr);
	sysreg_write(vtcr_el2, saved->vtcr);
	sysreg_write(mdcr_el2, saved->mdcr);
	sysreg_write(cptr_el2, saved->cptr);
	sysreg_write(hstr_el2, saved->hstr);
	sysreg_write(tpidr_el2, saved->tpidr);
	isb();
}

/*
 * Cells with RAM for an operating system, which is told by the same flags as
 * "cell linux" goes by. They reach no other cell by these registers, and the
 * next guest of the CPU finds them off, see arm64_reset_el1().
 */
static bool has_debug(const struct cell *cell)
{
	const u64 ram = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA;
	const struct jailhouse_memory *mem;
	unsigned int n;

	for_each_mem_region (mem, cell->config, n)
		if ((mem->flags & (ram | JAILHOUSE_MEM_IO)) == ram)
			return true;
	return false;
}

static u64 mdcr_of(const struct cell *cell, u64 linux_mdcr)
{
	if (cell == &root_cell)
		return linux_mdcr;
	return (linux_mdcr & ~MDCR_CLEAR) |
	       (has_debug(cell) ? MDCR_NON_ROOT & ~MDCR_GRANTED
				: MDCR_NON_ROOT);
}

static bool is_aarch32(const struct cell *cell)
{
	return cell->config->flags & JAILHOUSE_CELL_AARCH32;
}

static u64 hcr_of(const struct cell *cell, u64 linux_hcr)
{
	u64 hcr = (linux_hcr & ~HCR_RW) | HCR_ALL;

	if (!is_aarch32(cell))
		hcr |= HCR_RW;
	return cell == &root_cell ? hcr : hcr | HCR_NON_ROOT;
}

/* The registers that decide what the guest on this CPU may do. */
static void load_cell(const struct cell *cell)
{
	const struct linux_el2 *saved = &arm64_private.saved;
	bool root = cell == &root_cell;

	cpu_local.cell = this_cpu()->cell;
	/* What Linux had set beside ours (pointer authentication, tags) works
	 * on in all cells: same hardware, same enablement. */
	sysreg_write(hcr_el2, hcr_of(cell, saved->hcr));
	sysreg_write(mdcr_el2, mdcr_of(cell, saved->mdcr));
	sysreg_write(cptr_el2, saved->cptr | (root ? 0 : CPTR_TTA));
	sysreg_write(hstr_el2, 0);
	sysreg_write(vtcr_el2, arm64_vtcr());
	sysreg_write(vttbr_el2, cell->arch->vttbr);
	isb();
}

/* The same one by all CPUs, before any of them runs a guest. */
const struct gic_cpu_ops *arm64_gic;

void arch_kick(struct cpu *cpu)
{
	arm64_gic->kick(cpu);
}

void arch_wait_for_kick(void)
{
	arm64_gic->wait();
}

void arch_irqs_changed(void)
{
	arm64_gic->irqs_changed();
}

/* A WFI may end early. If callers loop then, the YIELD lets other CPUs run
 * where an emulator runs them in turn. */
void arch_idle(void)
{
	asm volatile("dsb sy\n\twfi\n\tyield" : : : "memory");
}

int arch_cpu_init(struct cpu *cpu)
{
	int err;

	cpu->phys_id = sysreg_read(mpidr_el1) & MPIDR_AFFINITY;
	cpu->has_aarch32 = arm64_has_aarch32();
	save_linux(&arm64_private.saved);
	arm64_gic = system_config->platform_info.arm.gic_version == 2
			    ? &gicv2_cpu_ops
			    : &gicv3_cpu_ops;
	err = arm64_gic->init(cpu);
	if (err)
		return err;
	/* No translation of this VMID may be left from before; there is
	 * nothing else that a guest could have had cached (D8.16). */
	load_cell(&root_cell);
	asm volatile("tlbi vmalls12e1" : : : "memory");
	dsb(nsh);
	isb();
	arm64_private.cpu_up = true;
	return 0;
}

void arch_cpu_exit(struct cpu *cpu)
{
	if (!arm64_private.cpu_up)
		return;
	arm64_private.cpu_up = false;
	arm64_gic->exit(cpu);
	restore_linux(&arm64_private.saved);
}

void arch_cpu_cell_changed(struct cpu *cpu)
{
	/* The CPU loads the registers of its new cell itself, when it starts a
	 * guest again, and forgets its times: see arm64_reset_guest(). */
	cpu->times_stale = true;
}

/* They are in the private page of the CPU, where nobody else has it mapped. It
 * may write meanwhile; each value is written at once. */
void arch_exit_time(const struct cpu *cpu, unsigned int reason, u64 *total,
		    u64 *max)
{
	const struct exit_time *time = &arm64_private.times[reason];

	*total = *max = 0;
	if (cpu->times_stale || reason >= EXIT_TIMES)
		return;
	if (cpu != this_cpu()) {
		phys_t page = image_header.phys_base +
			      jailhouse_image_private_offset(&image_header) +
			      (u64)cpu->id * HV_PRIVATE_SIZE;

		time = (const struct exit_time *)((char *)hv_map_temporary(
							  page, 1, PT_READ) +
						  PRIVATE_DATA + PRIV_TIMES) +
		       reason;
	}
	*total = READ_ONCE(time->total);
	*max = READ_ONCE(time->max);
}

/* Where the guest begins, and in which state. */
static void set_entry(const struct cell *cell, u64 entry)
{
	struct aarch32_state start = aarch32_start(entry);

	sysreg_write(elr_el2, is_aarch32(cell) ? start.pc : entry);
	sysreg_write(spsr_el2,
		     is_aarch32(cell) ? start.spsr : SPSR_EL1H_MASKED);
}

u64 arm64_reset_guest(void)
{
	struct cpu *cpu = this_cpu();

	/* An SError of the guest before is not to meet its successor. */
	sysreg_write(hcr_el2, sysreg_read(hcr_el2) | HCR_AMO);
	isb();
	arm64_drain_serror();

	if (cpu->times_stale) {
		memset(arm64_private.times, 0, sizeof(arm64_private.times));
		cpu->times_stale = false;
	}
	load_cell(cpu->cell);
	arm64_reset_el1(is_aarch32(cpu->cell));
	arm64_gic->reset(cpu);
	set_entry(cpu->cell, cpu->reset_entry);
	/* This CPU's translations and instructions of the guest before. */
	asm volatile("tlbi vmalls12e1" : : : "memory");
	asm volatile("ic iallu" : : : "memory");
	dsb(nsh);
	isb();
	return cpu->reset_arg;
}

void arch_panic_stop(void)
{
	for (;;)
		asm volatile("wfi");
}
