/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What goes to the terminal, collected until it is flushed. Its capabilities
 * are those of terminfo, see terminfo(5).
 */
#ifndef TUI_OUTPUT_H
#define TUI_OUTPUT_H

#include <stddef.h>

void tui_output_bytes(const char *bytes, size_t size);
/* A capability, without the delays that it asks for; NULL: it is lacking. */
void tui_output_capability(const char *capability);
void tui_output_flush(void);

#endif
