/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a lane shows of its cell: sections of chips, as data. */
#ifndef JHW_PARTITION_CONTENTS_H
#define JHW_PARTITION_CONTENTS_H

#include <glib.h>
#include <jhcfg/workspace.h>

#include "model/holdings.h"
#include "model/ref.h"

typedef enum {
	JHW_CHIP_TILE,	/* a CPU: square, filled with the owner's colour */
	JHW_CHIP_BAR,	/* memory: filled, the longer the more */
	JHW_CHIP_PILL,	/* everything else */
	JHW_CHIP_SMALL, /* a CPU of many */
} JhwChipStyle;

typedef struct {
	JhwRef ref;
	JhwChipStyle style;
	char *title;
	char *subtitle;	 /* NULL: none */
	int width;	 /* in pixels, 0: as the text needs */
	gboolean shared; /* a link: it belongs to more than one */
} JhwChipSpec;

typedef struct {
	const char *id; /* stays the same when contents change; interned */
	char *title;
	GPtrArray *chips; /* JhwChipSpec */
} JhwSectionSpec;

/* JhwSectionSpec, without empty ones; a new array that owns them. @holdings are
 * of the same state. */
GPtrArray *jhw_lane_contents(const struct jhcfg_workspace *workspace, const JhwHoldings *holdings,
			     uint32_t key);

#endif
