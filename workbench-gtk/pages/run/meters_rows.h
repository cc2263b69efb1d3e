/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which numbers are shown, in which order, and whose they are. */
#ifndef JHW_METERS_ROWS_H
#define JHW_METERS_ROWS_H

#include "canvas/palette.h"
#include "model/live.h"
#include "model/session.h"
#include "pages/run/meters_draw.h"

/* Fills @meters (of JhwMeter) with what is there now: each cell's below its heading, then the
 * machine's. */
void jhw_meters_collect(GPtrArray *meters, JhwSession *session, JhwLive *live, JhwTheme theme);
/* Key of the project's cell that it is of; 0: it is the machine's, or of a cell that the project
 * does not have. */
uint32_t jhw_meter_cell(JhwSession *session, JhwLive *live, const JhwMetric *metric);

#endif
