/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Plain C versions, weak so that an architecture may bring better ones. Words
 * are accessed only where aligned: early code runs with the MMU off, where an
 * unaligned access faults. Built with -fno-tree-loop-distribute-patterns, or
 * the compiler would turn each loop into a call of the function it is in.
 */
#include <hv/string.h>
#include <hv/types.h>

#define __weak __attribute__((weak))

#define WORD	   sizeof(word_t)
#define UNROLL	   8U
#define ALIGNED(p) (((size_t)(p) & (WORD - 1)) == 0)

typedef size_t __attribute__((may_alias)) word_t;

/* Copies whole words and returns the bytes done; both are aligned. The inner
 * loop is of fixed length, so that the compiler makes pairs of it. */
static size_t copy_words(word_t *d, const word_t *s, size_t n)
{
	size_t done = 0;

	for (; n - done >= UNROLL * WORD; done += UNROLL * WORD) {
		for (unsigned int i = 0; i < UNROLL; i++)
			d[i] = s[i];
		d += UNROLL;
		s += UNROLL;
	}
	for (; n - done >= WORD; done += WORD)
		*d++ = *s++;
	return done;
}

__weak void *memcpy(void *dest, const void *src, size_t n)
{
	unsigned char *d = dest;
	const unsigned char *s = src;
	size_t done = 0;

	if (ALIGNED(d) && ALIGNED(s))
		done = copy_words((word_t *)dest, (const word_t *)src, n);
	for (; done < n; done++)
		d[done] = s[done];
	return dest;
}

__weak void *memmove(void *dest, const void *src, size_t n)
{
	unsigned char *d = dest;
	const unsigned char *s = src;

	/* Upwards is safe unless dest lies inside the source. */
	if ((size_t)d - (size_t)s >= n)
		return memcpy(dest, src, n);
	while (n-- > 0)
		d[n] = s[n];
	return dest;
}

static size_t set_words(word_t *d, word_t value, size_t n)
{
	size_t done = 0;

	for (; n - done >= UNROLL * WORD; done += UNROLL * WORD) {
		for (unsigned int i = 0; i < UNROLL; i++)
			d[i] = value;
		d += UNROLL;
	}
	for (; n - done >= WORD; done += WORD)
		*d++ = value;
	return done;
}

__weak void *memset(void *dest, int value, size_t n)
{
	unsigned char byte = (unsigned char)value;
	unsigned char *d = dest;
	size_t done = 0;

	if (ALIGNED(d))
		done = set_words((word_t *)dest, byte * (~(size_t)0 / 0xff), n);
	for (; done < n; done++)
		d[done] = byte;
	return dest;
}

__weak int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a;
	const unsigned char *y = b;

	for (size_t i = 0; i < n; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

__weak size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n] != '\0')
		n++;
	return n;
}
