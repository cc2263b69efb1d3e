/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A screen on a serial line that others write to as well: the hypervisor's own
 * console is often the very line that one logs in by. When it has said
 * something, what is on the screen is drawn once more.
 *
 * That costs as much as the whole screen. It takes a quarter of the line at
 * most, however much the hypervisor says.
 */
#ifndef TUI_REPAIR_H
#define TUI_REPAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"

struct tui_repair {
	unsigned int bytes_s; /* of the line; 0: the screen is on no such */
	bool looked;	      /* these are what was there: */
	enum tui_attach attach;
	uint64_t console;
	bool wanted;
	uint64_t not_before_ms;
};

void tui_repair_init(struct tui_repair *repair, unsigned int bytes_s);
/* After a refresh of the machine that the line is of. */
void tui_repair_look(struct tui_repair *repair, const struct tui_model *model);
/* Is it to be drawn now? Then it is, and takes that many bytes. */
bool tui_repair_due(struct tui_repair *repair, uint64_t now_ms, size_t bytes);
/* Until it will be: -1: nothing is to be repaired. */
int tui_repair_wait_ms(const struct tui_repair *repair, uint64_t now_ms);

#endif
