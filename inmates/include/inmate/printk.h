/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#ifndef INMATE_PRINTK_H
#define INMATE_PRINTK_H

#include <stdarg.h>
#include <stddef.h>

/**
 * format_text - a small vsnprintf
 * @buffer: filled with text and a terminating NUL
 * @size: of buffer; longer text is cut; 0 writes nothing
 * @format: conversions d i u x X p c s %, flags - 0, width (also as *),
 *	precision for s, sizes h hh l ll z
 * @args: the values
 *
 * Return: bytes the whole text takes, without the NUL.
 */
size_t format_text(char *buffer, size_t size, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

/**
 * printk - print on the inmate's console
 * @format: as for format_text(); at most 255 bytes are printed
 *
 * From any CPU and any context; lines of different CPUs do not mix.
 */
void printk(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
