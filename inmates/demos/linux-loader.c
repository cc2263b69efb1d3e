/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Starts Linux in a cell: what "jailhouse cell linux" loads at the reset
 * address.
 *
 *   kernel=ADDR  where the kernel's image is
 *   dtb=ADDR     where its device tree is
 */
#include <inmate.h>

#define SCTLR_OFF 0x30d00800UL /* RES1 bits: no MMU, no caches */

/*
 * As Documentation/arch/arm64/booting.rst of the kernel demands: MMU off,
 * interrupts masked, device tree in x0. The kernel's memory was cleaned to the
 * point of coherency when the cell started, and nobody has written there
 * since. Code here is mapped one to one, and in assembler so that no access
 * comes between.
 */
static void __attribute__((noreturn)) enter(u64 kernel, u64 dtb)
{
	register u64 x0 __asm__("x0") = dtb;

	__asm__ volatile("msr	daifset, #0xf\n\t"
			 "dsb	sy\n\t"
			 "msr	sctlr_el1, %[off]\n\t"
			 "isb\n\t"
			 "ic	iallu\n\t"
			 "tlbi	vmalle1\n\t"
			 "dsb	nsh\n\t"
			 "isb\n\t"
			 "mov	x1, xzr\n\t"
			 "mov	x2, xzr\n\t"
			 "mov	x3, xzr\n\t"
			 "br	%[kernel]"
			 :
			 : "r"(x0), [kernel] "r"(kernel), [off] "r"(SCTLR_OFF)
			 : "x1", "x2", "x3", "memory");
	__builtin_unreachable();
}

void inmate_main(void)
{
	u64 kernel = cmdline_u64("kernel", 0);
	u64 dtb = cmdline_u64("dtb", 0);

	if (!kernel || !dtb) {
		printk("linux-loader: kernel= or dtb= is missing\n");
		inmate_stop(JAILHOUSE_CELL_FAILED);
	}
	enter(kernel, dtb);
}
