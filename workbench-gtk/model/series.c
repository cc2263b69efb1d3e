// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/series.h"

#include <math.h>
#include <string.h>

/* Points are in one piece for whoever draws them: the array is twice as long as what is kept,
 * and moved to its begin when it is full. */
struct _JhwSeries {
	guint length;
	guint first, count;
	JhwPoint points[];
};

JhwSeries *jhw_series_new(guint length)
{
	JhwSeries *series =
		g_malloc0(sizeof(*series) + (gsize)length * 2 * sizeof(*series->points));

	series->length = length;
	return series;
}

void jhw_series_free(JhwSeries *series)
{
	g_free(series);
}

void jhw_series_clear(JhwSeries *series)
{
	series->first = series->count = 0;
}

void jhw_series_add(JhwSeries *series, gint64 ms, double value)
{
	JhwPoint *last = series->points + series->first + series->count - 1;

	if (series->count && ms < last->ms)
		jhw_series_clear(series);
	if (series->count && ms == last->ms) {
		last->value = value;
		return;
	}
	if (series->count == series->length) {
		series->first++;
		series->count--;
	}
	if (series->first + series->count == series->length * 2) {
		memmove(series->points, series->points + series->first,
			series->count * sizeof(*series->points));
		series->first = 0;
	}
	series->points[series->first + series->count++] = (JhwPoint){ ms, value };
}

const JhwPoint *jhw_series_points(const JhwSeries *series, guint *count)
{
	*count = series->count;
	return series->points + series->first;
}

double jhw_series_last(const JhwSeries *series)
{
	return series->count ? series->points[series->first + series->count - 1].value : NAN;
}

double jhw_series_largest(const JhwSeries *series, gint64 from_ms)
{
	const JhwPoint *points = series->points + series->first;
	double largest = NAN;

	for (guint n = series->count; n-- && points[n].ms >= from_ms;)
		if (!isnan(points[n].value) && !(points[n].value <= largest))
			largest = points[n].value;
	return largest;
}
