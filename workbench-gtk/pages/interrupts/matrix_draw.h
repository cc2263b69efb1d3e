/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws the squares, and says which one is at a point: no widget needed. */
#ifndef JHW_MATRIX_DRAW_H
#define JHW_MATRIX_DRAW_H

#include <cairo.h>
#include <pango/pango.h>

#include "canvas/palette.h"
#include "model/selection.h"
#include "pages/interrupts/lines.h"

#define JHW_MATRIX_COLUMNS 32U

typedef struct {
	JhwTheme theme;
	const PangoFontDescription *font;
	const char *filter; /* NULL: none */
	guint cursor;	    /* index, G_MAXUINT: none */
} JhwMatrixLooks;

int jhw_matrix_height(guint count);
int jhw_matrix_width(void);
/* Index of the line at that point, G_MAXUINT: none. Gaps belong to squares. */
guint jhw_matrix_at(guint count, int width, double x, double y);
/* Where the square is. */
void jhw_matrix_place(guint index, int width, double *x, double *y, double *size);
void jhw_matrix_draw(cairo_t *cairo, const JhwLines *lines, int width, const JhwMatrixLooks *looks,
		     JhwSelection *selection);

#endif
