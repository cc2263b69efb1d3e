/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* LPUART with registers of 32 bits: i.MX 8DualXPlus reference manual, LPUART */
#include <jailhouse/cell-config.h>

#include "drivers.h"
#include "io.h"

/* clang-format off */
#define LPUART_BAUD		0x10
#define  LPUART_BAUD_SBR	0x1fffU
#define  LPUART_BAUD_OSR_16	(15U << 24)
#define LPUART_STAT		0x14
#define  LPUART_STAT_TC		(1U << 22)
#define  LPUART_STAT_TDRE	(1U << 23)
#define LPUART_CTRL		0x18
#define  LPUART_CTRL_RE		(1U << 18)
#define  LPUART_CTRL_TE		(1U << 19)
#define LPUART_DATA		0x1c
/* clang-format on */

static bool lpuart_ready(const struct uart *uart)
{
	return uart_io_read32(uart->base, LPUART_STAT) & LPUART_STAT_TDRE;
}

static void lpuart_put(struct uart *uart, char c)
{
	uart_io_write32(uart->base, LPUART_DATA, (unsigned char)c);
}

static bool lpuart_idle(const struct uart *uart)
{
	return uart_io_read32(uart->base, LPUART_STAT) & LPUART_STAT_TC;
}

/* The rate may be changed only while both directions are off. */
static void lpuart_init(struct uart *uart)
{
	if (uart->divider == 0)
		return;

	uart_drain(uart, lpuart_idle);
	uart_io_write32(uart->base, LPUART_CTRL, 0);
	uart_io_write32(uart->base, LPUART_BAUD,
			LPUART_BAUD_OSR_16 | (uart->divider & LPUART_BAUD_SBR));
	uart_io_write32(uart->base, LPUART_CTRL,
			LPUART_CTRL_RE | LPUART_CTRL_TE);
}

const struct uart_ops uart_imx_lpuart = {
	.name = "IMX-LPUART",
	.type = JAILHOUSE_CON_TYPE_IMX_LPUART,
	.init = lpuart_init,
	.ready = lpuart_ready,
	.put = lpuart_put,
};
