/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text of unknown origin, a character at a time, as a terminal may have it:
 * nothing that comes out of here moves the cursor, turns the direction of
 * writing or takes another width than it says.
 */
#ifndef TUI_TEXT_H
#define TUI_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TUI_UNSHOWN '?' /* stands for what cannot be shown */

struct tui_char {
	uint32_t base;
	uint32_t mark;	    /* combines with it; 0: none */
	unsigned int width; /* 1 or 2 columns */
};

/*
 * Takes the next character off *@text, UTF-8 that ends with a NUL. With
 * @ascii, everything else than ASCII is replaced. False at the end. Widths are
 * those of the locale.
 */
bool tui_text_next(const char **text, bool ascii, struct tui_char *next);
/* Columns that it all takes. */
unsigned int tui_text_width(const char *text, bool ascii);
/* A character as UTF-8 with a NUL, at most 5 bytes. Its length. */
size_t tui_text_encode(uint32_t character, char *text);

#endif
