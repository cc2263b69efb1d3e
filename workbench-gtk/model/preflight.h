/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a target is good for: libjhcfg's probe, done once it is connected and
 * whenever somebody asks. Signal "changed".
 */
#ifndef JHW_PREFLIGHT_H
#define JHW_PREFLIGHT_H

#include <jhcfg/probe.h>

#include "model/target.h"

#define JHW_TYPE_PREFLIGHT (jhw_preflight_get_type())
G_DECLARE_FINAL_TYPE(JhwPreflight, jhw_preflight, JHW, PREFLIGHT, GObject)

JhwPreflight *jhw_preflight_new(JhwTarget *target);
/* Looks again; what was found before stays until then. */
void jhw_preflight_run(JhwPreflight *preflight);
gboolean jhw_preflight_is_busy(JhwPreflight *preflight);
/* Row @index; NULL behind the last one, and before there are any. Until the next
 * signal. */
const struct jhcfg_probe_row *jhw_preflight_at(JhwPreflight *preflight, guint index);
guint jhw_preflight_count(JhwPreflight *preflight, enum jhcfg_probe_state state);
/* Why there is nothing; empty: there is. */
const char *jhw_preflight_failure(JhwPreflight *preflight);

#endif
