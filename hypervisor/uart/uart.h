/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * UART drivers, for the hypervisor and for inmates alike: freestanding, no
 * globals, no allocation. A new UART is one file and one row in uart.c.
 *
 * Whoever owns a struct uart serialises its use; nothing in here locks.
 */
#ifndef HYPERVISOR_UART_UART_H
#define HYPERVISOR_UART_UART_H

#include <stdbool.h>
#include <stddef.h>
#include <jailhouse/types.h>

struct uart;

struct uart_ops {
	const char *name; /* value of the inmate option con-type= */
	u16 type;	  /* JAILHOUSE_CON_TYPE_* */
	/* Set the line up as the divider says; with 0 touch nothing. */
	void (*init)(struct uart *uart);
	/* True if one more character can be taken. */
	bool (*ready)(const struct uart *uart);
	/* Hand over one character; only while ready. */
	void (*put)(struct uart *uart, char c);
};

struct uart {
	const struct uart_ops *ops;
	volatile void *base; /* registers, mapped as device memory */
	u32 flags;	     /* JAILHOUSE_CON_*: register distance, quirks */
	u32 divider;	     /* baud rate divider, 0: leave it as it is */
	bool stuck;	     /* did not drain in time; private to uart.c */
};

/**
 * uart_find - look up a driver
 * @type: JAILHOUSE_CON_TYPE_*
 *
 * Return: the driver, NULL if there is none for this type.
 */
const struct uart_ops *uart_find(u32 type);

/**
 * uart_find_name - look up a driver by its name
 * @name: case-sensitive, "PL011"
 * @length: bytes of name to compare; it need not be terminated
 *
 * Return: the driver, NULL if there is none of this name.
 */
const struct uart_ops *uart_find_name(const char *name, size_t length);

/**
 * uart_put - send one character
 * @uart: with ops, base and flags set and initialised
 * @c: sent as it is; for lines see uart_write()
 *
 * Waits a bounded number of polls for room. When that did not help, this and
 * all further characters are dropped after a single look until there is room
 * again: a UART that lost its clock or is held by flow control costs its
 * owner the wait once, not for each character.
 *
 * Return: true if the character was sent.
 */
bool uart_put(struct uart *uart, char c);

/**
 * uart_write - send text, with a carriage return before each line feed
 * @uart: as for uart_put()
 * @text: bytes to send
 * @length: number of bytes
 */
void uart_write(struct uart *uart, const char *text, size_t length);

#endif
