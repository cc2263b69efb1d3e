// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exits of guests in AArch32: coprocessor accesses, hypercalls and firmware
 * calls. (Aborts are those of AArch64, see abort.c.) Guests are cells of 32
 * bits, and 32-bit processes under the kernel of a 64-bit one.
 *
 * All registers of the guest are saved by the time that one of these runs.
 * What its upper halves hold is not defined (ARM DDI 0487 D1.8.1).
 */
#include <hv/hypercall.h>
#include <hv/printk.h>
#include <asm/aarch32.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

#define ISS_READ(iss) ((iss)&1)
#define ISS_RT(iss)   ((unsigned int)((iss) >> 5) & 0x1f)
#define ISS_RT2(iss)  ((unsigned int)((iss) >> 10) & 0x1f)

/* Without condition, registers and direction */
#define MRC_ENCODING  0xffc1eU
#define MRRC_ENCODING 0xf001eU
#define MRC(opc1, crn, crm, opc2)                                              \
	((opc2) << 17 | (opc1) << 14 | (crn) << 10 | (crm) << 1)
#define MRRC(opc1, crm) ((opc1) << 16 | (crm) << 1)

#define EC_CP15	  0x03U
#define EC_CP15_2 0x04U /* MCRR, MRRC */
#define EC_CP14	  0x05U
#define EC_CP14_2 0x0cU
/* LDC and STC, which are only for debug registers that nobody has */
#define EC_CP14_MEMORY 0x06U

#define SMC_MAYBE_FAILED BIT(19) /* CCKNOWNPASS is 0 if it did not fail */

struct coproc_row {
	u8 class;
	u32 encoding;
	/* value: what was written; NULL: reads are nobody's. */
	void (*write)(u64 value);
	u32 (*read)(void);
};

static void ignore_write(u64 value)
{
	(void)value;
}

static u32 read_zero(void)
{
	return 0;
}

static void write_sgi1r(u64 value)
{
	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_VSGI]++;
	gicv3_send_sgi(value);
}

/* The rows of sysreg_trap.c as AArch32 names them, for the same reasons; and
 * what 32-bit code reads on its way up beside them. ACTLR is where the CPUs of
 * ARMv7 were told to take part in coherency. */
static const struct coproc_row rows[] = {
	{ EC_CP15_2, MRRC(0, 12), write_sgi1r, NULL },	       /* ICC_SGI1R */
	{ EC_CP15_2, MRRC(1, 12), ignore_write, NULL },	       /* ICC_ASGI1R */
	{ EC_CP15_2, MRRC(2, 12), ignore_write, NULL },	       /* ICC_SGI0R */
	{ EC_CP15, MRC(0, 1, 0, 1), ignore_write, read_zero }, /* ACTLR */
	{ EC_CP14, MRC(0, 0, 2, 2), ignore_write, read_zero }, /* DBGDSCRext */
	{ EC_CP14, MRC(0, 1, 0, 4), ignore_write, NULL },      /* DBGOSLAR */
	{ EC_CP14, MRC(0, 1, 1, 4), NULL, read_zero },	       /* DBGOSLSR */
	{ EC_CP14, MRC(0, 1, 3, 4), ignore_write, read_zero }, /* DBGOSDLR */
};

static bool is_pair(u32 esr)
{
	return ESR_EC(esr) == EC_CP15_2 || ESR_EC(esr) == EC_CP14_2;
}

static const struct coproc_row *find_row(u32 esr)
{
	u32 encoding = esr & (is_pair(esr) ? MRRC_ENCODING : MRC_ENCODING);

	for (unsigned int n = 0; n < sizeof(rows) / sizeof(rows[0]); n++)
		if (rows[n].class == ESR_EC(esr) &&
		    rows[n].encoding == encoding)
			return (ISS_READ(esr) ? (void *)rows[n].read
					      : (void *)rows[n].write)
				       ? &rows[n]
				       : NULL;
	return NULL;
}

static struct aarch32_state load_state(void)
{
	return (struct aarch32_state){
		.pc = (u32)sysreg_read(elr_el2),
		.spsr = (u32)sysreg_read(spsr_el2),
	};
}

static void store_state(const struct aarch32_state *state)
{
	sysreg_write(elr_el2, state->pc);
	sysreg_write(spsr_el2, state->spsr);
}

void aarch32_skip_instruction(u32 esr)
{
	struct aarch32_state state = load_state();

	aarch32_skip(&state, esr & ESR_IL ? 4 : 2);
	store_state(&state);
}

/* Rt = R15 stands for the flags, and is reported as 31. */
static u32 read_reg(const struct guest_regs *regs, unsigned int n)
{
	n = aarch32_reg((u32)sysreg_read(spsr_el2), n);
	return n < 31 ? (u32)regs->x[n] : 0;
}

static void write_reg(struct guest_regs *regs, unsigned int n, u32 value)
{
	n = aarch32_reg((u32)sysreg_read(spsr_el2), n);
	if (n < 31)
		regs->x[n] = value;
}

static bool has_pan(void)
{
	return sysreg_read(id_aa64mmfr1_el1) >> 20 & 0xf;
}

static bool has_ssbs(void)
{
	return sysreg_read(id_aa64pfr1_el1) >> 4 & 0xf;
}

static void undefined_in_aarch32(struct guest_regs *regs)
{
	struct aarch32_vectors vectors = {
		.sctlr = (u32)sysreg_read(sctlr_el1),
		.vbar = (u32)sysreg_read(vbar_el1),
		.has_pan = has_pan(),
		.has_ssbs = has_ssbs(),
	};
	struct aarch32_state state = load_state();
	u32 lr;

	sysreg_write(spsr_und, aarch32_take_undefined(&state, &vectors, &lr));
	store_state(&state);
	write_reg(regs, 14, lr); /* of the mode that it is in now */
}

/* "Unknown reason" at the vector of a lower level in AArch32 (D1.3.1.5), with
 * PSTATE as AArch64.TakeException() makes it (J1.1.2). */
static void undefined_in_aarch64(u32 esr)
{
	u64 old = sysreg_read(spsr_el2), sctlr = sysreg_read(sctlr_el1);
	u64 spsr =
		SPSR_EL1H_MASKED | (old & (SPSR_FLAGS | SPSR_DIT | SPSR_PAN));

	if (has_pan() && !(sctlr & SCTLR_EL1_SPAN))
		spsr |= SPSR_PAN;
	if (has_ssbs() && sctlr & SCTLR_EL1_DSSBS)
		spsr |= SPSR_SSBS;
	sysreg_write(elr_el1, sysreg_read(elr_el2));
	sysreg_write(spsr_el1, old);
	sysreg_write(esr_el1, esr & ESR_IL);
	sysreg_write(elr_el2, sysreg_read(vbar_el1) + 0x600);
	sysreg_write(spsr_el2, spsr);
}

/*
 * A process must not be able to park a CPU of its cell: what is nothing to it
 * its kernel hears of, as it would without a hypervisor. What a kernel itself
 * may not do is fatal, in AArch32 as in AArch64.
 */
static void refuse_coproc(struct guest_regs *regs, u32 esr)
{
	if (AARCH32_MODE((u32)sysreg_read(spsr_el2)) == AARCH32_USR) {
		if (sysreg_read(hcr_el2) & HCR_RW)
			undefined_in_aarch64(esr);
		else
			undefined_in_aarch32(regs);
		return;
	}
	if (ESR_EC(esr) == EC_CP14_MEMORY) {
		trap_fatal(regs, esr,
			   "FATAL: unhandled trap (exception class 0x%02x)\n"
			   "%s between coprocessor p14 and memory\n",
			   ESR_EC(esr), ISS_READ(esr) ? "ldc" : "stc");
		return;
	}
	trap_fatal(regs, esr,
		   "FATAL: unhandled trap (exception class 0x%02x)\n"
		   "%s of coprocessor p%u opc1=%u CRn=%u CRm=%u opc2=%u\n",
		   ESR_EC(esr), ISS_READ(esr) ? "read" : "write",
		   ESR_EC(esr) == EC_CP15 || ESR_EC(esr) == EC_CP15_2 ? 15U
								      : 14U,
		   is_pair(esr) ? esr >> 16 & 15 : esr >> 14 & 7,
		   is_pair(esr) ? 0 : esr >> 10 & 15, esr >> 1 & 15,
		   is_pair(esr) ? 0 : esr >> 17 & 7);
}

static bool is_executed(u32 iss)
{
	return aarch32_condition_passed((u32)sysreg_read(spsr_el2), iss);
}

static void access_row(const struct coproc_row *row, struct guest_regs *regs,
		       u32 esr)
{
	u64 value = read_reg(regs, ISS_RT(esr));

	if (is_pair(esr))
		value |= (u64)read_reg(regs, ISS_RT2(esr)) << 32;
	if (ISS_READ(esr))
		write_reg(regs, ISS_RT(esr), row->read());
	else
		row->write(value);
}

enum trap_result trap_coproc(struct guest_regs *regs, u32 esr, bool all_regs)
{
	bool user = AARCH32_MODE((u32)sysreg_read(spsr_el2)) == AARCH32_USR;
	const struct coproc_row *row = user ? NULL : find_row(esr);

	(void)all_regs; /* always */
	if (is_executed(esr)) {
		if (!row) {
			refuse_coproc(regs, esr);
			return TRAP_DONE;
		}
		access_row(row, regs, esr);
	}
	aarch32_skip_instruction(esr);
	return TRAP_DONE;
}

/* Arguments and results are 32 bits of the same registers (ABI sheet 2.1;
 * DEN0028E 2.6). */
static void cut_arguments(struct guest_regs *regs)
{
	for (unsigned int n = 0; n < 4; n++)
		regs->x[n] = (u32)regs->x[n];
}

enum trap_result trap_hvc32(struct guest_regs *regs, u32 esr, bool all_regs)
{
	(void)all_regs;
	if ((esr & 0xffff) != JAILHOUSE_HVC_IMMEDIATE) {
		trap_foreign_hvc(regs, esr);
		return TRAP_DONE;
	}
	cut_arguments(regs);
	if (regs->x[0] == JAILHOUSE_HC_DISABLE) {
		/* Only the root may, and that is not one of 32 bits. */
		this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL]++;
		regs->x[0] = (u32)-EPERM;
		return TRAP_DONE;
	}
	regs->x[0] = (u32)hypercall(regs->x[0], regs->x[1], regs->x[2]);
	return TRAP_DONE;
}

enum trap_result trap_smc32(struct guest_regs *regs, u32 esr, bool all_regs)
{
	struct aarch32_state state = load_state();

	if (esr & SMC_MAYBE_FAILED && !is_executed(esr)) {
		aarch32_skip_instruction(esr);
		return TRAP_DONE;
	}
	cut_arguments(regs);
	/* The way of AArch64 moves on by four bytes, but knows no IT block. */
	aarch32_skip(&state, 0);
	sysreg_write(spsr_el2, state.spsr);
	return smccc_dispatch(regs, esr, all_regs);
}
