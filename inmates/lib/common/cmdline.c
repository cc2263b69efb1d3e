/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate/cmdline.h>
#include <inmate/string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static size_t token_length(const char *token, size_t left)
{
	size_t n = 0;

	while (n < left && !is_blank(token[n]))
		n++;
	return n;
}

const char *cmdline_find(const char *key, size_t *length)
{
	const char *pos = cmdline;
	const char *end = cmdline + strnlen(cmdline, CMDLINE_SIZE);
	size_t key_len = strlen(key), len;

	for (; pos < end; pos += len + 1) {
		len = token_length(pos, (size_t)(end - pos));
		if (len < key_len || memcmp(pos, key, key_len) != 0)
			continue;
		if (len == key_len) {
			*length = 0;
			return pos + len;
		}
		if (pos[key_len] == '=') {
			*length = len - key_len - 1;
			return pos + key_len + 1;
		}
	}
	return NULL;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

size_t cmdline_number(const char *text, size_t length, u64 *value)
{
	u64 base = 10, result = 0, digit;
	size_t n, start = 0;

	if (length > 1 && text[0] == '0' &&
	    (text[1] == 'x' || text[1] == 'X')) {
		base = 16;
		start = 2;
	}
	for (n = start; n < length; n++) {
		digit = (u64)digit_value(text[n]);
		if (digit >= base)
			break;
		if (__builtin_mul_overflow(result, base, &result) ||
		    __builtin_add_overflow(result, digit, &result))
			return 0;
	}
	if (n == start)
		return 0;
	*value = result;
	return n;
}

/* The whole text has to be a number. */
static bool parse_u64(const char *text, size_t length, u64 *value)
{
	u64 result;

	if (length == 0 || cmdline_number(text, length, &result) != length)
		return false;
	*value = result;
	return true;
}

u64 cmdline_u64(const char *key, u64 fallback)
{
	u64 value = fallback;
	size_t length;
	const char *text = cmdline_find(key, &length);

	if (text)
		parse_u64(text, length, &value);
	return value;
}

s64 cmdline_int(const char *key, s64 fallback)
{
	size_t length;
	const char *text = cmdline_find(key, &length);
	bool minus = text && length > 0 && text[0] == '-';
	u64 value;

	if (!text || !parse_u64(text + minus, length - minus, &value))
		return fallback;
	if (value > 0x7fffffffffffffffULL)
		return fallback;
	return minus ? -(s64)value : (s64)value;
}

static bool value_is(const char *text, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(text, word, length) == 0;
}

bool cmdline_bool(const char *key, bool fallback)
{
	size_t length;
	const char *text = cmdline_find(key, &length);

	if (!text)
		return fallback;
	if (length == 0 || value_is(text, length, "true") ||
	    value_is(text, length, "1"))
		return true;
	if (value_is(text, length, "false") || value_is(text, length, "0"))
		return false;
	return fallback;
}

bool cmdline_string(const char *key, char *buffer, size_t size)
{
	size_t length;
	const char *text = cmdline_find(key, &length);

	if (!text)
		length = 0;
	else if (length >= size)
		length = size - 1;
	if (text)
		memcpy(buffer, text, length);
	buffer[length] = '\0';
	return text != NULL;
}
