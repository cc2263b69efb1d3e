/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Little-endian numbers in files and byte arrays, whatever the host is. */
#ifndef JHCFG_UTIL_BYTES_H
#define JHCFG_UTIL_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Number of @width bytes (at most 8) at @from. */
static inline uint64_t jhcfg_get_le(const void *from, size_t width)
{
	const uint8_t *bytes = from;
	uint64_t value = 0;

	while (width--)
		value = value << 8 | bytes[width];
	return value;
}

static inline void jhcfg_put_le(void *to, size_t width, uint64_t value)
{
	uint8_t *bytes = to;

	for (size_t n = 0; n < width; n++, value >>= 8)
		bytes[n] = (uint8_t)value;
}

/* A member of a struct in memory: @width is 1, 2, 4 or 8, bytes are native. */
uint64_t jhcfg_get_member(const void *from, size_t width);
void jhcfg_put_member(void *to, size_t width, uint64_t value);

/* Length of the byte order mark that some editors put before UTF-8, which
 * readers of JSON may skip (RFC 8259, 8.1). */
static inline size_t jhcfg_bom_size(const void *text, size_t size)
{
	return size >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
}

/* The largest number of @width bytes. */
static inline uint64_t jhcfg_width_max(size_t width)
{
	return width >= 8 ? UINT64_MAX : (UINT64_C(1) << (8 * width)) - 1;
}

#endif
