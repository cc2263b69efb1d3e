// SPDX-License-Identifier: GPL-2.0-or-later
/* The last line: the F keys, or what there is to be said. */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

#include "screen/bar.h"
#include "screen/text.h"

static const enum tui_style message_styles[] = {
	[TUI_INFO] = TUI_STRONG,
	[TUI_WARNING] = TUI_WARN,
	[TUI_ERROR] = TUI_BAD,
};

/* Columns of all keys in the bar, with labels of at most @length. */
static unsigned int bar_width(unsigned int length, bool acts)
{
	unsigned int width = 0;

	for (size_t n = 0; tui_keys_at(n); n++) {
		const struct tui_key *key = tui_keys_at(n);
		unsigned int label;

		if (!key->bar || (key->acts && !acts))
			continue;
		label = (unsigned int)strlen(key->bar);
		width += 2 + (key->keys[0] > TUI_KEY_F0 + 9) +
			 (label < length ? label : length);
	}
	return width;
}

/* With little room the labels are cut, so that all keys are there. */
static void draw_bar(struct tui_screen *screen, const struct tui_rect *rect)
{
	struct tui_canvas *canvas = &screen->canvas;
	bool acts = tui_session_writable(tui_tab(screen)->session);
	unsigned int x = rect->x, length = 8, end = rect->x + rect->width;

	while (length > 1 && bar_width(length, acts) > rect->width)
		length--;
	for (size_t n = 0; tui_keys_at(n) && x < end; n++) {
		const struct tui_key *key = tui_keys_at(n);
		unsigned int begin = x;
		char name[12], label[12];

		if (!key->bar || (key->acts && !acts))
			continue;
		tui_key_name(key->keys[0], name);
		snprintf(label, sizeof(label), "%.*s", (int)length, key->bar);
		x += tui_put(canvas, x, rect->y, end - x, TUI_KEY, name);
		x += tui_put(canvas, x, rect->y, end - x, TUI_KEY_TEXT, label);
		tui_zone(screen, TUI_ZONE_KEY, key->keys[0], begin, rect->y,
			 x - begin, 1);
		if (length == 8 && x < end &&
		    bar_width(8, acts) + 12 <= rect->width)
			x++;
	}
	if (end - x > 24 && screen->num_panes < TUI_NUM_PANES)
		tui_put_right(canvas, x, rect->y, end - x - 1, TUI_DIM,
			      "panes: d v i l e");
}

/* As much of the line is filled as was brought. */
static void draw_doing(struct tui_screen *screen, const struct tui_rect *rect,
		       const struct tui_doing *doing)
{
	struct tui_rect done = *rect;
	char text[2 * TUI_TEXT];

	tui_action_tell(doing, rect->width, screen->canvas.ascii, text,
			sizeof(text));
	tui_put(&screen->canvas, rect->x, rect->y, rect->width, TUI_STRONG,
		text);
	done.width = doing->size ? tui_bar_fill(doing->sent, doing->size,
						rect->width)
				 : 0;
	tui_restyle(&screen->canvas, &done, TUI_SELECTED);
}

void tui_draw_footer(struct tui_screen *screen, const struct tui_rect *rect)
{
	struct tui_doing doing;

	if (!rect->height || (screen->overlay && screen->overlay->in_footer))
		return;
	if (screen->message_until_ms)
		tui_put(&screen->canvas, rect->x, rect->y, rect->width,
			message_styles[screen->message_severity],
			screen->message);
	else if (tui_session_doing(tui_tab(screen)->session, &doing))
		draw_doing(screen, rect, &doing);
	else
		draw_bar(screen, rect);
}
