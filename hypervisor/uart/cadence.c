/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Cadence UART of Zynq and ZynqMP: UG585 appendix B.33, UG1087 "UART Module" */
#include <jailhouse/cell-config.h>

#include "drivers.h"
#include "io.h"

/* clang-format off */
#define XUARTPS_CR		0x00
#define  XUARTPS_CR_RXRST	(1U << 0)
#define  XUARTPS_CR_TXRST	(1U << 1)
#define  XUARTPS_CR_RXEN	(1U << 2)
#define  XUARTPS_CR_RXDIS	(1U << 3)
#define  XUARTPS_CR_TXEN	(1U << 4)
#define  XUARTPS_CR_TXDIS	(1U << 5)
#define XUARTPS_MR		0x04
#define  XUARTPS_MR_NO_PARITY	(4U << 3) /* and 8 bits, 1 stop bit */
#define XUARTPS_IDR		0x0c
#define  XUARTPS_IDR_ALL	0x3fffU
#define XUARTPS_BAUDGEN		0x18
#define XUARTPS_SR		0x2c
#define  XUARTPS_SR_TEMPTY	(1U << 3)
#define  XUARTPS_SR_TFUL	(1U << 4)
#define  XUARTPS_SR_TACTIVE	(1U << 11)
#define XUARTPS_FIFO		0x30
#define XUARTPS_BAUDDIV		0x34
/* clang-format on */

static bool cadence_ready(const struct uart *uart)
{
	return !(uart_io_read32(uart->base, XUARTPS_SR) & XUARTPS_SR_TFUL);
}

static void cadence_put(struct uart *uart, char c)
{
	uart_io_write32(uart->base, XUARTPS_FIFO, (unsigned char)c);
}

static bool cadence_idle(const struct uart *uart)
{
	return (uart_io_read32(uart->base, XUARTPS_SR) &
		(XUARTPS_SR_TEMPTY | XUARTPS_SR_TACTIVE)) == XUARTPS_SR_TEMPTY;
}

/* The bit rate is that of the clock / (BAUDGEN * (BAUDDIV + 1)). */
static void cadence_init(struct uart *uart)
{
	if (uart->divider == 0)
		return;

	uart_drain(uart, cadence_idle);
	uart_io_write32(uart->base, XUARTPS_CR,
			XUARTPS_CR_TXDIS | XUARTPS_CR_RXDIS);
	uart_io_write32(uart->base, XUARTPS_IDR, XUARTPS_IDR_ALL);
	uart_io_write32(uart->base, XUARTPS_MR, XUARTPS_MR_NO_PARITY);
	uart_io_write32(uart->base, XUARTPS_BAUDGEN, uart->divider & 0xffff);
	uart_io_write32(uart->base, XUARTPS_BAUDDIV, 15);
	uart_io_write32(uart->base, XUARTPS_CR,
			XUARTPS_CR_TXRST | XUARTPS_CR_RXRST | XUARTPS_CR_TXEN |
				XUARTPS_CR_RXEN);
}

const struct uart_ops uart_cadence = {
	.name = "XUARTPS",
	.type = JAILHOUSE_CON_TYPE_XUARTPS,
	.init = cadence_init,
	.ready = cadence_ready,
	.put = cadence_put,
};
