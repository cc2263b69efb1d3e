// SPDX-License-Identifier: GPL-2.0-only
/* Accesses that the second stage does not permit: emulated, or fatal. */
#include <hv/fault.h>
#include <hv/mmio.h>
#include <asm/aarch32.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

/* HPFAR_EL2 holds bits 47:12 of the IPA in 39:4. */
static u64 fault_ipa(u64 far)
{
	u64 ipa = sysreg_read(hpfar_el2) << 8;

	/* bits that are not of the address are RES0 (D19.2.60) */
	asm("bfxil %0, %1, #0, #12" : "+r"(ipa) : "r"(far));
	return ipa;
}

/* Reads a general register; 31 is the zero register. */
static u64 read_reg(const struct guest_regs *regs, unsigned int n)
{
	return n < 31 ? regs->x[n] : 0;
}

/* The low bytes of a value that an access of this size transfers. */
static u64 cut_to_size(u64 value, unsigned int size)
{
	unsigned int unused = 64U - size * 8U;

	return value << unused >> unused;
}

static __attribute__((noinline)) u64 sign_extend(u32 esr, u64 value)
{
	unsigned int unused = 64U - (8U << ESR_ABT_SAS(esr));

	value = (u64)((s64)(value << unused) >> unused);
	return esr & ESR_ABT_SF ? value : value & 0xffffffff;
}

static inline __attribute__((always_inline)) void write_result(
	struct guest_regs *regs, u32 esr, u64 value)
{
	unsigned int n = ESR_ABT_SRT(esr);

	if (esr & ESR_ABT_SSE)
		value = sign_extend(esr, value);
	if (n != 31)
		regs->x[n] = value;
}

/* Nothing is mapped where accesses are emulated, so only translation faults
 * are for that; the address of others is not even known (see fault_ipa()).
 * Without a syndrome (pairs, exclusives, cache maintenance), or on a walk of
 * the guest's own tables, there is no telling what was wanted. */
static bool is_decoded(u32 esr)
{
	return (esr & (ESR_ABT_ISV | ESR_ABT_S1PTW | ESR_ABT_FNV |
		       ESR_ABT_FSC_TYPE)) ==
	       (ESR_ABT_ISV | ESR_ABT_FSC_TRANSLATION);
}

/*
 * The address for the dump of a fatal access. HPFAR_EL2 is UNKNOWN after a
 * permission fault, unless on a walk of the guest's tables (DDI 0487,
 * HPFAR_EL2): those tables then tell the address. PAR_EL1 is lost with the
 * guest.
 */
static __cold u64 fatal_ipa(u32 esr)
{
	u64 far = sysreg_read(far_el2);
	u64 ipa;

	if ((esr & ESR_ABT_FSC_TYPE) == ESR_ABT_FSC_PERMISSION &&
	    !(esr & (ESR_ABT_S1PTW | ESR_ABT_FNV)) &&
	    arm64_translate(far, &ipa))
		return ipa;
	return fault_ipa(far);
}

static bool is_write(u32 esr)
{
	return esr & ESR_ABT_WNR && !(esr & ESR_ABT_S1PTW);
}

/* The same for guests in AArch32, whose registers are banked, whose data may
 * be big-endian, and whose instructions come in two sizes. */
static __cold enum trap_result emulate_aarch32(struct guest_regs *regs, u32 esr)
{
	u32 spsr = (u32)sysreg_read(spsr_el2);
	unsigned int srt = aarch32_reg(spsr, ESR_ABT_SRT(esr));
	u64 ipa = fault_ipa(sysreg_read(far_el2));
	struct mmio_access access = {
		.address = ipa,
		.size = (u8)(1U << ESR_ABT_SAS(esr)),
		.is_write = esr & ESR_ABT_WNR,
	};

	if (!is_decoded(esr))
		return TRAP_FATAL;
	if (access.is_write)
		access.value = aarch32_data_order(
			spsr, cut_to_size(read_reg(regs, srt), access.size),
			access.size);
	if (mmio_dispatch(&this_cell()->mmio, &access) != MMIO_HANDLED)
		return TRAP_FATAL;
	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_MMIO]++;
	esr &= ~(0x1fU << 16);
	if (!access.is_write)
		write_result(
			regs, esr | srt << 16,
			aarch32_data_order(spsr, access.value, access.size));
	aarch32_skip_instruction(esr);
	return TRAP_DONE;
}

/* In both callers, since it is the hottest way through the hypervisor. */
static inline __attribute__((always_inline)) enum trap_result emulate(
	struct guest_regs *regs, u32 esr, bool all_regs)
{
	unsigned int srt = ESR_ABT_SRT(esr);
	u64 size = 1U << ESR_ABT_SAS(esr);
	struct mmio_window window;
	struct mmio_access access;
	u64 ipa;

	if (!is_decoded(esr))
		return TRAP_FATAL;
	if (!trap_has_reg(srt, all_regs))
		return TRAP_ALL_REGS;

	ipa = fault_ipa(sysreg_read(far_el2));
	if (!mmio_find(&this_cell()->mmio, ipa, &window))
		return TRAP_FATAL;
	access.address = ipa - window.start;
	if (size > window.size - access.address)
		return TRAP_FATAL;
	access.size = (u8)size;
	access.is_write = esr & ESR_ABT_WNR;
	access.value = 0;
	if (access.is_write)
		access.value = cut_to_size(read_reg(regs, srt), access.size);
	if (window.handler(window.arg, &access) != MMIO_HANDLED)
		return TRAP_FATAL;
	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_MMIO]++;
	if (!(esr & ESR_ABT_WNR))
		write_result(regs, esr, access.value);
	skip_instruction();
	return TRAP_DONE;
}

enum trap_result trap_data_abort(struct guest_regs *regs, u32 esr,
				 bool all_regs)
{
	if (all_regs && from_aarch32())
		return emulate_aarch32(regs, esr);
	return emulate(regs, esr, all_regs);
}

unsigned int arm64_data_abort(struct guest_regs *regs, u64 esr)
{
	/* No register access makes a request of the CPU itself, and those of
	 * others come with an interrupt. */
	return emulate(regs, (u32)esr, false);
}

__cold void trap_data_abort_fatal(const struct guest_regs *regs, u32 esr)
{
	u64 ipa = fatal_ipa(esr);
	bool write = is_write(esr);
	/* SAS is RES0 without ISV (DDI 0487, ESR_EL2, ISS of a data abort). */
	unsigned int size = esr & ESR_ABT_ISV ? 1U << ESR_ABT_SAS(esr) : 0;

	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_MMIO]++;
	trap_dump(regs, esr, "Unhandled data %s at 0x%llx(%u)\n",
		  write ? "write" : "read", ipa, size);
	fault_describe(this_cell(), ipa, write ? FAULT_WRITE : FAULT_READ,
		       size);
	cpu_park_self();
}

enum trap_result trap_instruction_abort(struct guest_regs *regs, u32 esr,
					bool all_regs)
{
	u64 ipa;

	if (!all_regs)
		return TRAP_ALL_REGS;
	ipa = fatal_ipa(esr);
	trap_dump(regs, esr, "FATAL: instruction abort at 0x%llx\n", ipa);
	fault_describe(this_cell(), ipa, FAULT_EXECUTE, 4);
	cpu_park_self();
	return TRAP_DONE;
}
