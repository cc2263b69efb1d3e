/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A lane: one cell with what it has. Things are dropped on it. Actions:
 * "lane.select", "lane.put" (moves what is selected here), "lane.add-memory",
 * "lane.rename", "lane.delete".
 */
#ifndef JHW_PARTITION_LANE_H
#define JHW_PARTITION_LANE_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_LANE (jhw_lane_get_type())
G_DECLARE_FINAL_TYPE(JhwLane, jhw_lane, JHW, LANE, GtkWidget)

GtkWidget *jhw_lane_new(JhwSession *session, uint32_t key);
uint32_t jhw_lane_key(JhwLane *lane);
JhwSession *jhw_lane_session(JhwLane *lane);
/* Shows the current state of the cell. */
void jhw_lane_update(JhwLane *lane);
/* Writes where it and its chips are, for tests. */
void jhw_lane_trace(JhwLane *lane);

#endif
