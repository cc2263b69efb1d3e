/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Virtual addresses at EL2, for C, assembler and the link script.
 *
 * 36 bits, 4K granule: a root of 64 entries of 1 GiB in the private CPU page,
 * and everything of ours in the last GiB. So the region itself must lie below
 * 63 GiB, which lets entry and exit run identity-mapped beside it.
 *
 *   HV_BASE     +0          the image; each page with its own rights
 *               +1 MiB      guard page, then private CPU area and temporary
 *                           mappings; different pages behind them on each CPU
 *   HV_LINEAR               hypervisor memory without image and private areas
 *   HV_REMAP                device registers
 */
#ifndef ASM_LAYOUT_H
#define ASM_LAYOUT_H

#ifdef __ASSEMBLER__
#define UL(x) x
#else
#define UL(x) x##UL
#endif

#define HV_VA_BITS   36
#define HV_ROOT_SLOT 63
#define HV_BASE	     UL(0xfc0000000)

#define HV_PRIVATE_INDEX 257 /* page in the first 2 MiB; 256 is the guard */
#define HV_PRIVATE	 UL(0xfc0101000)
#define HV_PRIVATE_L2	 UL(0xfc0102000)
#define HV_PRIVATE_L3	 UL(0xfc0103000)
#define HV_PRIVATE_SIZE	 0x3000

/* struct cpu; not to share cache lines between CPUs. */
#define CPU_SHARED_SIZE 384

/* Inside the private page: the stack grows down towards the guard page. */
#define PRIVATE_STACK_TOP 0xb00
#define PRIVATE_DATA	  0xb00 /* struct arm64_private */
#define PRIVATE_ROOT	  0xe00 /* root table, 512 bytes */

#define HV_TEMP_INDEX 288
#define HV_TEMP	      UL(0xfc0120000)

#define HV_LINEAR      UL(0xfc1000000)
#define HV_LINEAR_SIZE UL(0x10000000) /* 256 MiB */

#define HV_REMAP       UL(0xfe0000000)
#define HV_REMAP_PAGES 16384 /* 64 MiB */

/* Stage 1 descriptors, ARM DDI 0487 D8.3. AttrIndx 0: normal, 1: device. */
#define PTE_PAGE  UL(0x3)
#define PTE_TABLE UL(0x3)
#define PTE_BLOCK UL(0x1)
#define PTE_XN	  (UL(1) << 54)
/* AF, inner shareable, AP[1] which is RES1 in a one-range regime */
#define PTE_COMMON	UL(0x740)
#define PTE_RO		UL(0x080)
#define PTE_DEVICE_ATTR UL(0x004)
#define PTE_TEXT	(PTE_PAGE | PTE_COMMON | PTE_RO)
#define PTE_RODATA	(PTE_TEXT | PTE_XN)
#define PTE_DATA	(PTE_PAGE | PTE_COMMON | PTE_XN)
#define PTE_DEVICE	(PTE_DATA | PTE_DEVICE_ATTR)

/* struct guest_regs */
#define GUEST_REGS_SIZE	   256
#define GUEST_REGS_ENTERED 248

/* Offsets in struct jailhouse_image_header */
#define HEADER_CORE_SIZE    16
#define HEADER_SHARED_SIZE  40
#define HEADER_PRIVATE_SIZE 44
#define HEADER_MAX_CPUS	    120

/* Offsets in struct arm64_private, from PRIVATE_DATA */
#define PRIV_TIMES	 16  /* 10 of total and maximum */
#define PRIV_CALLEE_REGS 176 /* x18 to x30, SP_EL2 */
#define PRIV_SPSR	 288
#define PRIV_PHYS_BASE	 296
#define PRIV_PC		 304
#define PRIV_SCTLR	 312
#define PRIV_TCR	 320
#define PRIV_TTBR0	 328
#define PRIV_MAIR	 336
#define PRIV_VBAR	 344

#endif
