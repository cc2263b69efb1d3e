// SPDX-License-Identifier: GPL-2.0-or-later
#include "canvas/palette.h"

#include <math.h>

#define RGB(hex)                                                                                   \
	{                                                                                          \
		((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0       \
	}

/* By JhwTheme: light, dark, and both of high contrast, in which lines are as dark as text
 * and text of less weight is at least 7:1 (WCAG 2.1, 1.4.6), as in data/contrast-*.css. */
static const JhwColour roles[][4] = {
	[JHW_COLOUR_TEXT] = { RGB(0x2e2e2e), RGB(0xeeeeec), RGB(0x000000), RGB(0xffffff) },
	[JHW_COLOUR_DIM_TEXT] = { RGB(0x68686d), RGB(0xa9a9ae), RGB(0x2b2b2b), RGB(0xe0e0e0) },
	[JHW_COLOUR_SURFACE] = { RGB(0xffffff), RGB(0x2b2b2b), RGB(0xffffff), RGB(0x000000) },
	[JHW_COLOUR_BORDER] = { RGB(0xdcdcdc), RGB(0x414141), RGB(0x1a1a1a), RGB(0xe6e6e6) },
	[JHW_COLOUR_LINK] = { RGB(0x26a269), RGB(0x57e389), RGB(0x0f5c38), RGB(0x8ff0b4) },
	[JHW_COLOUR_HYPERVISOR] = { RGB(0x9141ac), RGB(0xc061cb), RGB(0x6a2a80), RGB(0xe2a6ea) },
	[JHW_COLOUR_CONFLICT] = { RGB(0xc01c28), RGB(0xed333b), RGB(0x8f0f19), RGB(0xff9ca1) },
	[JHW_COLOUR_FREE] = { RGB(0xb8b8be), RGB(0x6a6a70), RGB(0x5a5a60), RGB(0xb8b8be) },
	[JHW_COLOUR_FIRMWARE] = { RGB(0x86868c), RGB(0x9a9aa0), RGB(0x3a3a40), RGB(0xd0d0d6) },
	[JHW_COLOUR_SELECTION] = { RGB(0x1a5fb4), RGB(0x99c1f1), RGB(0x0b3d85), RGB(0xa9ccf8) },
	[JHW_COLOUR_WARNING] = { RGB(0x9c6e03), RGB(0xf5c211), RGB(0x6b4a00), RGB(0xf8d64f) },
};

static const JhwColour owners[][2] = {
	{ RGB(0x5e5c64), RGB(0xb5b2bd) }, { RGB(0x1c71d8), RGB(0x78aeed) },
	{ RGB(0xc64600), RGB(0xff8a4c) }, { RGB(0x9141ac), RGB(0xd08ce6) },
	{ RGB(0x986a44), RGB(0xd2a679) }, { RGB(0x007184), RGB(0x5cc8d8) },
	{ RGB(0xa51d2d), RGB(0xf5868f) }, { RGB(0x63452c), RGB(0xc39a78) },
	{ RGB(0x2b6f2b), RGB(0x7fcf7f) },
};

JhwColour jhw_palette(JhwColourRole role, JhwTheme theme)
{
	return roles[role][theme & (JHW_THEME_DARK | JHW_THEME_CONTRAST)];
}

JhwColour jhw_palette_owner(guint owner, JhwTheme theme)
{
	return owners[owner % G_N_ELEMENTS(owners)][theme & JHW_THEME_DARK ? 1 : 0];
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
