/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text for people: the debug UART and the merged console ring. One call is
 * one or more whole lines, and comes out unmixed with those of other CPUs and
 * cells.
 */
#ifndef HV_PRINTK_H
#define HV_PRINTK_H

#include <hv/types.h>

/*
 * Conversions: %d %i %u %x %X %c %s %p %%, with l, ll, z, field width, zero
 * padding, left alignment and %.*s precision. Returns the length that the
 * whole text has, like C's; buf is always terminated if size > 0.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
	__attribute__((format(printf, 3, 0)));
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);

/* Texts over 255 bytes are cut and end in "...\n". */
void printk(const char *fmt, ...) __printf(1, 2);
void vprintk(const char *fmt, va_list args)
	__attribute__((format(printf, 1, 0)));

/*
 * printk() for what a guest can trigger at will: at most a burst of 20 lines,
 * refilled with 10 a second and counted per cell; when lines were dropped,
 * the next one that passes is preceded by "(N lines suppressed)".
 */
struct cell;
void printk_guest(struct cell *cell, const char *fmt, ...) __printf(2, 3);

/* Prints the text, dumps and stops this CPU for good: our own bugs only. */
void panic(const char *fmt, ...) __noreturn __printf(1, 2);

#endif
