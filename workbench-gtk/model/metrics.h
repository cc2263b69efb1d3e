/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a target does, as numbers over time: exits of each cell by reason,
 * interrupts, pools, load. They are made of jh-top's model, moment by moment.
 */
#ifndef JHW_METRICS_H
#define JHW_METRICS_H

#include "model/series.h"
#include "workbench-tui/model/model.h"

/* Points that are kept of each. */
#define JHW_METRIC_LENGTH 600U

typedef enum {
	JHW_UNIT_PER_SECOND,
	JHW_UNIT_PAGES,
	JHW_UNIT_BYTES,
	JHW_UNIT_BYTES_PER_SECOND,
	JHW_UNIT_LOAD,
} JhwUnit;

typedef struct {
	char *cell;  /* whose it is, by name; NULL: of the machine */
	char *key;   /* unique for the cell: "mmio"; "pool", "load" */
	char *title; /* for people */
	JhwUnit unit;
	double value; /* now; NAN: not known */
	double peak;  /* since it was seen first; NAN: not known */
	double full;  /* all that there is of it; 0: there is no such thing */
	JhwSeries *series;
	guint64 seen; /* number of the moment */
} JhwMetric;

/* For who looks at it after the metrics have forgotten it. */
const JhwMetric *jhw_metric_ref(const JhwMetric *metric);
void jhw_metric_unref(const JhwMetric *metric);

typedef struct _JhwMetrics JhwMetrics;

JhwMetrics *jhw_metrics_new(void);
void jhw_metrics_free(JhwMetrics *metrics);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwMetrics, jhw_metrics_free)

/* As it is now. Time that goes back begins anew. What is not there any more has a gap from
 * here on, and is forgotten when all of it is one. */
void jhw_metrics_take(JhwMetrics *metrics, const struct tui_model *model);
void jhw_metrics_clear(JhwMetrics *metrics);

guint jhw_metrics_count(const JhwMetrics *metrics);
/* In the order in which they were seen first. */
const JhwMetric *jhw_metrics_at(const JhwMetrics *metrics, guint index);
/* NULL: there is none. @cell NULL: of the machine. */
const JhwMetric *jhw_metrics_find(const JhwMetrics *metrics, const char *cell, const char *key);
/* Whether it was there in the last moment. */
gboolean jhw_metrics_is_there(const JhwMetrics *metrics, const JhwMetric *metric);
/* Time of the last moment, since 1970; and how far apart two of them should be. */
gint64 jhw_metrics_now(const JhwMetrics *metrics);

/* "232/s", "71 of 994 pages"; a new string. */
char *jhw_metric_text(const JhwMetric *metric);
/* The same of a value alone. */
char *jhw_metric_value_text(const JhwMetric *metric, double value);

#endif
