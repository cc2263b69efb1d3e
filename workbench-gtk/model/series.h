/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A number over time, as long as graphs look back: no clock and no widgets. */
#ifndef JHW_SERIES_H
#define JHW_SERIES_H

#include <glib.h>

typedef struct {
	gint64 ms;    /* since 1970 */
	double value; /* NAN: it is not known, which is a gap */
} JhwPoint;

typedef struct _JhwSeries JhwSeries;

/* Keeps the youngest @length points. */
JhwSeries *jhw_series_new(guint length);
void jhw_series_free(JhwSeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwSeries, jhw_series_free)

/* Time goes on; a time before that of the last point begins anew, as a jump in a recording
 * does. A second value for the last time takes its place. */
void jhw_series_add(JhwSeries *series, gint64 ms, double value);
void jhw_series_clear(JhwSeries *series);
/* In the order of time; valid until the next change. */
const JhwPoint *jhw_series_points(const JhwSeries *series, guint *count);
/* The last value; NAN: there is none, or it is not known. */
double jhw_series_last(const JhwSeries *series);
/* The largest value that is known since @from_ms; NAN: none. */
double jhw_series_largest(const JhwSeries *series, gint64 from_ms);

#endif
