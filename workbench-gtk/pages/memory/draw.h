/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Draws a memory map, onto a screen or into a file, and finds what is at a
 * point. Both know only the map, the scale and the looks.
 */
#ifndef JHW_MEMORY_DRAW_H
#define JHW_MEMORY_DRAW_H

#include <cairo.h>
#include <pango/pango.h>

#include "canvas/palette.h"
#include "pages/memory/map.h"
#include "pages/memory/scale.h"

typedef struct {
	JhwTheme theme;
	const PangoFontDescription *font;
} JhwMemoryLooks;

/* What people point at. */
typedef enum {
	JHW_PART_NONE,
	JHW_PART_ROW,
	JHW_PART_INSIDE,
	JHW_PART_START,
	JHW_PART_END
} JhwPart;

typedef struct {
	JhwPart part;
	guint row;
	const JhwSegment *segment; /* of INSIDE, START and END */
	uint64_t address;	   /* in the addresses of the row */
} JhwMemoryHit;

/* Pixels that the rows take, one below the other. */
int jhw_memory_height(const JhwMemoryMap *map);
/* @selected (kind NONE: nothing) is drawn with a frame. */
void jhw_memory_draw(cairo_t *cairo, const JhwMemoryMap *map, const JhwScale *scale,
		     const JhwMemoryLooks *looks, const JhwRef *selected);
JhwMemoryHit jhw_memory_hit(const JhwMemoryMap *map, const JhwScale *scale, double x, double y);
/* Where the bar of that row is, from the top. */
int jhw_memory_bar_y(const JhwMemoryMap *map, guint row);
#define JHW_MEMORY_BAR 34

#endif
