/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * 8250 and its descendants (TI PC16550D, section 8), with registers of 8 bits
 * side by side or of 32 bits; and OMAP's (TI AM62x reference manual, UART),
 * which has a register more that turns it on.
 */
#include <jailhouse/cell-config.h>

#include "drivers.h"
#include "io.h"

/* Numbers of registers */
/* clang-format off */
#define UART8250_THR		0
#define UART8250_DLL		0 /* with LCR_DLAB */
#define UART8250_DLM		1
#define UART8250_IER		1
#define UART8250_FCR		2
#define  UART8250_FCR_ENABLE	0x07U /* and both FIFOs empty */
#define UART8250_LCR		3
#define  UART8250_LCR_8N1	0x03U
#define  UART8250_LCR_DLAB	0x80U
#define UART8250_MCR		4
#define  UART8250_MCR_DTR_RTS	0x03U
#define UART8250_LSR		5
#define  UART8250_LSR_THRE	0x20U
#define  UART8250_LSR_TEMT	0x40U
#define UART8250_MDR1		8
#define  UART8250_MDR1_16X	0U
#define  UART8250_MDR1_OFF	7U
/* clang-format on */

static u32 reg_read(const struct uart *uart, unsigned int reg)
{
	if (CON_USES_REGDIST_1(uart->flags))
		return uart_io_read8(uart->base, reg);
	return uart_io_read32(uart->base, reg * 4);
}

static void reg_write(struct uart *uart, unsigned int reg, u32 value)
{
	if (CON_USES_REGDIST_1(uart->flags))
		uart_io_write8(uart->base, reg, (u8)value);
	else
		uart_io_write32(uart->base, reg * 4, value);
}

static bool uart8250_ready(const struct uart *uart)
{
	return reg_read(uart, UART8250_LSR) & UART8250_LSR_THRE;
}

static void uart8250_put(struct uart *uart, char c)
{
	reg_write(uart, UART8250_THR, (unsigned char)c);
}

static bool uart8250_idle(const struct uart *uart)
{
	return reg_read(uart, UART8250_LSR) & UART8250_LSR_TEMT;
}

static void uart8250_init(struct uart *uart)
{
	if (uart->divider == 0)
		return;

	uart_drain(uart, uart8250_idle);
	if (CON_HAS_MDR_QUIRK(uart->flags))
		reg_write(uart, UART8250_MDR1, UART8250_MDR1_OFF);
	reg_write(uart, UART8250_IER, 0);
	reg_write(uart, UART8250_LCR, UART8250_LCR_DLAB);
	reg_write(uart, UART8250_DLL, uart->divider & 0xff);
	reg_write(uart, UART8250_DLM, uart->divider >> 8 & 0xff);
	reg_write(uart, UART8250_LCR, UART8250_LCR_8N1);
	reg_write(uart, UART8250_FCR, UART8250_FCR_ENABLE);
	reg_write(uart, UART8250_MCR, UART8250_MCR_DTR_RTS);
	if (CON_HAS_MDR_QUIRK(uart->flags))
		reg_write(uart, UART8250_MDR1, UART8250_MDR1_16X);
}

const struct uart_ops uart_8250 = {
	.name = "8250",
	.type = JAILHOUSE_CON_TYPE_8250,
	.init = uart8250_init,
	.ready = uart8250_ready,
	.put = uart8250_put,
};
