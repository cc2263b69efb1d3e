// SPDX-License-Identifier: GPL-2.0-or-later
/* The help, made of the table of keys. */
#include "screen/view.h"

#define HELP_WIDTH 72
#define KEYS_WIDTH 18

/* Signs on the screen that are not told by a title. */
static const struct sign_row {
	const char *sign, *help;
} signs[] = {
	{ "R a b", "owners: the root, cells; the same letter and colour "
		   "everywhere" },
	{ "H & .", "memory of the hypervisor, of links, of nobody" },
	{ "!", "failed, or beyond a budget or 90 %" },
	{ "*", "tagged" },
	{ "-", "not known, or not told by this target" },
};

#define NUM_SIGNS (sizeof(signs) / sizeof(signs[0]))

/* A line: a section's title, a key, a sign, or nothing. */
struct help_line {
	const char *title;
	const struct tui_key *key;
	const struct sign_row *sign;
};

/* Calls nothing: fills line @wanted, or returns how many there are. */
static size_t find_line(size_t wanted, struct help_line *line)
{
	size_t at = 0;

	*line = (struct help_line){ 0 };
	for (int section = 0; section < TUI_NUM_KEY_SECTIONS; section++) {
		if (at++ == wanted)
			line->title =
				tui_keys_section((enum tui_key_section)section);
		for (size_t n = 0; tui_keys_at(n); n++) {
			if ((int)tui_keys_at(n)->section != section)
				continue;
			if (at++ == wanted)
				line->key = tui_keys_at(n);
		}
		at++; /* an empty one */
	}
	if (at++ == wanted)
		line->title = "Signs";
	for (size_t n = 0; n < NUM_SIGNS; n++) {
		if (at++ == wanted)
			line->sign = &signs[n];
	}
	return at;
}

static void draw_line(struct tui_screen *screen, const struct help_line *line,
		      unsigned int x, unsigned int y, unsigned int width)
{
	struct tui_canvas *canvas = &screen->canvas;
	unsigned int keys = width > 50 ? KEYS_WIDTH : 10;
	const char *help = line->key	? line->key->help
			   : line->sign ? line->sign->help
					: "";
	char names[64];

	if (line->title) {
		tui_put(canvas, x, y, width, TUI_LABEL, line->title);
		return;
	}
	names[0] = '\0';
	if (line->key)
		tui_keys_names(line->key, names, sizeof(names));
	tui_put(canvas, x + 1, y, keys - 1, TUI_STRONG,
		line->sign ? line->sign->sign : names);
	if (width > keys + 1)
		tui_put(canvas, x + 1 + keys, y, width - keys - 1, TUI_NORMAL,
			help);
}

static void draw(struct tui_screen *screen)
{
	struct help_line line;
	size_t count = find_line(SIZE_MAX, &line);
	struct tui_rect inside;

	/* There is nothing to select: the list follows its first line. */
	inside = tui_box(screen,
			 "Help: the keys are htop's where they mean "
			 "the same; Esc closes",
			 HELP_WIDTH, count);
	if (count > inside.height && screen->item > count - inside.height)
		screen->item = count - inside.height;
	screen->item_top = count > inside.height ? screen->item : 0;
	for (unsigned int n = 0; n < inside.height; n++) {
		find_line(screen->item_top + n, &line);
		draw_line(screen, &line, inside.x, inside.y + n, inside.width);
	}
}

static void input(struct tui_screen *screen, const struct tui_input *in)
{
	struct help_line line;

	if (tui_list_key(screen, in, find_line(SIZE_MAX, &line)))
		return;
	if (in->kind == TUI_INPUT_KEY || in->kind == TUI_INPUT_CLICK)
		tui_overlay_close(screen);
}

void tui_help_open(struct tui_screen *screen)
{
	static const struct tui_overlay overlay = { .draw = draw,
						    .input = input };

	screen->overlay = &overlay;
	screen->item = screen->item_top = 0;
}
