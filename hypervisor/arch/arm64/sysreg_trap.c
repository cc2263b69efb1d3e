// SPDX-License-Identifier: GPL-2.0-only
/* MSR, MRS and SYS instructions that trap, as a table. */
#include <asm/arm64.h>
#include <asm/sysreg.h>

/* ISS of exception class 0x18 (ARM DDI 0487 D19.2.37): the encoding without
 * register and direction. */
#define SYSREG(op0, op1, crn, crm, op2)                                        \
	((op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
#define ISS_ENCODING  0x3ffc1eU
#define ISS_RT(esr)   ((unsigned int)((esr) >> 5) & 0x1f)
#define ISS_READ(esr) ((esr)&1)

struct sysreg_row {
	u32 encoding;
	/* value: what was written, or where to put what is read. */
	void (*write)(u64 value);
	u64 (*read)(void);
};

static void ignore_write(u64 value)
{
	(void)value;
}

static u64 read_zero(void)
{
	return 0;
}

static void write_sgi1r(u64 value)
{
	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_VSGI]++;
	gicv3_send_sgi(value);
}

/*
 * Group 0 and the other security state have no interrupts that a cell could
 * send. The debug registers here are what any kernel touches on its way up:
 * locks that are open in any case, and a control register without effect as
 * long as the others are not granted.
 */
static const struct sysreg_row rows[] = {
	{ SYSREG(3, 0, 12, 11, 5), write_sgi1r, NULL },	    /* ICC_SGI1R_EL1 */
	{ SYSREG(3, 0, 12, 11, 6), ignore_write, NULL },    /* ICC_ASGI1R_EL1 */
	{ SYSREG(3, 0, 12, 11, 7), ignore_write, NULL },    /* ICC_SGI0R_EL1 */
	{ SYSREG(2, 0, 0, 2, 2), ignore_write, read_zero }, /* MDSCR_EL1 */
	{ SYSREG(2, 0, 1, 0, 4), ignore_write, NULL },	    /* OSLAR_EL1 */
	{ SYSREG(2, 0, 1, 3, 4), ignore_write, read_zero }, /* OSDLR_EL1 */
};

static const struct sysreg_row *find_row(u32 esr)
{
	for (unsigned int n = 0; n < sizeof(rows) / sizeof(rows[0]); n++)
		if (rows[n].encoding == (esr & ISS_ENCODING))
			return ISS_READ(esr) && !rows[n].read ? NULL : &rows[n];
	return NULL;
}

static void refuse(const struct guest_regs *regs, u32 esr)
{
	u32 encoding = esr & ISS_ENCODING;

	trap_fatal(regs, esr,
		   "FATAL: unhandled trap (exception class 0x%02x)\n"
		   "%s of system register op0=%u op1=%u CRn=%u CRm=%u op2=%u\n",
		   ESR_EC(esr), ISS_READ(esr) ? "read" : "write",
		   encoding >> 20 & 3, encoding >> 14 & 7, encoding >> 10 & 15,
		   encoding >> 1 & 15, encoding >> 17 & 7);
}

enum trap_result trap_sysreg(struct guest_regs *regs, u32 esr, bool all_regs)
{
	const struct sysreg_row *row = find_row(esr);
	unsigned int rt = ISS_RT(esr);

	if (!trap_has_reg(rt, all_regs) || (!row && !all_regs))
		return TRAP_ALL_REGS;
	if (!row) {
		refuse(regs, esr);
		return TRAP_DONE;
	}
	if (!ISS_READ(esr))
		row->write(rt < 31 ? regs->x[rt] : 0);
	else if (rt < 31)
		regs->x[rt] = row->read();
	skip_instruction();
	return TRAP_DONE;
}
