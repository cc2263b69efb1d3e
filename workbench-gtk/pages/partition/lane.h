/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A lane: one cell with what it has. Things are dropped on it. Actions:
 * "lane.select", "lane.put" (moves what is selected here), "lane.add-memory",
 * "lane.rename", "lane.delete".
 */
#ifndef JHW_PARTITION_LANE_H
#define JHW_PARTITION_LANE_H

#include <gtk/gtk.h>

#include "model/holdings.h"
#include "model/session.h"

#define JHW_TYPE_LANE (jhw_lane_get_type())
G_DECLARE_FINAL_TYPE(JhwLane, jhw_lane, JHW, LANE, GtkWidget)

GtkWidget *jhw_lane_new(JhwSession *session, uint32_t key);
uint32_t jhw_lane_key(JhwLane *lane);
JhwSession *jhw_lane_session(JhwLane *lane);
/* Shows the current state of the cell; @holdings are of the same. */
void jhw_lane_update(JhwLane *lane, const JhwHoldings *holdings);
/* Shows whether it is selected, and how many problems it has: no more. */
void jhw_lane_update_selected(JhwLane *lane);
void jhw_lane_update_problems(JhwLane *lane);
/* What is in it is drawn only as long as it is in view, which it is at first: a
 * frame costs what is drawn, seen or not. */
void jhw_lane_set_in_view(JhwLane *lane, gboolean in_view);
/* Writes where it and its chips are, for tests. */
void jhw_lane_trace(JhwLane *lane);

#endif
