/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rings behind the consoles: the merged classic view in a page that the root
 * may read, and one ring per cell that may use the virtual console.
 */
#ifndef HV_CONSOLE_H
#define HV_CONSOLE_H

#include <hv/spinlock.h>
#include <jailhouse/image.h>

#define CELL_CONSOLE_SIZE  65536U /* bytes kept per cell */
#define CELL_CONSOLE_PAGES (CELL_CONSOLE_SIZE >> PAGE_SHIFT)
#define CONSOLE_LINE_MAX   256U

/* The merged ring; one page, at console_offset of the image. */
union console_page {
	struct jailhouse_console_page ring;
	u8 page[PAGE_SIZE];
};
extern union console_page console_page;

/* Virtual console of one cell. Any CPU of the cell writes, the root reads. */
struct cell_console {
	spinlock_t lock; /* guards everything here */
	u64 head;	 /* bytes ever written; byte n lies at n % SIZE */
	u8 *content;	 /* CELL_CONSOLE_SIZE bytes */
	unsigned int line_length;
	char line[CONSOLE_LINE_MAX]; /* not yet ended, for the merged view */
};

/* Appends text to the merged ring and to the debug UART, as one piece. May be
 * called by the handler of a fault that happened in here. */
void console_write(const char *text, size_t length);

/* A character that the cell printed: into its own ring at once, into the
 * merged view when the line ends or is full. */
void cell_console_putc(struct cell_console *console, char c);

/*
 * Copies up to size bytes from position (or the oldest byte kept) to dest.
 * *position moves behind the last byte copied, *lost counts the bytes skipped
 * because the ring had overwritten them, *end is the head. Returns the count.
 * A position beyond the head reads as the head.
 */
size_t console_ring_read(const u8 *content, size_t ring_size, u64 head,
			 u64 *position, u64 *lost, u8 *dest, size_t size);
size_t cell_console_read(struct cell_console *console, u64 *position, u64 *lost,
			 u64 *end, u8 *dest, size_t size);

/* UART of the hypervisor, mapped; called once during initialisation. A type
 * that we do not know or NONE leaves the ring as the only output. */
void debug_console_init(const struct jailhouse_console *console);
/* Takes the UART away again (before DISABLE completes). */
void debug_console_shutdown(void);

#endif
