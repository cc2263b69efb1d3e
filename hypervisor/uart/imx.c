/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* UART of i.MX 6 to 8M: i.MX 8M Plus reference manual, UART */
#include <jailhouse/cell-config.h>

#include "drivers.h"
#include "io.h"

/* clang-format off */
#define IMX_UTXD		0x40
#define IMX_UCR1		0x80
#define  IMX_UCR1_UARTEN	(1U << 0)
#define IMX_UCR2		0x84
#define  IMX_UCR2_SRST		(1U << 0) /* 0: reset */
#define  IMX_UCR2_RXEN		(1U << 1)
#define  IMX_UCR2_TXEN		(1U << 2)
#define  IMX_UCR2_WS		(1U << 5) /* 8 bits */
#define  IMX_UCR2_IRTS		(1U << 14)
#define IMX_UBIR		0xa4
#define IMX_UBMR		0xa8
#define IMX_UTS			0xb4
#define  IMX_UTS_TXFULL		(1U << 4)
#define  IMX_UTS_TXEMPTY	(1U << 6)
/* clang-format on */

static bool imx_ready(const struct uart *uart)
{
	return !(uart_io_read32(uart->base, IMX_UTS) & IMX_UTS_TXFULL);
}

static void imx_put(struct uart *uart, char c)
{
	uart_io_write32(uart->base, IMX_UTXD, (unsigned char)c);
}

static bool imx_idle(const struct uart *uart)
{
	return uart_io_read32(uart->base, IMX_UTS) & IMX_UTS_TXEMPTY;
}

/* The bit rate is that of the clock * (UBIR + 1) / (16 * (UBMR + 1)); UBIR has
 * to be written first. */
static void imx_init(struct uart *uart)
{
	if (uart->divider == 0)
		return;

	uart_drain(uart, imx_idle);
	uart_io_write32(uart->base, IMX_UCR1, 0);
	uart_io_write32(uart->base, IMX_UCR2,
			IMX_UCR2_SRST | IMX_UCR2_RXEN | IMX_UCR2_TXEN |
				IMX_UCR2_WS | IMX_UCR2_IRTS);
	uart_io_write32(uart->base, IMX_UCR1, IMX_UCR1_UARTEN);
	uart_io_write32(uart->base, IMX_UBIR, 15);
	uart_io_write32(uart->base, IMX_UBMR, uart->divider & 0xffff);
}

const struct uart_ops uart_imx = {
	.name = "IMX",
	.type = JAILHOUSE_CON_TYPE_IMX,
	.init = imx_init,
	.ready = imx_ready,
	.put = imx_put,
};
