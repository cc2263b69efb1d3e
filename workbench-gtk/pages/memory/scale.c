// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/scale.h"

#define MARGIN	    32 /* a part of the span, at each side */
#define SNAP_PIXELS 6.0

static void clamp(JhwScale *scale)
{
	scale->span = CLAMP(scale->span, JHW_SCALE_MIN, JHW_SCALE_MAX);
	if (scale->start > UINT64_MAX - scale->span)
		scale->start = UINT64_MAX - scale->span + 1;
}

void jhw_scale_show(JhwScale *scale, uint64_t first, uint64_t last)
{
	uint64_t size = last - first;
	uint64_t margin;

	size = CLAMP(size, JHW_SCALE_MIN, JHW_SCALE_MAX) + 1;
	margin = size / MARGIN;
	scale->start = first > margin ? first - margin : 0;
	scale->span = size + 2 * margin;
	clamp(scale);
}

double jhw_scale_x(const JhwScale *scale, uint64_t address)
{
	double offset = address >= scale->start ? (double)(address - scale->start)
						: -(double)(scale->start - address);
	double x = offset / (double)scale->span * scale->width;

	return CLAMP(x, -(double)scale->width, 2.0 * scale->width);
}

uint64_t jhw_scale_address(const JhwScale *scale, double x)
{
	double offset = x / scale->width * (double)scale->span;
	uint64_t bytes;

	if (offset < 0) {
		bytes = (uint64_t)-offset;
		return bytes < scale->start ? scale->start - bytes : 0;
	}
	bytes = (uint64_t)offset;
	return bytes < UINT64_MAX - scale->start ? scale->start + bytes : UINT64_MAX;
}

void jhw_scale_zoom(JhwScale *scale, uint64_t span, double x)
{
	uint64_t fixed = jhw_scale_address(scale, x);
	uint64_t before;

	span = CLAMP(span, JHW_SCALE_MIN, JHW_SCALE_MAX);
	before = (uint64_t)(CLAMP(x / scale->width, 0.0, 1.0) * (double)span);
	scale->span = span;
	scale->start = fixed > before ? fixed - before : 0;
	clamp(scale);
}

void jhw_scale_pan(JhwScale *scale, double pixels)
{
	scale->start = jhw_scale_address(scale, pixels);
	clamp(scale);
}

uint64_t jhw_scale_snap(const JhwScale *scale)
{
	static const uint64_t units[] = { 4096, 65536, 2 << 20 };
	guint n = 0;

	while (n + 1 < G_N_ELEMENTS(units) &&
	       (double)units[n] / (double)scale->span * scale->width < SNAP_PIXELS)
		n++;
	return units[n];
}

uint64_t jhw_scale_round(uint64_t address, uint64_t unit)
{
	uint64_t down = address & ~(unit - 1);

	if (address - down < unit / 2 || down > UINT64_MAX - unit)
		return down;
	return down + unit;
}

uint64_t jhw_scale_step(const JhwScale *scale, double pixels)
{
	uint64_t step = 16;

	while ((double)step / (double)scale->span * scale->width < pixels && step < JHW_SCALE_MAX)
		step *= 2;
	return step;
}
