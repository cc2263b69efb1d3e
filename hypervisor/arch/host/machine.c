/* SPDX-License-Identifier: GPL-2.0-only */
/* Clock, consoles and panic of the fake machine. */
#include <host/host.h>
#include <hv/pci.h>

#include <hv/printk.h>
#include <io.h>
#include <sched.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICKS_PER_SECOND 1000000ULL

/* CPUs are threads: all of these are accessed atomically. */
static u64 clock_ticks = 1;
static u64 clock_step;

void host_clock_set(u64 ticks)
{
	__atomic_store_n(&clock_ticks, ticks, __ATOMIC_SEQ_CST);
}

void host_clock_set_step(u64 step)
{
	__atomic_store_n(&clock_step, step, __ATOMIC_SEQ_CST);
}

u64 arch_ticks(void)
{
	return __atomic_load_n(&clock_ticks, __ATOMIC_SEQ_CST);
}

u64 arch_ticks_per_second(void)
{
	return TICKS_PER_SECOND;
}

HV_PER_CPU void (*host_relax_hook)(void);

void arch_cpu_relax(void)
{
	u64 step = __atomic_load_n(&clock_step, __ATOMIC_SEQ_CST);

	__atomic_add_fetch(&clock_ticks, step, __ATOMIC_SEQ_CST);
	if (host_relax_hook)
		host_relax_hook();
	sched_yield();
}

/* --- panic ------------------------------------------------------------- */

static char panic_text[256];
static jmp_buf panic_exit;
static bool panic_expected;

const char *host_expect_panic(void (*function)(void *arg), void *arg)
{
	const char *volatile text = NULL;

	panic_expected = true;
	if (setjmp(panic_exit) == 0)
		function(arg);
	else
		text = panic_text;
	panic_expected = false;
	return text;
}

void panic(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(panic_text, sizeof(panic_text), fmt, args);
	va_end(args);
	if (panic_expected)
		longjmp(panic_exit, 1);
	fprintf(stderr, "host: panic: %s\n", panic_text);
	abort();
}

/* --- consoles ---------------------------------------------------------- */

#define TEXT_MAX 65536

static char uart_text[TEXT_MAX + 1];
static size_t uart_length;

const char *host_uart_text(void)
{
	uart_text[uart_length] = '\0';
	return uart_text;
}

void host_uart_reset(void)
{
	uart_length = 0;
}

/* A PL011 that is always ready: its flag register reads 0, and the data
 * register is the first one (ARM DDI 0183G 3.2). */
u32 uart_io_read32(const volatile void *base, size_t offset)
{
	(void)base;
	(void)offset;
	return 0;
}

void (*host_uart_hook)(void);

void uart_io_write32(volatile void *base, size_t offset, u32 value)
{
	(void)base;
	if (host_uart_hook)
		host_uart_hook();
	if (offset == 0 && uart_length < TEXT_MAX)
		uart_text[uart_length++] = (char)value;
}

/* Of other UARTs, which no test has for a console. */
u8 uart_io_read8(const volatile void *base, size_t offset)
{
	(void)base;
	(void)offset;
	return 0;
}

void uart_io_write8(volatile void *base, size_t offset, u8 value)
{
	(void)base;
	(void)offset;
	(void)value;
}

u16 uart_io_read16(const volatile void *base, size_t offset)
{
	(void)base;
	(void)offset;
	return 0;
}

void uart_io_write16(volatile void *base, size_t offset, u16 value)
{
	(void)base;
	(void)offset;
	(void)value;
}

void uart_io_relax(void)
{
}

static u64 console_start;
static char console_text[PAGE_SIZE];

void host_console_reset(void)
{
	console_start = console_page.ring.head;
}

const char *host_console_text(void)
{
	const struct jailhouse_console_page *ring = &console_page.ring;
	u64 position = console_start, lost;
	size_t count = 0;

	if (ring->size)
		count = console_ring_read(ring->content, ring->size, ring->head,
					  &position, &lost, (u8 *)console_text,
					  sizeof(console_text) - 1);
	console_text[count] = '\0';
	return console_text;
}

/* --- interrupt lines ------------------------------------------------------ */

#define HOST_INTIDS (CELL_IRQ_WORDS * 32)

static unsigned int irq_counts[HV_MAX_CPUS][HOST_INTIDS];

/* Weak: a test of an interrupt controller has the real one. */
__attribute__((weak)) void irqchip_trigger(struct cell *cell,
					   unsigned int intid)
{
	if (cell->id < HV_MAX_CPUS && intid < HOST_INTIDS)
		__atomic_add_fetch(&irq_counts[cell->id][intid], 1,
				   __ATOMIC_RELAXED);
}

unsigned int host_irq_count(const struct cell *cell, unsigned int intid)
{
	return irq_counts[cell->id][intid];
}
