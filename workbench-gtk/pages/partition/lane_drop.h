/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_PARTITION_LANE_DROP_H
#define JHW_PARTITION_LANE_DROP_H

#include "pages/partition/lane.h"

/* Lets JhwRefList be dropped on the lane. Its signals "hover" (JhwRefList, x, y)
 * and "leave" tell of a drag above it. */
void jhw_lane_add_drop(JhwLane *lane);
/* Adds those signals to the class. */
void jhw_lane_install_drop_signals(GType type);

#endif
