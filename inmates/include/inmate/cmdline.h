/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The inmate's command line: blank-separated key=value tokens, loaded to 4 KiB
 * behind the inmate's base. A key matches a whole key only, and the first
 * token that has it counts.
 */
#ifndef INMATE_CMDLINE_H
#define INMATE_CMDLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <jailhouse/types.h>

#define CMDLINE_SIZE 256

/* What was loaded; not necessarily terminated. */
extern const char cmdline[CMDLINE_SIZE];

/**
 * cmdline_find - look up a key
 * @key: without "="
 * @length: set to the number of bytes of the value, if found
 *
 * Return: start of the value within the command line, not terminated; NULL if
 * the key is not there. A key without "=" has an empty value.
 */
const char *cmdline_find(const char *key, size_t *length);

/**
 * cmdline_int - value of an integer option
 * @key: without "="
 * @fallback: result if the key is not there or its value is no number
 *
 * Decimal or 0x-hexadecimal, with an optional minus; must fit 64 bits.
 */
s64 cmdline_int(const char *key, s64 fallback);

/**
 * cmdline_u64 - the same for addresses: without minus, all 64 bits
 */
u64 cmdline_u64(const char *key, u64 fallback);

/**
 * cmdline_number - the number at the start of a text
 * @text: need not be terminated
 * @length: of text
 * @value: set, if there is a number
 *
 * For values that have more than one number in them.
 *
 * Return: bytes that the number takes; 0 if there is none, or none that fits.
 */
size_t cmdline_number(const char *text, size_t length, u64 *value);

/**
 * cmdline_bool - value of a switch
 * @key: without "="
 * @fallback: result if the key is not there or has another value
 *
 * True: "true", "1" or nothing behind the key. False: "false", "0".
 */
bool cmdline_bool(const char *key, bool fallback);

/**
 * cmdline_string - copy the value of an option
 * @key: without "="
 * @buffer: filled with the value, cut to fit, and a terminating NUL
 * @size: of buffer, at least 1
 *
 * Return: true if the key is there; else buffer holds an empty string.
 */
bool cmdline_string(const char *key, char *buffer, size_t size);

#endif
