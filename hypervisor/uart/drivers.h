/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The drivers that uart.c has a row for, and what they share; private to this
 * folder. */
#ifndef HYPERVISOR_UART_DRIVERS_H
#define HYPERVISOR_UART_DRIVERS_H

#include "uart.h"

extern const struct uart_ops uart_8250;
extern const struct uart_ops uart_cadence;
extern const struct uart_ops uart_hscif;
extern const struct uart_ops uart_imx;
extern const struct uart_ops uart_imx_lpuart;
extern const struct uart_ops uart_mvebu;
extern const struct uart_ops uart_pl011;
extern const struct uart_ops uart_scif;
extern const struct uart_ops uart_scifa;

/* Waits a bounded number of polls until all was sent: what is on its way out
 * would be garbled by a new bit rate. */
void uart_drain(const struct uart *uart, bool (*idle)(const struct uart *uart));

#endif
