/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* UART of Armada 3700: Marvell 88F37xx functional specification, UART registers
 */
#include <jailhouse/cell-config.h>

#include "drivers.h"
#include "io.h"

/* clang-format off */
#define MVEBU_TSH		0x04
#define MVEBU_CTRL		0x08
#define  MVEBU_CTRL_RXFIFO_RST	(1U << 14)
#define  MVEBU_CTRL_TXFIFO_RST	(1U << 15)
#define MVEBU_STAT		0x0c
#define  MVEBU_STAT_TX_EMPTY	(1U << 6)
#define  MVEBU_STAT_TX_FULL	(1U << 11)
#define MVEBU_BRDV		0x10
#define  MVEBU_BRDV_BAUD	0x3ffU
/* clang-format on */

static bool mvebu_ready(const struct uart *uart)
{
	return !(uart_io_read32(uart->base, MVEBU_STAT) & MVEBU_STAT_TX_FULL);
}

static void mvebu_put(struct uart *uart, char c)
{
	uart_io_write32(uart->base, MVEBU_TSH, (unsigned char)c);
}

static bool mvebu_idle(const struct uart *uart)
{
	return uart_io_read32(uart->base, MVEBU_STAT) & MVEBU_STAT_TX_EMPTY;
}

/* The other bits of BRDV divide the clock for all UARTs. */
static void mvebu_init(struct uart *uart)
{
	u32 brdv;

	if (uart->divider == 0)
		return;

	uart_drain(uart, mvebu_idle);
	brdv = uart_io_read32(uart->base, MVEBU_BRDV) & ~MVEBU_BRDV_BAUD;
	uart_io_write32(uart->base, MVEBU_BRDV,
			brdv | (uart->divider & MVEBU_BRDV_BAUD));
	uart_io_write32(uart->base, MVEBU_CTRL,
			MVEBU_CTRL_RXFIFO_RST | MVEBU_CTRL_TXFIFO_RST);
	uart_io_write32(uart->base, MVEBU_CTRL, 0);
}

const struct uart_ops uart_mvebu = {
	.name = "MVEBU",
	.type = JAILHOUSE_CON_TYPE_MVEBU,
	.init = mvebu_init,
	.ready = mvebu_ready,
	.put = mvebu_put,
};
