/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Drawings whose records are kept in golden/: see test_golden.c. */
#ifndef TESTS_GTK_GOLDENS_H
#define TESTS_GTK_GOLDENS_H

#include <cairo.h>

#include "model/document.h"

enum golden_looks {
	GOLDEN_DARK = 1,
	GOLDEN_HIGH_CONTRAST = 2,
	GOLDEN_MARKED = 4,  /* with all that marks something: selection, focus, filter */
	GOLDEN_SUMMARY = 8, /* too large to be read line by line */
};

struct golden {
	const char *name;	     /* golden/NAME.txt */
	JhwDocument *(*scene)(void); /* NULL: it draws no project */
	void (*draw)(cairo_t *cairo, JhwDocument *document, const struct golden *golden);
	int width;
	guint looks;
	uint64_t span; /* bytes of memory that are seen, around RAM of a cell; 0: all */
};

/* Ends with a name of NULL. */
extern const struct golden goldens[];

#endif
