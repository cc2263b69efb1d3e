// SPDX-License-Identifier: GPL-2.0-or-later
/* Interrupts and who has them. */
#include "screen/view.h"

#include <stdio.h>

static size_t count_irqs(const struct tui_tab *tab)
{
	return tab->model->num_irqs;
}

static void draw_irq(struct tui_screen *screen, size_t index,
		     const struct tui_rect *line)
{
	const struct tui_model *model = tui_tab(screen)->model;
	const struct tui_irq *irq = &model->irqs[index];
	const char *owner = "free", *name = *irq->name ? irq->name : "-";
	char rate[32], total[32];
	unsigned int x = line->x, end = line->x + line->width;

	if (irq->owner >= 0 && (size_t)irq->owner < model->num_cells)
		owner = model->cells[irq->owner].name;
	else if (irq->owner == TUI_SHARED)
		owner = "shared";
	tui_format_rate(irq->count.rate_milli, rate, sizeof(rate));
	tui_format_count(irq->count.total, total, sizeof(total));
	tui_printf(&screen->canvas, x, line->y, 5, TUI_NORMAL, "%5u",
		   irq->number);
	tui_printf(&screen->canvas, x + 6, line->y, 1,
		   tui_owner_style(model, irq->owner), "%c",
		   tui_owner_letter(model, irq->owner));
	tui_put(&screen->canvas, x + 8, line->y,
		line->width > 24 ? 12 : line->width - 8, TUI_NORMAL, owner);
	if (line->width < 44) {
		if (line->width > 24)
			tui_put(&screen->canvas, x + 21, line->y,
				line->width - 21, TUI_NORMAL, name);
		return;
	}
	tui_put_right(&screen->canvas, x + 21, line->y, 6, TUI_NORMAL, rate);
	tui_put_right(&screen->canvas, x + 28, line->y, 11, TUI_NORMAL, total);
	tui_put(&screen->canvas, x + 41, line->y, end - x - 41, TUI_NORMAL,
		name);
}

const struct tui_pane tui_pane_irqs = {
	.name = "irqs",
	.title = "Interrupts: number, owner, /s, total, device",
	.command = TUI_CMD_IRQS,
	.empty = "No interrupt is told of.",
	.count = count_irqs,
	.line = draw_irq,
};
