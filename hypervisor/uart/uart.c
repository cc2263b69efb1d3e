/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include "uart.h"
#include "drivers.h"
#include "io.h"

/*
 * One character at 9600 baud takes 1 ms. A register read takes 100 ns or more
 * on all hardware seen so far, so that this is at least 10 ms.
 */
#define UART_POLL_LIMIT 100000U

static const struct uart_ops *const uart_drivers[] = {
	&uart_8250,  &uart_cadence, &uart_hscif, &uart_imx,   &uart_imx_lpuart,
	&uart_mvebu, &uart_pl011,   &uart_scif,	 &uart_scifa,
};

#define NUM_DRIVERS (sizeof(uart_drivers) / sizeof(uart_drivers[0]))

const struct uart_ops *uart_find(u32 type)
{
	size_t n;

	for (n = 0; n < NUM_DRIVERS; n++)
		if (uart_drivers[n]->type == type)
			return uart_drivers[n];
	return NULL;
}

static bool name_is(const char *name, const char *text, size_t length)
{
	size_t n;

	for (n = 0; n < length; n++)
		if (name[n] == '\0' || name[n] != text[n])
			return false;
	return name[length] == '\0';
}

const struct uart_ops *uart_find_name(const char *name, size_t length)
{
	size_t n;

	for (n = 0; n < NUM_DRIVERS; n++)
		if (name_is(uart_drivers[n]->name, name, length))
			return uart_drivers[n];
	return NULL;
}

void uart_drain(const struct uart *uart, bool (*idle)(const struct uart *uart))
{
	unsigned int polls = UART_POLL_LIMIT;

	while (!idle(uart) && --polls)
		uart_io_relax();
}

/* The device was not ready at once. Apart, since most of the time it is. */
static __attribute__((noinline)) bool uart_wait(const struct uart *uart)
{
	unsigned int polls = uart->stuck ? 0 : UART_POLL_LIMIT - 1;

	while (polls-- > 0) {
		uart_io_relax();
		if (uart->ops->ready(uart))
			return true;
	}
	return false;
}

bool uart_put(struct uart *uart, char c)
{
	const struct uart_ops *ops = uart->ops;

	if (!ops->ready(uart) && !uart_wait(uart)) {
		uart->stuck = true;
		return false;
	}
	uart->stuck = false;
	ops->put(uart, c);
	return true;
}

void uart_write(struct uart *uart, const char *text, size_t length)
{
	size_t n;

	for (n = 0; n < length; n++) {
		if (text[n] == '\n')
			uart_put(uart, '\r');
		uart_put(uart, text[n]);
	}
}
