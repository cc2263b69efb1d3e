/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a GICv2 has beyond gic.h: ARM IHI 0048B, 4.3 and 4.4 */
#ifndef INMATE_GICV2_H
#define INMATE_GICV2_H

#include <inmate/gic.h>

/* clang-format off */
#define GICV2_GICD_SIZE		0x1000
#define GICD_ITARGETSR		0x0800
#define GICD_SGIR		0x0f00
#define  GICD_SGIR_LIST(cpus)	((u32)(cpus) << 16)
#define  GICD_SGIR_OTHERS	(1U << 24)
#define  GICD_SGIR_SELF		(2U << 24)
#define GICD_CPENDSGIR		0x0f10
#define GICD_SPENDSGIR		0x0f20
#define GICV2_PIDR2		0x0fe8

#define GICC_SIZE		0x2000
#define GICC_CTLR		0x0000
#define GICC_PMR		0x0004
#define GICC_BPR		0x0008
#define GICC_IAR		0x000c
#define GICC_EOIR		0x0010
#define GICC_DIR		0x1000
/* clang-format on */

/* The bit that stands for this CPU in lists of targets; after irq_init(). */
u8 gicv2_own_target(void);

#endif
