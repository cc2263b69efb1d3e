// SPDX-License-Identifier: GPL-2.0-only
/* Accesses that the second stage does not permit: emulated, or fatal. */
#include <hv/fault.h>
#include <hv/mmio.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

/* HPFAR_EL2 holds bits 47:12 of the IPA in 39:4. */
static u64 fault_ipa(u64 far)
{
	return (sysreg_read(hpfar_el2) & 0xffffffffff0UL) << 8 | (far & 0xfff);
}

/* Reads a general register; 31 is the zero register. */
static u64 read_reg(const struct guest_regs *regs, unsigned int n)
{
	return n < 31 ? regs->x[n] : 0;
}

static u64 cut_to_size(u64 value, unsigned int size)
{
	return size < 8 ? value & ((1UL << size * 8) - 1) : value;
}

static void write_result(struct guest_regs *regs, u32 esr,
			 const struct mmio_access *access)
{
	unsigned int n = ESR_ABT_SRT(esr);
	u64 value = cut_to_size(access->value, access->size);

	if (n == 31)
		return;
	if (esr & ESR_ABT_SSE && access->size < 8) {
		unsigned int unused = 64U - access->size * 8U;

		value = (u64)((s64)(value << unused) >> unused);
		if (!(esr & ESR_ABT_SF))
			value &= 0xffffffff;
	}
	regs->x[n] = value;
}

void trap_data_abort(struct trap *trap)
{
	u32 esr = trap->esr;
	u64 ipa = fault_ipa(sysreg_read(far_el2));
	struct mmio_access access = {
		.address = ipa,
		.size = (u8)(1U << ESR_ABT_SAS(esr)),
		.is_write = esr & ESR_ABT_WNR,
	};

	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_MMIO]++;
	/* Without a syndrome (pairs, exclusives, cache maintenance, table
	 * walks) there is no telling what was wanted. */
	if (!(esr & ESR_ABT_ISV) || esr & (ESR_ABT_S1PTW | ESR_ABT_FNV)) {
		access.is_write = esr & ESR_ABT_WNR && !(esr & ESR_ABT_S1PTW);
		goto fatal;
	}
	if (access.is_write)
		access.value = cut_to_size(
			read_reg(trap->regs, ESR_ABT_SRT(esr)), access.size);

	if (mmio_dispatch(&this_cell()->mmio, &access) == MMIO_HANDLED) {
		if (!access.is_write)
			write_result(trap->regs, esr, &access);
		skip_instruction();
		return;
	}
fatal:
	trap_dump(trap, "Unhandled data %s at 0x%llx(%u)\n",
		  access.is_write ? "write" : "read", ipa, access.size);
	fault_describe(this_cell(), ipa,
		       access.is_write ? FAULT_WRITE : FAULT_READ, access.size);
	cpu_park_self();
}

void trap_instruction_abort(struct trap *trap)
{
	u64 ipa = fault_ipa(sysreg_read(far_el2));

	trap_dump(trap, "FATAL: instruction abort at 0x%llx\n", ipa);
	fault_describe(this_cell(), ipa, FAULT_EXECUTE, 4);
	cpu_park_self();
}
