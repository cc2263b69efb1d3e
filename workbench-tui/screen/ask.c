// SPDX-License-Identifier: GPL-2.0-or-later
/* Questions in the last line: searching, filtering, files, passwords. */
#include "screen/view.h"

#include <string.h>

#include "screen/text.h"

/* The end of the text is what matters where it does not fit. */
static const char *visible(const struct tui_canvas *canvas, const char *text,
			   unsigned int room)
{
	struct tui_char skipped;

	while (tui_text_width(text, canvas->ascii) > room &&
	       tui_text_next(&text, canvas->ascii, &skipped))
		;
	return text;
}

/* Columns of the question in a line of @width; the answer has the others. */
static unsigned int question_room(const struct tui_ask *ask, unsigned int width)
{
	if (!ask->answer)
		return width > 24 ? width - 16 : width / 2;
	/* a blank, what is typed, the cursor: the most it takes is a third */
	if (ask->answer + 2 < width / 3)
		return width - ask->answer - 2;
	return width - width / 3;
}

static unsigned int draw_question(struct tui_screen *screen,
				  const struct tui_rect *line)
{
	const struct tui_ask *ask = &screen->ask;
	const struct tui_question_part plain = { ask->label, TUI_CUT_MIDDLE,
						 0 };
	unsigned int room = question_room(ask, line->width);
	/* all parts of the longest */
	char text[sizeof(screen->pending.named) + sizeof(screen->pending.file) +
		  TUI_TEXT];

	tui_question_fit(ask->parts ? ask->parts : &plain,
			 ask->parts ? ask->num_parts : 1, room,
			 screen->canvas.ascii, text, sizeof(text));
	return tui_put(&screen->canvas, line->x, line->y, room, TUI_STRONG,
		       text);
}

static void draw(struct tui_screen *screen)
{
	const struct tui_rect *rect = &screen->layout.footer;
	struct tui_rect line = *rect;
	struct tui_canvas *canvas = &screen->canvas;
	char before[TUI_PROMPT_SIZE] = "";
	unsigned int x, room;

	if (!rect->height) /* a screen of three lines: there is no footer */
		line = (struct tui_rect){ 0, canvas->height - 1, canvas->width,
					  1 };
	tui_fill(canvas, &line, TUI_INPUT, NULL);
	x = draw_question(screen, &line) + 1;
	if (line.width <= x + 1)
		return;
	room = line.width - x - 1;
	if (!screen->ask.hidden)
		memcpy(before, screen->prompt.text, screen->prompt.cursor);
	before[screen->ask.hidden ? 0 : screen->prompt.cursor] = '\0';
	x += tui_put(canvas, x, line.y, room, TUI_INPUT,
		     visible(canvas, before, room));
	line = (struct tui_rect){ x, line.y, 1, 1 };
	tui_fill(canvas, &line, TUI_SELECTED, NULL); /* the cursor */
	if (!screen->ask.hidden && canvas->width > x)
		tui_put(canvas, x, line.y, canvas->width - x, TUI_INPUT,
			screen->prompt.text + screen->prompt.cursor);
	tui_restyle(canvas, &line, TUI_SELECTED);
}

/* The question is over before its answer is used: that may ask again. */
static void finish(struct tui_screen *screen)
{
	const struct tui_ask ask = screen->ask;
	char text[TUI_PROMPT_SIZE];

	memcpy(text, screen->prompt.text, screen->prompt.length + 1);
	tui_prompt_begin(&screen->prompt, "");
	tui_overlay_close(screen);
	if (ask.done)
		ask.done(screen, text);
	explicit_bzero(text, sizeof(text));
}

static void cancel(struct tui_screen *screen)
{
	const struct tui_ask ask = screen->ask;

	tui_prompt_begin(&screen->prompt, "");
	tui_overlay_close(screen);
	if (ask.cancelled)
		ask.cancelled(screen);
}

static void input(struct tui_screen *screen, const struct tui_input *in)
{
	if (in->kind != TUI_INPUT_KEY)
		return;
	screen->dirty = true;
	switch (tui_prompt_key(&screen->prompt, in->key)) {
	case TUI_PROMPT_DONE:
		finish(screen);
		break;
	case TUI_PROMPT_CANCELLED:
		cancel(screen);
		break;
	case TUI_PROMPT_CHANGED:
		if (screen->ask.changed)
			screen->ask.changed(screen, screen->prompt.text);
		break;
	case TUI_PROMPT_GOES_ON:
		break;
	}
}

void tui_ask_open(struct tui_screen *screen, const struct tui_ask *ask,
		  const char *text)
{
	static const struct tui_overlay overlay = { .draw = draw,
						    .input = input,
						    .in_footer = true };

	screen->overlay = &overlay;
	screen->ask = *ask;
	tui_prompt_begin(&screen->prompt, text);
	screen->dirty = true;
}

/* --- what targets ask ----------------------------------------------------- */

static void answer(struct tui_screen *screen, const char *text)
{
	struct tui_tab *tab = tui_tab(screen);

	tab->question[0] = '\0';
	tui_session_answer(tab->session, text);
}

static void refuse(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);

	tab->question[0] = '\0';
	tui_session_answer(tab->session, NULL);
}

void tui_question_open(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);
	const struct tui_ask ask = {
		.label = tab->question,
		.hidden = tab->question_kind == JHCFG_ASK_PASSWORD,
		.done = answer,
		.cancelled = refuse,
	};

	if (*tab->question && !screen->overlay)
		tui_ask_open(screen, &ask, "");
}
