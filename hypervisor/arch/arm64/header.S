/* SPDX-License-Identifier: GPL-2.0-only */
/* struct jailhouse_image_header, the first bytes of the firmware file. */
#include <asm/layout.h>

	.section .header, "ax"
	.global image_header
image_header:
	.ascii	"JAILHOUS"
	.word	1			// JAILHOUSE_IMAGE_ABI
	.byte	2, 0, 0, 0		// JAILHOUSE_ARM64
	.quad	__core_size
	.quad	__entry_offset
	.quad	__console_offset
	.word	CPU_SHARED_SIZE
	.word	HV_PRIVATE_SIZE
	.ascii	HV_VERSION
	.org	image_header + 80	// version[32], zero-filled
	.fill	6, 8, 0			// phys_base ... max_cpus, online_cpus
	.org	image_header + 128
