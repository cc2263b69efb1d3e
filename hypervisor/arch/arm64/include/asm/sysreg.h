/* SPDX-License-Identifier: GPL-2.0-only */
/* System registers of ARMv8-A and the GICv3 CPU interface. */
#ifndef ASM_SYSREG_H
#define ASM_SYSREG_H

#include <hv/types.h>

#define sysreg_read(name)                                                      \
	({                                                                     \
		u64 __value;                                                   \
		asm volatile("mrs %0, " #name : "=r"(__value));                \
		__value;                                                       \
	})
#define sysreg_write(name, value)                                              \
	asm volatile("msr " #name ", %0" : : "r"((u64)(value)) : "memory")

#define isb()	asm volatile("isb" : : : "memory")
#define dsb(op) asm volatile("dsb " #op : : : "memory")
#define dmb(op) asm volatile("dmb " #op : : : "memory")

/* GICv3 registers by encoding, ARM IHI 0069H chapter 12: GCC 12's assembler
 * knows the names, but not all of its predecessors do. */
#define ICC_SRE_EL2	S3_4_C12_C9_5
#define ICC_PMR_EL1	S3_0_C4_C6_0
#define ICC_IAR1_EL1	S3_0_C12_C12_0
#define ICC_EOIR1_EL1	S3_0_C12_C12_1
#define ICC_BPR1_EL1	S3_0_C12_C12_3
#define ICC_CTLR_EL1	S3_0_C12_C12_4
#define ICC_IGRPEN1_EL1 S3_0_C12_C12_7
#define ICC_DIR_EL1	S3_0_C12_C11_1
#define ICC_RPR_EL1	S3_0_C12_C11_3
#define ICC_SGI1R_EL1	S3_0_C12_C11_5
#define ICC_AP1R0_EL1	S3_0_C12_C9_0
#define ICH_AP0R0_EL2	S3_4_C12_C8_0
#define ICH_AP1R0_EL2	S3_4_C12_C9_0
#define ICH_HCR_EL2	S3_4_C12_C11_0
#define ICH_VTR_EL2	S3_4_C12_C11_1
#define ICH_MISR_EL2	S3_4_C12_C11_2
#define ICH_ELRSR_EL2	S3_4_C12_C11_5
#define ICH_VMCR_EL2	S3_4_C12_C11_7

/* The macro layer that expands a register's encoding before quoting it. */
#define gic_read(name)			   sysreg_read_expanded(name)
#define gic_write(name, value)		   sysreg_write_expanded(name, value)
#define sysreg_read_expanded(name)	   sysreg_read(name)
#define sysreg_write_expanded(name, value) sysreg_write(name, value)

/* HCR_EL2, ARM DDI 0487 D19.2.48 */
#define HCR_VM	  BIT(0)
#define HCR_SWIO  BIT(1)
#define HCR_PTW	  BIT(2)
#define HCR_FMO	  BIT(3)
#define HCR_IMO	  BIT(4)
#define HCR_AMO	  BIT(5)
#define HCR_TSC	  BIT(19)
#define HCR_TIDCP BIT(20)
#define HCR_TACR  BIT(21)
#define HCR_RW	  BIT(31)
#define HCR_APK	  BIT(40)
#define HCR_API	  BIT(41)
#define HCR_ATA	  BIT(56)

/* MDCR_EL2 */
#define MDCR_TPMCR BIT(5)
#define MDCR_TPM   BIT(6)
#define MDCR_TDA   BIT(9)
#define MDCR_TDOSA BIT(10)
#define MDCR_TDRA  BIT(11)
#define MDCR_TPMS  BIT(14)
#define MDCR_TTRF  BIT(19)

#define MDCR_E2PB	   (3UL << 12)
#define MDCR_E2PB_EL1_TRAP (2UL << 12)
#define MDCR_E2TB	   (3UL << 24)
#define MDCR_E2TB_EL1_TRAP (2UL << 24)

#define CPTR_TZ	 BIT(8)
#define CPTR_TSM BIT(12)

#define CPTR_TTA BIT(20)

/* ESR_EL2 */
#define ESR_EC(esr)	 ((unsigned int)((esr) >> 26) & 0x3f)
#define ESR_EC_SMC32	 0x13U
#define ESR_EC_HVC64	 0x16U
#define ESR_IL		 BIT(25)
#define ESR_ISS(esr)	 ((u32)(esr)&0x1ffffff)
#define ESR_ABT_ISV	 BIT(24)
#define ESR_ABT_SAS(esr) ((unsigned int)((esr) >> 22) & 3)
#define ESR_ABT_SSE	 BIT(21)
#define ESR_ABT_SRT(esr) ((unsigned int)((esr) >> 16) & 0x1f)
#define ESR_ABT_SF	 BIT(15)
#define ESR_ABT_FNV	 BIT(10)
#define ESR_ABT_CM	 BIT(8)
#define ESR_ABT_S1PTW	 BIT(7)
#define ESR_ABT_WNR	 BIT(6)
/* Fault status without the level */
#define ESR_ABT_FSC_TYPE	0x3cU
#define ESR_ABT_FSC_TRANSLATION 0x04U
#define ESR_ABT_FSC_PERMISSION	0x0cU

#define PAR_FAILED  BIT(0)
#define PAR_ADDRESS 0xfffffffff000UL

#define SPSR_AARCH32	 BIT(4)
#define SPSR_EL1H_MASKED 0x3c5 /* EL1 on its own stack, DAIF masked */
#define SPSR_SSBS	 BIT(12)
#define SPSR_PAN	 BIT(22)
#define SPSR_DIT	 BIT(24)
#define SPSR_FLAGS	 0xf0000000UL

#define SCTLR_EL1_SPAN	BIT(23)
#define SCTLR_EL1_DSSBS BIT(44)

#define MPIDR_AFFINITY 0xff00ffffffUL

#endif
