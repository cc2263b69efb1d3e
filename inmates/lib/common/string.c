/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The compiler calls the first four on its own, so they must not be turned
 * into calls of themselves: see the options in meson.build.
 */
#include <inmate/string.h>

void *memcpy(void *dest, const void *src, size_t n)
{
	const unsigned char *from = src;
	unsigned char *to = dest;

	while (n-- > 0)
		*to++ = *from++;
	return dest;
}

void *memmove(void *dest, const void *src, size_t n)
{
	const unsigned char *from = src;
	unsigned char *to = dest;

	if (to <= from)
		return memcpy(dest, src, n);
	while (n-- > 0)
		to[n] = from[n];
	return dest;
}

void *memset(void *dest, int byte, size_t n)
{
	unsigned char *to = dest;

	while (n-- > 0)
		*to++ = (unsigned char)byte;
	return dest;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a, *y = b;

	for (; n > 0; n--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n] != '\0')
		n++;
	return n;
}

size_t strlen(const char *s)
{
	return strnlen(s, (size_t)-1);
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; n--, a++, b++) {
		if (*a != *b)
			return (unsigned char)*a - (unsigned char)*b;
		if (*a == '\0')
			break;
	}
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, (size_t)-1);
}
