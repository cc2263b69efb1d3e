// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/recording_text.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that follow the first one of a sequence, -1: it begins none. RFC 3629;
 * *@low and *@high bound the second byte (no overlong forms, no surrogates, up
 * to U+10FFFF). */
static int followers(uint8_t first, uint8_t *low, uint8_t *high)
{
	*low = 0x80;
	*high = 0xbf;
	if (first < 0x80)
		return 0;
	if (first >= 0xc2 && first <= 0xdf)
		return 1;
	if (first >= 0xe0 && first <= 0xef) {
		if (first == 0xe0)
			*low = 0xa0;
		if (first == 0xed)
			*high = 0x9f;
		return 2;
	}
	if (first >= 0xf0 && first <= 0xf4) {
		if (first == 0xf0)
			*low = 0x90;
		if (first == 0xf4)
			*high = 0x8f;
		return 3;
	}
	return -1;
}

static bool is_utf8(const char *data, size_t size)
{
	const uint8_t *bytes = (const uint8_t *)data;

	for (size_t n = 0; n < size;) {
		uint8_t low, high;
		int more = followers(bytes[n++], &low, &high);

		if (more < 0 || (size_t)more > size - n)
			return false;
		for (; more; more--, n++) {
			if (bytes[n] < low || bytes[n] > high)
				return false;
			low = 0x80;
			high = 0xbf;
		}
	}
	return true;
}

static int encode_hex(const char *data, size_t size, struct json_object **value)
{
	static const char digits[] = "0123456789abcdef";
	struct json_object *object = json_object_new_object(), *string;
	char *hex = malloc(2 * size + 1);

	for (size_t n = 0; hex && n < size; n++) {
		hex[2 * n] = digits[(uint8_t)data[n] >> 4];
		hex[2 * n + 1] = digits[data[n] & 15];
	}
	string = hex ? json_object_new_string_len(hex, (int)(2 * size)) : NULL;
	free(hex);
	if (!string || !object ||
	    json_object_object_add(object, "hex", string)) {
		json_object_put(string);
		json_object_put(object);
		return -ENOMEM;
	}
	*value = object;
	return 0;
}

int recording_encode(const char *data, size_t size, struct json_object **value)
{
	if (size > INT32_MAX / 2)
		return -ENOMEM;
	if (!is_utf8(data, size))
		return encode_hex(data, size, value);
	*value = json_object_new_string_len(data, (int)size);
	return *value ? 0 : -ENOMEM;
}

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

static int decode_hex(const char *hex, size_t length, char *data)
{
	for (size_t n = 0; n < length / 2; n++) {
		int high = digit(hex[2 * n]), low = digit(hex[2 * n + 1]);

		if (high < 0 || low < 0)
			return -EINVAL;
		data[n] = (char)(high << 4 | low);
	}
	return length % 2 ? -EINVAL : 0;
}

int recording_decode_hex(char *text, size_t *size)
{
	if (decode_hex(text, *size, text))
		return -EINVAL;
	*size /= 2;
	text[*size] = 0;
	return 0;
}
