/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A target that is looked at again and again: jh-top's model of it with what
 * happened there, and numbers over time. Recordings are played, and look as
 * what they were made of looked then.
 *
 * Signal "changed": there is something new; ten times a second at most.
 */
#ifndef JHW_LIVE_H
#define JHW_LIVE_H

#include <glib-object.h>

#include "model/metrics.h"
#include "model/target.h"

#define JHW_TYPE_LIVE (jhw_live_get_type())
G_DECLARE_FINAL_TYPE(JhwLive, jhw_live, JHW, LIVE, GObject)

JhwLive *jhw_live_new(void);
/* The one that looks at whatever @target is connected to; it belongs to it. */
JhwLive *jhw_live_of(JhwTarget *target);

/* Looks at @target from now on, which somebody else has open and dispatches; NULL: at none.
 * Must be called before it is closed. */
void jhw_live_attach(JhwLive *live, struct jhcfg_target *target);
/* It is ready, or lost. */
void jhw_live_target_changed(JhwLive *live);
/* NULL: it looks at none. */
struct jhcfg_target *jhw_live_target(JhwLive *live);

/* NULL: it looks at none. Until the next signal. */
const struct tui_model *jhw_live_model(JhwLive *live);
/* Never NULL. */
const JhwMetrics *jhw_live_metrics(JhwLive *live);
/* Milliseconds from one look to the next, 100 at least; a recording has its own. */
void jhw_live_set_delay(JhwLive *live, guint ms);
guint jhw_live_delay(JhwLive *live);
/* More than that many milliseconds between two points of a series is a gap. */
gint64 jhw_live_gap(JhwLive *live);
/* Number of times that events and lines of the model began anew: a jump back. */
guint jhw_live_epoch(JhwLive *live);

/* --- recording what it sees ---------------------------------------------------- */

/* Into @path, which is written anew, from the next look on. It ends when @target is left, or
 * when it cannot go on, which is an event of the model. FALSE with @error: it cannot begin. */
gboolean jhw_live_record(JhwLive *live, const char *path, GError **error);
/* FALSE with @error: its end could not be written. */
gboolean jhw_live_record_end(JhwLive *live, GError **error);
/* Where it records to, NULL: it does not. */
const char *jhw_live_record_path(JhwLive *live);
/* Milliseconds since it began. */
gint64 jhw_live_record_time(JhwLive *live);

/* --- recordings --------------------------------------------------------------- */

gboolean jhw_live_is_recording(JhwLive *live);
/* Goes on at its end from its begin. */
void jhw_live_play(JhwLive *live, gboolean play);
/* To @ms behind its begin. */
void jhw_live_seek(JhwLive *live, guint64 ms);
/* 1000: as fast as it was. */
void jhw_live_set_speed(JhwLive *live, guint milli);

#endif
