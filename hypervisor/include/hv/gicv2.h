/* SPDX-License-Identifier: GPL-2.0-only */
/* What GICv2 has beyond hv/gic.h. ARM IHI 0048B, chapters 4 and 5. */
#ifndef HV_GICV2_H
#define HV_GICV2_H

#include <hv/gic.h>

#define GICV2_GICD_SIZE 0x1000UL
#define GICC_SIZE	0x2000UL
#define GICH_SIZE	0x1000UL

#define GICD_ITARGETSR 0x800
#define GICD_SGIR      0xf00
#define GICD_CPENDSGIR 0xf10
#define GICD_SPENDSGIR 0xf20
#define GICV2_PIDR2    0xfe8
#define GICV2_IDS      0xfd0

/* CPU interface, physical (GICC) and virtual (GICV) */
#define GICC_CTLR	  0x00
#define GICC_CTLR_ENABLE  (1U << 0)
#define GICC_CTLR_EOIMODE (1U << 9)
#define GICC_PMR	  0x04
#define GICC_BPR	  0x08
#define GICC_IAR	  0x0c
#define GICC_EOIR	  0x10
#define GICC_RPR	  0x14
#define GICC_APR0	  0xd0
#define GICC_IIDR	  0xfc
#define GICC_DIR	  0x1000

/* GICH */
#define GICH_HCR   0x000
#define GICH_VTR   0x004
#define GICH_VMCR  0x008
#define GICH_MISR  0x010
#define GICH_EISR  0x020
#define GICH_ELRSR 0x030
#define GICH_APR   0x0f0
#define GICH_LR	   0x100

#define GICH_HCR_EN  (1U << 0)
#define GICH_HCR_UIE (1U << 1)

#define GICH_VMCR_ENABLE     (1U << 0) /* of group 0 */
#define GICH_VMCR_EOIMODE    (1U << 9)
#define GICH_VMCR_BPR_SHIFT  21
#define GICH_VMCR_PMR_SHIFT  27
#define GICH_VMCR_PMR_UNUSED 3 /* lower bits of a priority */

#define GICV2_LR_SOURCE_SHIFT	10
#define GICV2_LR_PINTID_SHIFT	10
#define GICV2_LR_EOI		(1U << 19) /* without LR_HW only */
#define GICV2_LR_PRIORITY_SHIFT 23
#define GICV2_LR_PENDING	(1U << 28)
#define GICV2_LR_ACTIVE		(1U << 29)
#define GICV2_LR_HW		(1U << 31)

/* IHI 0048B 4.4.14: architecture in bits 19:16 of IIDR */
#define GICC_ARCH(iidr) ((iidr) >> 16 & 0xf)

/* Registers of the CPU interfaces, banked by CPU; mapped by gicv2.c. */
extern char *gicv2_gicc;
extern char *gicv2_gich;

#endif
