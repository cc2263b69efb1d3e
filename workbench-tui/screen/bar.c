// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/bar.h"

/* size * width / total without overflow, as sizes are up to 2^64. */
static unsigned int scale(uint64_t size, uint64_t total, unsigned int width)
{
	return (unsigned int)((unsigned __int128)size * width / total);
}

/* The part that has the most columns. */
static size_t widest(const unsigned int *columns, size_t count)
{
	size_t found = 0;

	for (size_t n = 1; n < count; n++) {
		if (columns[n] > columns[found])
			found = n;
	}
	return found;
}

/* The part that lost most by rounding down. */
static size_t most_lost(const uint64_t *sizes, const unsigned int *columns,
			size_t count, uint64_t total, unsigned int width)
{
	unsigned __int128 lost = 0;
	size_t found = 0;

	for (size_t n = 0; n < count; n++) {
		unsigned __int128 exact = (unsigned __int128)sizes[n] * width;
		unsigned __int128 has = (unsigned __int128)columns[n] * total;

		if (exact <= has || exact - has <= lost)
			continue;
		lost = exact - has;
		found = n;
	}
	return found;
}

void tui_bar_share(const uint64_t *sizes, size_t count, unsigned int width,
		   unsigned int *columns)
{
	unsigned int given = 0;
	uint64_t total = 0;

	for (size_t n = 0; n < count; n++) {
		columns[n] = 0;
		if (__builtin_add_overflow(total, sizes[n], &total))
			total = UINT64_MAX;
	}
	if (!total)
		return;
	for (size_t n = 0; n < count; n++) {
		columns[n] = scale(sizes[n], total, width);
		if (!columns[n] && sizes[n])
			columns[n] = 1;
		given += columns[n];
	}
	for (; given > width; given--)
		columns[widest(columns, count)]--;
	for (; given < width; given++)
		columns[most_lost(sizes, columns, count, total, width)]++;
}

unsigned int tui_bar_fill(uint64_t used, uint64_t size, unsigned int width)
{
	unsigned int fill;

	if (!used || !size)
		return 0;
	fill = used >= size ? width : scale(used, size, width);
	return fill ? fill : width > 0;
}
