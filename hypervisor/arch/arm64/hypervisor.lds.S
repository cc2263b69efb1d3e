/* SPDX-License-Identifier: GPL-2.0-only */
#include <asm/layout.h>

OUTPUT_ARCH(aarch64)
ENTRY(arm64_entry)

SECTIONS
{
	. = HV_BASE;
	__image_start = .;
	/* Read-only and executable: the header, vectors and text. */
	.text : {
		*(.header)
		*(.text.boot)
		*(.text.vectors)
		*(.text .text.*)
	}
	. = ALIGN(4096);
	__rodata_start = .;
	.rodata : {
		*(.rodata .rodata.*)
		. = ALIGN(8);
		__hv_units_start = .;
		KEEP(*(SORT(.hv_units*)))
		__hv_units_end = .;
	}
	. = ALIGN(4096);
	__data_start = .;
	.data : {
		*(.data .data.*)
	}
	/* The page that the root reads is the first of the bss; other pages
	 * follow it, so that nothing is lost between them. */
	.bss : ALIGN(4096) {
		__console_start = .;
		*(.bss.console)
		*(SORT_BY_ALIGNMENT(.bss) SORT_BY_ALIGNMENT(.bss.*))
		*(COMMON)
		. = ALIGN(4096);
	}
	__image_end = .;

	__core_size = ABSOLUTE(__image_end - __image_start);
	__rodata_offset = ABSOLUTE(__rodata_start - __image_start);
	__data_offset = ABSOLUTE(__data_start - __image_start);
	__entry_offset = ABSOLUTE(arm64_entry - __image_start);
	ASSERT(__boot_slot == __image_start + 0x200, "entry code is too long")
	__console_offset = ABSOLUTE(__console_start - __image_start);
	ASSERT(__core_size <= 0x100000, "image reaches the private CPU area")

	cpu_local = HV_PRIVATE + PRIVATE_DATA;
	arm64_private = HV_PRIVATE + PRIVATE_DATA;

	/DISCARD/ : {
		*(.comment) *(.note*) *(.eh_frame*) *(.ARM.*)
	}
}
