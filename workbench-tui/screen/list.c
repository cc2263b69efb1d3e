// SPDX-License-Identifier: GPL-2.0-or-later
/* Boxes with lists above the screen. */
#include "screen/view.h"

#include "screen/text.h"

static unsigned int smaller(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

void tui_overlay_close(struct tui_screen *screen)
{
	screen->overlay = NULL;
	screen->dirty = true;
}

struct tui_rect tui_box(struct tui_screen *screen, const char *title,
			unsigned int width, size_t lines)
{
	struct tui_canvas *canvas = &screen->canvas;
	struct tui_rect box, inside;

	box.width = smaller(width + 4, canvas->width);
	box.height = lines + 2 < canvas->height ? (unsigned int)lines + 2
						: canvas->height;
	box.x = (canvas->width - box.width) / 2;
	box.y = (canvas->height - box.height) / 2;
	tui_fill(canvas, &box, TUI_NORMAL, NULL);
	for (unsigned int n = 0; n < 2; n++) {
		struct tui_rect edge = { box.x, box.y + n * (box.height - 1),
					 box.width, 1 };

		tui_fill(canvas, &edge, n ? TUI_DIM : TUI_TITLE,
			 n ? tui_canvas_sign(canvas, TUI_SIGN_LINE) : NULL);
		edge = (struct tui_rect){ box.x + n * (box.width - 1),
					  box.y + 1, 1,
					  box.height > 2 ? box.height - 2 : 0 };
		tui_fill(canvas, &edge, TUI_DIM,
			 tui_canvas_sign(canvas, TUI_SIGN_BAR));
	}
	tui_put(canvas, box.x + 2, box.y, box.width > 2 ? box.width - 2 : 0,
		TUI_TITLE, title);
	inside = (struct tui_rect){ box.x + 2, box.y + 1,
				    box.width > 4 ? box.width - 4 : 0,
				    box.height > 2 ? box.height - 2 : 0 };
	tui_zone(screen, TUI_ZONE_OVERLAY, 0, box.x, box.y, box.width,
		 box.height);
	screen->item_top = tui_window(lines, inside.height, screen->item_top,
				      (long)screen->item);
	return inside;
}

bool tui_list_key(struct tui_screen *screen, const struct tui_input *input,
		  size_t count)
{
	const size_t page =
		screen->canvas.height > 6 ? screen->canvas.height - 4 : 2;
	size_t item = screen->item;

	if (!count)
		return false;
	if (input->kind == TUI_INPUT_WHEEL) {
		item = input->steps > 0 ? item + (size_t)input->steps
		       : item > (size_t)-input->steps
			       ? item - (size_t)-input->steps
			       : 0;
	} else if (input->kind == TUI_INPUT_KEY) {
		switch (tui_keys_command(input->key)) {
		case TUI_CMD_UP:
			item -= item > 0;
			break;
		case TUI_CMD_DOWN:
			item++;
			break;
		case TUI_CMD_PAGE_UP:
			item -= item < page ? item : page;
			break;
		case TUI_CMD_PAGE_DOWN:
			item += page;
			break;
		case TUI_CMD_FIRST:
			item = 0;
			break;
		case TUI_CMD_LAST:
			item = count - 1;
			break;
		default:
			return false;
		}
	} else {
		return false;
	}
	screen->item = item < count ? item : count - 1;
	screen->dirty = true;
	return true;
}
