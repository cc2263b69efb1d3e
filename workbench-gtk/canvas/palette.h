/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Colours of what is drawn by hand; the same ones as in data/style.css. */
#ifndef JHW_PALETTE_H
#define JHW_PALETTE_H

#include <cairo.h>
#include <glib.h>

typedef struct {
	double red, green, blue;
} JhwColour;

typedef enum {
	JHW_COLOUR_TEXT,
	JHW_COLOUR_DIM_TEXT,
	JHW_COLOUR_SURFACE, /* behind bars and cells of a matrix */
	JHW_COLOUR_BORDER,
	JHW_COLOUR_LINK,
	JHW_COLOUR_HYPERVISOR,
	JHW_COLOUR_CONFLICT,
	JHW_COLOUR_FREE,     /* lines of the hatch */
	JHW_COLOUR_FIRMWARE, /* the same */
	JHW_COLOUR_SELECTION,
	JHW_COLOUR_WARNING,
} JhwColourRole;

/* What is drawn for: 0, or bits of these. */
enum {
	JHW_THEME_DARK = 1,
	JHW_THEME_CONTRAST = 2, /* high */
};
typedef guint JhwTheme;

JhwColour jhw_palette(JhwColourRole role, JhwTheme theme);
/* As jhw_owner_colour() numbers them. */
JhwColour jhw_palette_owner(guint owner, JhwTheme theme);
/* Black or white: what is legible on it (WCAG 2.1: 4.5 to 1 at least). */
JhwColour jhw_palette_text_on(JhwColour fill);
/* Contrast of two colours, 1 to 21, after WCAG 2.1. */
double jhw_palette_contrast(JhwColour a, JhwColour b);
/* Part of the way from @a (0) to @b (1). */
JhwColour jhw_palette_mix(JhwColour a, JhwColour b, double part);
void jhw_palette_set(cairo_t *cairo, JhwColour colour);
/* Fills the rectangle with lines from the lower left to the upper right. */
void jhw_palette_hatch(cairo_t *cairo, double x, double y, double width, double height,
		       JhwColour colour);

#endif
