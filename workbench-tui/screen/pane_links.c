// SPDX-License-Identifier: GPL-2.0-or-later
/* ivshmem links, as the root sees them; a line a vector below them. */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

#include "screen/text.h"

static const char *const state_names[] = {
	[TUI_LINK_UNKNOWN] = "-",
	[TUI_LINK_WAITING] = "waiting",
	[TUI_LINK_UP] = "up",
	[TUI_LINK_DOWN] = "down",
};

static const enum tui_style state_styles[] = {
	[TUI_LINK_UNKNOWN] = TUI_DIM,
	[TUI_LINK_WAITING] = TUI_WARN,
	[TUI_LINK_UP] = TUI_GOOD,
	[TUI_LINK_DOWN] = TUI_DIM,
};

enum {
	LINK_NAME,
	LINK_STATE,
	LINK_RATE,
	LINK_TOTAL,
	LINK_PEERS,
	LINK_ENDS,
	LINK_BDF,
	LINK_RX,
	LINK_TX,
	LINK_GRAPH,
	NUM_LINK_COLUMNS,
};

// clang-format off
/* In the order in which they are given up when there is no room: the last
 * ones first. */
static const struct link_column {
	const char *title;
	unsigned int width, least;
	bool right, stretches;
} columns[NUM_LINK_COLUMNS] = {
	[LINK_NAME] = { "link", 8, 5, false, false },
	[LINK_STATE] = { "state", 7, 7, false, false },
	[LINK_RATE] = { "irq/s", 6, 5, true, false },
	[LINK_TOTAL] = { "total", 10, 7, true, false },
	[LINK_PEERS] = { "peers", 5, 5, true, false },
	[LINK_ENDS] = { "ends", 24, 10, false, true },
	[LINK_BDF] = { "device", 12, 12, false, false },
	[LINK_RX] = { "rx/s", 6, 6, true, false },
	[LINK_TX] = { "tx/s", 6, 6, true, false },
	[LINK_GRAPH] = { "", 16, 8, false, false },
};
// clang-format on

static void fit(unsigned int width, struct tui_fit *fits)
{
	for (int n = 0; n < NUM_LINK_COLUMNS; n++)
		fits[n] = (struct tui_fit){
			.width = columns[n].width,
			.least = columns[n].least,
			.keeps = n <= LINK_TOTAL,
			.stretches = columns[n].stretches,
			.fixed = n == LINK_NAME,
		};
	tui_fit_columns(fits, NUM_LINK_COLUMNS, 0, width);
}

/* One vector tells nothing that the link does not. */
static size_t num_vectors(const struct tui_link *link)
{
	return link->num_vectors > 1 ? link->num_vectors : 0;
}

static size_t count_lines(const struct tui_tab *tab)
{
	size_t count = tab->model->num_links;

	for (size_t n = 0; n < tab->model->num_links; n++)
		count += num_vectors(&tab->model->links[n]);
	return count;
}

/* "root ↔ rtos ↔ -" */
static void format_ends(const struct tui_canvas *canvas,
			const struct tui_link *link, char *text, size_t size)
{
	size_t used = 0;

	snprintf(text, size, "%s", link->num_ends ? "" : "-");
	for (size_t n = 0; n < link->num_ends && used < size; n++) {
		const struct tui_link_end *end = &link->ends[n];

		used += (size_t)snprintf(
			text + used, size - used, "%s%s%s%s", n ? " " : "",
			n ? tui_canvas_sign(canvas, TUI_SIGN_LINK) : "",
			n ? " " : "",
			end->owner == 0 ? "root"
			: *end->cell	? end->cell
					: "-");
	}
}

static void format_bytes_rate(const struct tui_counter *counter, char *text,
			      size_t size)
{
	uint64_t rate = counter->rate_milli;

	tui_format_bytes(rate == TUI_NO_VALUE ? rate : rate / 1000, text, size);
}

static void format_link(const struct tui_canvas *canvas,
			const struct tui_link *link, int column, char *text,
			size_t size)
{
	text[0] = '\0';
	switch (column) {
	case LINK_NAME:
		snprintf(text, size, "%s", link->name);
		break;
	case LINK_STATE:
		snprintf(text, size, "%s", state_names[link->state]);
		break;
	case LINK_RATE:
		tui_format_rate(link->irqs.rate_milli, text, size);
		break;
	case LINK_TOTAL:
		tui_format_count(link->irqs.total, text, size);
		break;
	case LINK_PEERS:
		if (link->peers_up == (size_t)TUI_NO_VALUE || !link->num_ends)
			snprintf(text, size, "-");
		else
			snprintf(text, size, "%zu/%zu", link->peers_up,
				 link->num_ends);
		break;
	case LINK_ENDS:
		format_ends(canvas, link, text, size);
		break;
	case LINK_BDF:
		snprintf(text, size, "%s", link->bdf);
		break;
	case LINK_RX:
		format_bytes_rate(&link->rx_bytes, text, size);
		break;
	case LINK_TX:
		format_bytes_rate(&link->tx_bytes, text, size);
		break;
	}
}

static void put(struct tui_canvas *canvas, const struct tui_rect *line,
		const struct tui_fit *fits, int column, enum tui_style style,
		const char *text)
{
	unsigned int x = line->x + fits[column].at;

	if (!fits[column].columns)
		return;
	if (columns[column].right)
		tui_put_right(canvas, x, line->y, fits[column].columns, style,
			      text);
	else
		tui_put(canvas, x, line->y, fits[column].columns, style, text);
}

static void draw_vector(struct tui_screen *screen, const struct tui_link *link,
			size_t vector, const struct tui_rect *line,
			const struct tui_fit *fits)
{
	const struct tui_counter *counter = &link->vectors[vector];
	char text[64];

	snprintf(text, sizeof(text), " vec %zu", vector);
	put(&screen->canvas, line, fits, LINK_NAME, TUI_DIM, text);
	tui_format_rate(counter->rate_milli, text, sizeof(text));
	put(&screen->canvas, line, fits, LINK_RATE, TUI_DIM, text);
	tui_format_count(counter->total, text, sizeof(text));
	put(&screen->canvas, line, fits, LINK_TOTAL, TUI_DIM, text);
}

static void draw_link(struct tui_screen *screen, const struct tui_link *link,
		      const struct tui_rect *line, const struct tui_fit *fits)
{
	char text[512];

	for (int n = 0; n < LINK_GRAPH; n++) {
		format_link(&screen->canvas, link, n, text, sizeof(text));
		put(&screen->canvas, line, fits, n,
		    n == LINK_STATE ? state_styles[link->state] : TUI_NORMAL,
		    text);
	}
	if (fits[LINK_GRAPH].columns)
		tui_draw_graph(&screen->canvas, line->x + fits[LINK_GRAPH].at,
			       line->y, fits[LINK_GRAPH].columns, TUI_GRAPH,
			       &link->history);
}

static void draw_line(struct tui_screen *screen, size_t index,
		      const struct tui_rect *line)
{
	const struct tui_model *model = tui_tab(screen)->model;
	struct tui_fit fits[NUM_LINK_COLUMNS];

	fit(line->width, fits);
	for (size_t n = 0; n < model->num_links; n++) {
		const struct tui_link *link = &model->links[n];

		if (!index) {
			draw_link(screen, link, line, fits);
			return;
		}
		index--;
		if (index < num_vectors(link)) {
			draw_vector(screen, link, index, line, fits);
			return;
		}
		index -= num_vectors(link);
	}
}

/* Titles stand above the columns; where the pane's own title is, they are
 * left out. */
static void draw_heading(struct tui_screen *screen, const struct tui_rect *line)
{
	struct tui_fit fits[NUM_LINK_COLUMNS];
	struct tui_rect whole = *line;
	unsigned int taken = 0;

	if (!tui_tab(screen)->model->num_links)
		return;
	while (whole.x && tui_zone_find(screen, whole.x - 1, whole.y) &&
	       tui_zone_find(screen, whole.x - 1, whole.y)->kind ==
		       TUI_ZONE_PANE) {
		whole.x--;
		whole.width++;
		taken++;
	}
	whole.x++;
	whole.width--;
	fit(whole.width, fits);
	for (int n = 0; n < NUM_LINK_COLUMNS; n++) {
		if (fits[n].columns && fits[n].at + 1 >= taken &&
		    *columns[n].title)
			put(&screen->canvas, &whole, fits, n, TUI_LABEL,
			    columns[n].title);
	}
}

const struct tui_pane tui_pane_links = {
	.name = "links",
	.title = "Links",
	.command = TUI_CMD_LINKS,
	.empty = "The root has no ivshmem link.",
	.count = count_lines,
	.heading = draw_heading,
	.line = draw_line,
};
