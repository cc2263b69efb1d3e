/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a drawing function draws, written down: a line for each thing that is
 * filled, stroked, clipped or written, with its colour and its place on the
 * page. No fonts, no rasterizer and no display have a part in it, so that the
 * text is the same wherever it is made, and a difference says what has changed.
 *
 * The program is linked with --wrap of what draws (record.c says of which). All
 * calls go on to cairo, so that what it makes an error of is one here.
 */
#ifndef TESTS_GTK_RECORD_H
#define TESTS_GTK_RECORD_H

#include <cairo.h>
#include <glib.h>

/* One at a time. Everything that is drawn with it is written down. */
cairo_t *record_begin(void);
/* Ends it; a new string, a line each thing. Fails if cairo found an error, or if
 * something was drawn that the recorder does not know. */
char *record_end(cairo_t *cairo);
/* The same, where one line stands for all things of a kind and colour: how many
 * there are, where, and a checksum of their lines. For drawings too large to be
 * read. */
char *record_end_summary(cairo_t *cairo);
/* Round corners and hatches are lines of their own, unless this is asked for
 * before: then they are what they are made of. */
void record_in_detail(void);
/* Before it: with the fonts that there are, for a picture that somebody wants to
 * look at. What is written down then is only of this machine. */
void record_with_fonts(void);
/* Ends it, as such a picture, a PNG with a background of that grey (0 to 1). */
gboolean record_save(cairo_t *cairo, const char *path, double grey);

#endif
