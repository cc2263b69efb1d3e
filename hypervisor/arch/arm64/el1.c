// SPDX-License-Identifier: GPL-2.0-only
/*
 * What one guest leaves behind in the registers of EL1 and EL0, and another
 * one shall neither see nor stumble over (ABI: MMU off, timers off). Fields of
 * identification registers as in ARM DDI 0487 D19.2.
 */
#include <asm/aarch32.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

/* SCTLR_EL1 with MMU and caches off: its RES1 bits. */
#define SCTLR_EL1_START 0x30d00800

#define ID_FIELD(reg, shift)                                                   \
	((unsigned int)(sysreg_read_expanded(reg) >> (shift)) & 0xf)

/* By encoding, since assemblers know these only for later architectures. */
#define APIAKEYLO_EL1 S3_0_C2_C1_0
#define APIAKEYHI_EL1 S3_0_C2_C1_1
#define APIBKEYLO_EL1 S3_0_C2_C1_2
#define APIBKEYHI_EL1 S3_0_C2_C1_3
#define APDAKEYLO_EL1 S3_0_C2_C2_0
#define APDAKEYHI_EL1 S3_0_C2_C2_1
#define APDBKEYLO_EL1 S3_0_C2_C2_2
#define APDBKEYHI_EL1 S3_0_C2_C2_3
#define APGAKEYLO_EL1 S3_0_C2_C3_0
#define APGAKEYHI_EL1 S3_0_C2_C3_1
#define ZCR_EL1	      S3_0_C1_C2_0
#define SMPRI_EL1     S3_0_C1_C2_4
#define SMCR_EL1      S3_0_C1_C2_6
#define SVCR	      S3_3_C4_C2_2
#define TPIDR2_EL0    S3_3_C13_C0_5
#define PMSCR_EL1     S3_0_C9_C9_0
#define PMBLIMITR_EL1 S3_0_C9_C10_0
#define PMBIDR_EL1    S3_0_C9_C10_7
#define TRBLIMITR_EL1 S3_0_C9_C11_0
#define TRBIDR_EL1    S3_0_C9_C11_7
#define TRFCR_EL1     S3_0_C1_C2_1
#define RGSR_EL1      S3_0_C1_C0_5
#define GCR_EL1	      S3_0_C1_C0_6
#define TFSR_EL1      S3_0_C5_C6_0
#define TFSRE0_EL1    S3_0_C5_C6_1
#define ID_AA64PFR1   S3_0_C0_C4_1
#define ID_AA64ISAR1  S3_0_C0_C6_1
#define ID_AA64ISAR2  S3_0_C0_C6_2

/* PMBIDR_EL1.P, TRBIDR_EL1.P: the buffer is of a higher exception level */
#define BUFFER_NOT_OURS BIT(4)

static void reset_basic(bool aarch32)
{
	sysreg_write(sctlr_el1,
		     aarch32 ? AARCH32_SCTLR_START : SCTLR_EL1_START);
	sysreg_write(cpacr_el1, 0);
	sysreg_write(ttbr0_el1, 0);
	sysreg_write(ttbr1_el1, 0);
	sysreg_write(tcr_el1, 0);
	sysreg_write(mair_el1, 0);
	sysreg_write(amair_el1, 0);
	sysreg_write(vbar_el1, 0);
	sysreg_write(contextidr_el1, 0);
	sysreg_write(tpidr_el1, 0);
	sysreg_write(tpidr_el0, 0);
	sysreg_write(tpidrro_el0, 0);
	sysreg_write(sp_el0, 0);
	sysreg_write(sp_el1, 0);
	sysreg_write(elr_el1, 0);
	sysreg_write(spsr_el1, 0);
	sysreg_write(esr_el1, 0);
	sysreg_write(far_el1, 0);
	sysreg_write(afsr0_el1, 0);
	sysreg_write(afsr1_el1, 0);
	sysreg_write(par_el1, 0);
	sysreg_write(csselr_el1, 0);
	sysreg_write(mdscr_el1, 0);
	sysreg_write(cntkctl_el1, 0);
	sysreg_write(cntv_ctl_el0, 0);
	sysreg_write(cntp_ctl_el0, 0);
	sysreg_write(cntv_cval_el0, 0);
	sysreg_write(cntp_cval_el0, 0);
}

/* Registers that only AArch32 has; those of the same names above serve it, too
 * (G1.20.3, "architectural mapping"). The FP unit is off (FPEXC.EN). */
static void reset_aarch32(void)
{
	sysreg_write(dacr32_el2, 0);
	sysreg_write(ifsr32_el2, 0);
	asm volatile(".arch_extension fp\n\tmsr fpexc32_el2, xzr");
	sysreg_write(spsr_abt, 0);
	sysreg_write(spsr_und, 0);
	sysreg_write(spsr_irq, 0);
	sysreg_write(spsr_fiq, 0);
}

bool arm64_has_aarch32(void)
{
	return ID_FIELD(id_aa64pfr0_el1, 4) == 2;
}

/* Pointer authentication: addresses by any algorithm, generic by any. Linux
 * has it for itself, and so for its successors, if HCR_EL2.APK is set. */
static void reset_keys(void)
{
	u64 isar1 = sysreg_read_expanded(ID_AA64ISAR1);
	u64 isar2 = sysreg_read_expanded(ID_AA64ISAR2);

	if (!(sysreg_read(hcr_el2) & HCR_APK))
		return;
	if (isar1 & 0xff0 || isar2 & 0xf000) {
		gic_write(APIAKEYLO_EL1, 0);
		gic_write(APIAKEYHI_EL1, 0);
		gic_write(APIBKEYLO_EL1, 0);
		gic_write(APIBKEYHI_EL1, 0);
		gic_write(APDAKEYLO_EL1, 0);
		gic_write(APDAKEYHI_EL1, 0);
		gic_write(APDBKEYLO_EL1, 0);
		gic_write(APDBKEYHI_EL1, 0);
	}
	if (isar1 & 0xff000000 || isar2 & 0xf00) {
		gic_write(APGAKEYLO_EL1, 0);
		gic_write(APGAKEYHI_EL1, 0);
	}
}

/* What traps to EL2 (as Linux left CPTR_EL2) no guest has used. */
static void reset_vectors(void)
{
	u64 cptr = sysreg_read(cptr_el2);

	/* Leaving streaming mode clears what belongs to it, and comes first:
	 * most vector instructions are not legal in it. */
	if (ID_FIELD(ID_AA64PFR1, 24) && !(cptr & CPTR_TSM)) {
		gic_write(SVCR, 0);
		gic_write(SMCR_EL1, 0);
		gic_write(SMPRI_EL1, 0);
		gic_write(TPIDR2_EL0, 0);
	}
	arm64_clear_fp();
	if (ID_FIELD(id_aa64pfr0_el1, 32) && !(cptr & CPTR_TZ)) {
		arm64_clear_sve();
		gic_write(ZCR_EL1, 0);
	}
}

static void reset_counters(void)
{
	unsigned int pmu = ID_FIELD(id_aa64dfr0_el1, 8);

	if (!pmu || pmu == 0xf)
		return;
	sysreg_write(pmcntenclr_el0, 0xffffffff);
	sysreg_write(pmintenclr_el1, 0xffffffff);
	sysreg_write(pmovsclr_el0, 0xffffffff);
	sysreg_write(pmuserenr_el0, 0);
}

/* Profiling and trace: off, nothing on its way to memory. If the buffer is of
 * a higher exception level, the other registers trap there. */
static void reset_buffers(void)
{
	if (ID_FIELD(id_aa64dfr0_el1, 32) &&
	    !(gic_read(PMBIDR_EL1) & BUFFER_NOT_OURS)) {
		gic_write(PMSCR_EL1, 0);
		isb();
		asm volatile("hint #17"); /* PSB CSYNC */
		dsb(nsh);
		gic_write(PMBLIMITR_EL1, 0);
	}
	if (ID_FIELD(id_aa64dfr0_el1, 44) &&
	    !(gic_read(TRBIDR_EL1) & BUFFER_NOT_OURS)) {
		gic_write(TRFCR_EL1, 0);
		isb();
		asm volatile("hint #18"); /* TSB CSYNC */
		dsb(nsh);
		gic_write(TRBLIMITR_EL1, 0);
	}
}

/* Memory tagging; not enabled for guests without HCR_EL2.ATA, and maybe not
 * for us, then. */
static void reset_tags(void)
{
	if (ID_FIELD(ID_AA64PFR1, 8) < 2 || !(sysreg_read(hcr_el2) & HCR_ATA))
		return;
	gic_write(RGSR_EL1, 0);
	gic_write(GCR_EL1, 0);
	gic_write(TFSR_EL1, 0);
	gic_write(TFSRE0_EL1, 0);
}

void arm64_reset_el1(bool aarch32)
{
	reset_basic(aarch32);
	if (arm64_has_aarch32())
		reset_aarch32();
	reset_keys();
	reset_vectors();
	reset_counters();
	reset_buffers();
	reset_tags();
	isb();
}
