/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hypervisor's console: a file that shows the last bytes of a stream. What
 * is new is found by what was there before; what fell out between two looks is
 * lost, and that is told.
 */
#ifndef TUI_CONSOLE_H
#define TUI_CONSOLE_H

#include <jhcfg/fault.h>

#include "model/store.h"

#define CONSOLE_SIZE 8192 /* bytes of the file that are looked at */
#define CONSOLE_LINE 1024

struct tui_console {
	char last[CONSOLE_SIZE];
	size_t size;
	bool seen;		 /* @last is what was there */
	char line[CONSOLE_LINE]; /* the last one, as far as it is there */
	size_t line_size;
	uint64_t fault_serial; /* of the line that began a fault; 0: none */
	uint64_t bytes;	       /* that were seen to come */
	struct jhcfg_fault_reader *reader;
};

/* The file is @text now. */
void console_take(struct tui_store *store, struct tui_console *console,
		  const char *text, size_t size);
/* There is none, or the hypervisor is another one. */
void console_forget(struct tui_console *console);
void console_clear(struct tui_console *console);

/*
 * What of @now is behind what of it was in @before; *@lost: bytes between them
 * are gone. The least that it can be.
 */
size_t console_new_part(const char *before, size_t before_size, const char *now,
			size_t now_size, bool *lost);

#endif
