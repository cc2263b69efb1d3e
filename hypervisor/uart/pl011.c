/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* PrimeCell UART: ARM DDI 0183G, 3.3 (registers), 3.3.8 (how to set it up) */
#include <jailhouse/cell-config.h>

#include "drivers.h"
#include "io.h"

/* clang-format off */
#define UARTDR			0x00
#define UARTFR			0x18
#define  UARTFR_BUSY		(1U << 3)
#define  UARTFR_TXFF		(1U << 5)
#define UARTIBRD		0x24
#define UARTFBRD		0x28
#define UARTLCR_H		0x2c
#define  UARTLCR_H_FEN		(1U << 4)
#define  UARTLCR_H_WLEN_8	(3U << 5)
#define UARTCR			0x30
#define  UARTCR_UARTEN		(1U << 0)
#define  UARTCR_TXE		(1U << 8)
#define  UARTCR_RXE		(1U << 9)
#define UARTIMSC		0x38
#define UARTICR			0x44
#define  UARTICR_ALL		0x7ffU
/* clang-format on */

#define PL011_DIVIDER_MASK 0xffffU /* UARTIBRD has 16 bits */

static bool pl011_ready(const struct uart *uart)
{
	return !(uart_io_read32(uart->base, UARTFR) & UARTFR_TXFF);
}

static void pl011_put(struct uart *uart, char c)
{
	uart_io_write32(uart->base, UARTDR, (unsigned char)c);
}

static bool pl011_idle(const struct uart *uart)
{
	return !(uart_io_read32(uart->base, UARTFR) & UARTFR_BUSY);
}

static void pl011_init(struct uart *uart)
{
	if (uart->divider == 0)
		return;

	uart_drain(uart, pl011_idle);
	uart_io_write32(uart->base, UARTCR, 0);
	uart_io_write32(uart->base, UARTIMSC, 0);
	uart_io_write32(uart->base, UARTICR, UARTICR_ALL);
	uart_io_write32(uart->base, UARTIBRD,
			uart->divider & PL011_DIVIDER_MASK);
	uart_io_write32(uart->base, UARTFBRD, 0);
	/* Latches the two divider registers, so it comes after them. */
	uart_io_write32(uart->base, UARTLCR_H,
			UARTLCR_H_FEN | UARTLCR_H_WLEN_8);
	uart_io_write32(uart->base, UARTCR,
			UARTCR_UARTEN | UARTCR_TXE | UARTCR_RXE);
}

const struct uart_ops uart_pl011 = {
	.name = "PL011",
	.type = JAILHOUSE_CON_TYPE_PL011,
	.init = pl011_init,
	.ready = pl011_ready,
	.put = pl011_put,
};
