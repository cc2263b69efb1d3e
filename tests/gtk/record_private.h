/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two halves of the recorder: what is written down (record.c), and the calls
 * that it is made of (record_calls.c). */
#ifndef TESTS_GTK_RECORD_PRIVATE_H
#define TESTS_GTK_RECORD_PRIVATE_H

#include <cairo.h>
#include <glib.h>

struct box {
	double left, top, right, bottom; /* left > right: empty */
};

extern const struct box empty_box;

void box_add(struct box *box, double x, double y);

/* Two digits, with what is half of the last one always going up: differences in
 * the last bit, which compilers and machines may make, are not seen. */
void add_number(GString *text, double value);
/* Numbers (double) take the place of the '#'s of the format; a new string. */
char *with_numbers(const char *format, ...);
char *colour_text(double red, double green, double blue, double alpha);
/* What it draws with. */
char *colour_of(cairo_t *cairo);

/* Whether what is drawn now is to be written down. */
gboolean record_is_on(void);
/* Texts are measured and drawn as they are. */
gboolean record_has_fonts(void);
/* Whether shapes of ours are elements themselves. If so, what they are made of,
 * until record_leave(), is not written down. */
gboolean record_enter(void);
void record_leave(void);
/* What is saved is more to the right. */
void record_indent(int by);
/* @colour may be NULL; takes over @rest. */
void record_line(const char *what, const char *colour, const struct box *box, char *rest);

/* The path that is made: a text for each element, and where on the page it is.
 * Takes over @text. */
void path_add(char *text, const struct box *box);
void path_clear(void);
/* A place that something else than a path went to. */
void path_forget_place(void);
/* Fails if cairo's path is anywhere else. *@box: where it is; a new string. */
char *path_end(cairo_t *cairo, struct box *box);

#endif
