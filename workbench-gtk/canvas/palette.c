// SPDX-License-Identifier: GPL-2.0-or-later
#include "canvas/palette.h"

#include <math.h>

#define RGB(hex)                                                                                   \
	{                                                                                          \
		((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0       \
	}

/* Light, dark */
static const JhwColour roles[][2] = {
	[JHW_COLOUR_TEXT] = { RGB(0x2e2e2e), RGB(0xeeeeec) },
	[JHW_COLOUR_DIM_TEXT] = { RGB(0x68686d), RGB(0xa9a9ae) },
	[JHW_COLOUR_SURFACE] = { RGB(0xffffff), RGB(0x2b2b2b) },
	[JHW_COLOUR_BORDER] = { RGB(0xdcdcdc), RGB(0x414141) },
	[JHW_COLOUR_LINK] = { RGB(0x26a269), RGB(0x57e389) },
	[JHW_COLOUR_HYPERVISOR] = { RGB(0x9141ac), RGB(0xc061cb) },
	[JHW_COLOUR_CONFLICT] = { RGB(0xc01c28), RGB(0xed333b) },
	[JHW_COLOUR_FREE] = { RGB(0xb8b8be), RGB(0x6a6a70) },
	[JHW_COLOUR_FIRMWARE] = { RGB(0x86868c), RGB(0x9a9aa0) },
	[JHW_COLOUR_SELECTION] = { RGB(0x1a5fb4), RGB(0x99c1f1) },
	[JHW_COLOUR_WARNING] = { RGB(0x9c6e03), RGB(0xf5c211) },
};

static const JhwColour owners[][2] = {
	{ RGB(0x5e5c64), RGB(0xb5b2bd) }, { RGB(0x1c71d8), RGB(0x78aeed) },
	{ RGB(0xc64600), RGB(0xff8a4c) }, { RGB(0x9141ac), RGB(0xd08ce6) },
	{ RGB(0x986a44), RGB(0xd2a679) }, { RGB(0x007184), RGB(0x5cc8d8) },
	{ RGB(0xa51d2d), RGB(0xf5868f) }, { RGB(0x63452c), RGB(0xc39a78) },
	{ RGB(0x2b6f2b), RGB(0x7fcf7f) },
};

JhwColour jhw_palette(JhwColourRole role, gboolean dark)
{
	return roles[role][dark ? 1 : 0];
}

JhwColour jhw_palette_owner(guint owner, gboolean dark)
{
	return owners[owner % G_N_ELEMENTS(owners)][dark ? 1 : 0];
}

/* --- contrast: WCAG 2.1, "relative luminance", "contrast ratio" --------------- */

static double linear(double value)
{
	return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(JhwColour colour)
{
	return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
	       0.0722 * linear(colour.blue);
}

double jhw_palette_contrast(JhwColour a, JhwColour b)
{
	double first = luminance(a) + 0.05, second = luminance(b) + 0.05;

	return first > second ? first / second : second / first;
}

JhwColour jhw_palette_text_on(JhwColour fill)
{
	static const JhwColour white = RGB(0xffffff), black = RGB(0x000000);

	return jhw_palette_contrast(white, fill) >= 4.5 ? white : black;
}

JhwColour jhw_palette_mix(JhwColour a, JhwColour b, double part)
{
	return (JhwColour){ a.red + (b.red - a.red) * part, a.green + (b.green - a.green) * part,
			    a.blue + (b.blue - a.blue) * part };
}

void jhw_palette_set(cairo_t *cairo, JhwColour colour)
{
	cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
}

void jhw_palette_hatch(cairo_t *cairo, double x, double y, double width, double height,
		       JhwColour colour)
{
	const double step = 8;

	if (width <= 0)
		return;
	cairo_save(cairo);
	cairo_rectangle(cairo, x, y, width, height);
	cairo_clip(cairo);
	jhw_palette_set(cairo, colour);
	cairo_set_line_width(cairo, 2.5);
	/* The same lines wherever a rectangle begins, so that neighbours fit. */
	for (double at = floor((x - height) / step) * step; at < x + width; at += step) {
		cairo_move_to(cairo, at, y + height);
		cairo_line_to(cairo, at + height, y);
	}
	cairo_stroke(cairo);
	cairo_restore(cairo);
}
