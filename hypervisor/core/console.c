/* SPDX-License-Identifier: GPL-2.0-only */
#include <hv/console.h>
#include <hv/cpu.h>
#include <hv/paging.h>
#include <hv/string.h>
#include <uart.h>

#define RING_SIZE (PAGE_SIZE - sizeof(struct jailhouse_console_page))

/* A section of its own at the start of a page, since the root may read the
 * page; without content in the file, hence ring.size is set when first used. */
union console_page console_page
	__attribute__((section(".bss.console"), aligned(PAGE_SIZE)));

/* Guards console_page, ring_index and debug_uart. */
static spinlock_t console_lock;
/* Who has the lock; a CPU may always ask whether it is itself. */
static const struct cpu *console_owner;
static size_t ring_index; /* ring.head % RING_SIZE */
static struct uart debug_uart;

/*
 * Readers of the page take no lock. The head moves with each byte, and behind
 * it, so that at any time only the byte at head - size may have been
 * overwritten without the head telling it.
 */
static void ring_write(const char *text, size_t length)
{
	struct jailhouse_console_page *ring = &console_page.ring;
	u64 head = ring->head;

	ring->size = RING_SIZE;
	for (size_t n = 0; n < length; n++) {
		ring->content[ring_index] = (u8)text[n];
		if (++ring_index == RING_SIZE)
			ring_index = 0;
		__atomic_store_n(&ring->head, ++head, __ATOMIC_RELEASE);
	}
}

/*
 * A CPU that has the lock already got into a fault while it was printing, and
 * is about to say so, for the last time. It goes on without the UART, which is
 * the likely cause.
 */
static void lock_console(void)
{
	const struct cpu *self = this_cpu();

	if (self && __atomic_load_n(&console_owner, __ATOMIC_RELAXED) == self) {
		debug_uart.ops = NULL;
		return;
	}
	spin_lock(&console_lock);
	__atomic_store_n(&console_owner, self, __ATOMIC_RELAXED);
}

static void unlock_console(void)
{
	__atomic_store_n(&console_owner, NULL, __ATOMIC_RELAXED);
	spin_unlock(&console_lock);
}

void console_write(const char *text, size_t length)
{
	lock_console();
	ring_write(text, length);
	if (debug_uart.ops)
		uart_write(&debug_uart, text, length);
	unlock_console();
}

void cell_console_putc(struct cell_console *console, char c)
{
	spin_lock(&console->lock);
	console->content[console->head % CELL_CONSOLE_SIZE] = (u8)c;
	console->head++;
	console->line[console->line_length++] = c;
	if (c == '\n' || console->line_length == CONSOLE_LINE_MAX) {
		console_write(console->line, console->line_length);
		console->line_length = 0;
	}
	spin_unlock(&console->lock);
}

size_t console_ring_read(const u8 *content, size_t ring_size, u64 head,
			 u64 *position, u64 *lost, u8 *dest, size_t size)
{
	u64 oldest = head > ring_size ? head - ring_size : 0;
	u64 from = MIN(*position, head);
	size_t offset, first;

	*lost = 0;
	if (from < oldest) {
		*lost = oldest - from;
		from = oldest;
	}
	if (size > head - from)
		size = (size_t)(head - from);
	*position = from + size;
	if (!size) /* maybe the ring has none either, before its first byte */
		return 0;

	offset = (size_t)(from % ring_size);
	first = MIN(size, ring_size - offset);
	memcpy(dest, content + offset, first);
	memcpy(dest + first, content, size - first);
	return size;
}

size_t cell_console_read(struct cell_console *console, u64 *position, u64 *lost,
			 u64 *end, u8 *dest, size_t size)
{
	size_t count;

	spin_lock(&console->lock);
	count = console_ring_read(console->content, CELL_CONSOLE_SIZE,
				  console->head, position, lost, dest, size);
	*end = console->head;
	spin_unlock(&console->lock);
	return count;
}

void debug_console_init(const struct jailhouse_console *console)
{
	struct uart uart = {
		.ops = uart_find(console->type),
		.flags = console->flags,
		.divider = console->divider,
	};

	if (!uart.ops || !CON_IS_MMIO(console->flags) || !console->size)
		return;
	uart.base = hv_map_device(console->address, console->size);
	if (!uart.base)
		return;
	uart.ops->init(&uart);

	lock_console();
	debug_uart = uart;
	unlock_console();
}

void debug_console_shutdown(void)
{
	lock_console();
	debug_uart.ops = NULL;
	unlock_console();
}
