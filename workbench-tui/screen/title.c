// SPDX-License-Identifier: GPL-2.0-or-later
/* The line on top: what is looked at, in which state, and when. */
#include "screen/view.h"

#include <stdio.h>
#include <time.h>

#include "screen/text.h"

static void format_clock(int64_t time_ms, char *text, size_t size)
{
	time_t seconds = (time_t)(time_ms / 1000);
	struct tm parts;

	text[0] = '\0';
	if (time_ms > 0 && localtime_r(&seconds, &parts))
		strftime(text, size, "%H:%M:%S", &parts);
}

/* Minutes and seconds of a recording. */
static void format_position(uint64_t ms, char *text, size_t size)
{
	uint64_t seconds = ms / 1000;

	snprintf(text, size, "%02llu:%02llu",
		 (unsigned long long)(seconds / 60),
		 (unsigned long long)(seconds % 60));
}

/* "replay x2 00:12/01:30 paused  12:04:33" */
static void format_time(const struct tui_model *model, bool brief, char *text,
			size_t size)
{
	const struct tui_playback *play = &model->playback;
	char clock[16], at[24], end[24], speed[24] = "";

	format_clock(model->time_ms, clock, sizeof(clock));
	if (!play->replay) {
		snprintf(text, size, "%s%s", play->paused ? "paused  " : "",
			 clock);
		return;
	}
	format_position(play->position_ms, at, sizeof(at));
	format_position(play->length_ms, end, sizeof(end));
	if (play->speed_milli % 1000)
		snprintf(speed, sizeof(speed), "x%u.%02u ",
			 play->speed_milli / 1000,
			 play->speed_milli % 1000 / 10);
	else if (play->speed_milli != 1000)
		snprintf(speed, sizeof(speed), "x%u ",
			 play->speed_milli / 1000);
	snprintf(text, size, "%s%s%s/%s%s%s%s", brief ? "" : "replay ", speed,
		 at, end, play->paused ? " paused" : "", brief ? "" : "  ",
		 brief ? "" : clock);
}

static const char *const attach_names[] = {
	[TUI_CONNECTING] = "connecting", [TUI_LOST] = "lost",
	[TUI_NO_DRIVER] = "no driver",	 [TUI_DISABLED] = "disabled",
	[TUI_ENABLED] = "enabled",
};

static void format_state(const struct tui_model *model, bool brief, char *text,
			 size_t size)
{
	const bool of_hypervisor =
		model->attach == TUI_DISABLED || model->attach == TUI_ENABLED;
	char age[32] = "";

	if (!brief && model->attach == TUI_ENABLED &&
	    model->attach_since_ms != TUI_NO_VALUE &&
	    model->clock_ms >= model->attach_since_ms)
		tui_format_age(model->clock_ms - model->attach_since_ms, age,
			       sizeof(age));
	snprintf(text, size, "%s%s%s%s",
		 of_hypervisor && !brief ? "hypervisor " : "",
		 attach_names[model->attach], *age ? " " : "", age);
}

/* A piece of the line; those that matter least go first. */
struct piece {
	const char *text;
	unsigned int matters;
};

static unsigned int pieces_width(const struct piece *pieces, size_t count,
				 unsigned int least, bool ascii)
{
	unsigned int width = 0;

	for (size_t n = 0; n < count; n++) {
		if (*pieces[n].text && pieces[n].matters >= least)
			width += tui_text_width(pieces[n].text, ascii) + 2;
	}
	return width;
}

void tui_draw_title(struct tui_screen *screen, const struct tui_rect *rect)
{
	const struct tui_model *model = tui_tab(screen)->model;
	struct tui_canvas *canvas = &screen->canvas;
	char state[96], machine[64], time[96];
	const struct piece pieces[] = {
		{ "jh-top", 1 },
		{ *model->board ? model->board : model->target, 4 },
		{ state, 4 },
		{ machine, 2 },
		{ model->version, 0 },
		{ tui_session_writable(tui_tab(screen)->session) ? ""
								 : "readonly",
		  3 },
	};
	const size_t count = sizeof(pieces) / sizeof(pieces[0]);
	const bool brief = rect->width < 50;
	unsigned int x = 1, least = 0, room;

	if (!rect->height)
		return;
	format_state(model, brief, state, sizeof(state));
	snprintf(machine, sizeof(machine), "%s%s%s", model->arch,
		 *model->arch && *model->irqchip ? " " : "", model->irqchip);
	format_time(model, brief, time, sizeof(time));
	tui_fill(canvas, rect, TUI_TITLE, NULL);
	room = tui_text_width(time, canvas->ascii) + 2;
	room = rect->width > room ? rect->width - room : 0;
	while (least < 4 &&
	       pieces_width(pieces, count, least, canvas->ascii) > room)
		least++;
	for (size_t n = 0; n < count && x < room; n++) {
		if (*pieces[n].text && pieces[n].matters >= least)
			x += tui_put(canvas, x, rect->y, room - x, TUI_TITLE,
				     pieces[n].text) +
			     2;
	}
	if (rect->width > 30)
		tui_put_right(canvas, rect->x, rect->y, rect->width - 1,
			      TUI_TITLE, time);
}

void tui_draw_tabs(struct tui_screen *screen, const struct tui_rect *rect)
{
	unsigned int x = 0;

	for (size_t n = 0; rect->height && n < screen->num_tabs; n++) {
		const struct tui_model *model = screen->tabs[n].model;
		bool bad = model->attach == TUI_LOST;
		unsigned int begin = x;
		char text[TUI_TEXT];

		snprintf(text, sizeof(text), " %zu %s%s ", n + 1, model->target,
			 bad ? " (lost)" : "");
		x += tui_put(&screen->canvas, x, rect->y, rect->width - x,
			     n == screen->active ? TUI_FOCUS
			     : bad		 ? TUI_BAD
						 : TUI_NORMAL,
			     text);
		tui_zone(screen, TUI_ZONE_TAB, (uint32_t)n, begin, rect->y,
			 x - begin, 1);
	}
}
