/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses and pixels: which part of memory is seen, and how large. Pure. */
#ifndef JHW_MEMORY_SCALE_H
#define JHW_MEMORY_SCALE_H

#include <glib.h>
#include <stdint.h>

/* Bytes that the width may stand for. */
#define JHW_SCALE_MIN 4096ULL
#define JHW_SCALE_MAX (1ULL << 40)

typedef struct {
	uint64_t start; /* address at the left edge */
	uint64_t span;	/* bytes over the whole width: JHW_SCALE_MIN to _MAX */
	int width;	/* pixels, more than 0 */
} JhwScale;

/* Shows [first, last] with a little room at both sides. */
void jhw_scale_show(JhwScale *scale, uint64_t first, uint64_t last);
/* Pixels from the left edge; outside of the width for what is not seen, never
 * further than a width. */
double jhw_scale_x(const JhwScale *scale, uint64_t address);
/* The address there, within 64 bits. */
uint64_t jhw_scale_address(const JhwScale *scale, double x);
/* Changes the span; what is at @x stays there. */
void jhw_scale_zoom(JhwScale *scale, uint64_t span, double x);
/* Moves to the right (greater addresses) by pixels. */
void jhw_scale_pan(JhwScale *scale, double pixels);
/* What edges snap to: the smallest of 4 KiB, 64 KiB and 2 MiB that is wide
 * enough to be aimed at. */
uint64_t jhw_scale_snap(const JhwScale *scale);
/* @address moved to the nearest multiple of @unit, a power of two. */
uint64_t jhw_scale_round(uint64_t address, uint64_t unit);
/* Bytes between two marks of an axis: a power of two, marks at least @pixels
 * apart. */
uint64_t jhw_scale_step(const JhwScale *scale, double pixels);

#endif
