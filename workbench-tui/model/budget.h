/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exit budgets: how often a cell may leave to the hypervisor. */
#ifndef TUI_BUDGET_H
#define TUI_BUDGET_H

#include <stddef.h>
#include <stdint.h>

#define TUI_MAX_BUDGETS 64
#define TUI_BUDGET_TEXT 160 /* bytes of one as text */

struct tui_budget {
	char cell[64];	 /* its name, or "*": each that is not the root */
	char reason[40]; /* "mmio"; "total" */
	uint64_t limit_milli;
};

struct tui_budgets {
	struct tui_budget all[TUI_MAX_BUDGETS];
	size_t count;
};

/*
 * Adds what @text says: "CELL: LIMIT[/s]" or "CELL REASON: LIMIT[/s]", as in
 * "rt: 0/s" and "rt mmio: 2.5/s". One that is there for the same cell and
 * reason is replaced, and taken away by the limit "-". -EINVAL: it is no
 * budget; -ENOSPC: there are too many.
 */
int tui_budgets_add(struct tui_budgets *budgets, const char *text);
/* The text that adds it. */
void tui_budget_format(const struct tui_budget *budget,
		       char text[TUI_BUDGET_TEXT]);
/* Only those that there are: pages behind them take no memory. */
void tui_budgets_copy(struct tui_budgets *to, const struct tui_budgets *from);
/* The limit that applies, TUI_NO_VALUE if none does; a cell's own one comes
 * before that of all. */
uint64_t tui_budgets_limit(const struct tui_budgets *budgets, const char *cell,
			   unsigned int id, const char *reason);

#endif
