/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The drivers that uart.c has a row for; private to this folder. */
#ifndef HYPERVISOR_UART_DRIVERS_H
#define HYPERVISOR_UART_DRIVERS_H

#include "uart.h"

extern const struct uart_ops uart_pl011;

#endif
