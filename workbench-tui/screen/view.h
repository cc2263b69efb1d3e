/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of this folder share: the state of the screen. */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/column.h"
#include "model/rows.h"
#include "model/session.h"
#include "screen/canvas.h"
#include "screen/input.h"
#include "screen/keys.h"
#include "screen/layout.h"
#include "screen/prompt.h"
#include "screen/question.h"
#include "screen/repair.h"
#include "screen/screen.h"
#include "screen/settings.h"

#define TUI_MAX_TABS   9
#define TUI_MAX_ZONES  192
#define TUI_MESSAGE_MS 5000

enum tui_pane_kind {
	TUI_PANE_DETAIL,
	TUI_PANE_LINKS,
	TUI_PANE_IRQS,
	TUI_PANE_CONSOLE,
	TUI_PANE_EVENTS,
	TUI_NUM_PANES,
};

/* A column that is shown. */
struct tui_shown_column {
	const struct tui_column *column; /* NULL: the graph of exits */
	struct tui_fit fit;
};

/* A target and how it is looked at. */
struct tui_tab {
	struct tui_session *session;
	const struct tui_model *model;
	struct tui_rows *rows;
	struct tui_columns columns;
	struct tui_shown_column shown[TUI_MAX_COLUMNS + 1];
	size_t num_shown;

	/* the selected row: what it is, and where; -1: none */
	uint32_t serial;
	int cpu, reason;
	long selected;
	bool follow; /* the row wherever it goes */
	bool tree;   /* all is expanded */
	size_t top;
	size_t skip; /* columns on the left that are scrolled away */

	/* lines from the begin of panes, from the end where news come there */
	size_t scrolled[TUI_NUM_PANES];
	/* columns on the left of their texts that are scrolled away */
	unsigned int shifted[TUI_NUM_PANES];

	uint64_t events_told; /* of num_events */

	/* a question that waits; empty: none */
	char question[TUI_TEXT];
	enum jhcfg_question question_kind;
};

enum tui_zone_kind {
	TUI_ZONE_TAB,
	TUI_ZONE_HEADER, /* a column */
	TUI_ZONE_ROW,
	TUI_ZONE_TREE, /* the mark in front of a row */
	TUI_ZONE_PANE,
	TUI_ZONE_TABLE,
	TUI_ZONE_KEY,  /* of the F bar: a key */
	TUI_ZONE_ITEM, /* of an overlay */
	TUI_ZONE_OVERLAY,
};

/* A place that the mouse may hit; a later one is above. */
struct tui_zone {
	struct tui_rect rect;
	enum tui_zone_kind kind;
	uint32_t arg;
};

struct tui_screen;

/* Something above the table that takes all keys. */
struct tui_overlay {
	void (*draw)(struct tui_screen *screen);
	void (*input)(struct tui_screen *screen, const struct tui_input *input);
	bool in_footer; /* it is one line, and the rest stays in sight */
};

/* What a line that is typed is for. */
struct tui_ask {
	const char *label;
	/* instead of it, if it is long; NULL: the label */
	const struct tui_question_part *parts;
	size_t num_parts;
	unsigned int answer; /* columns that one takes; 0: any text */
	bool hidden;
	/* after each change, at the end, when it is given up; may be NULL */
	void (*changed)(struct tui_screen *screen, const char *text);
	void (*done)(struct tui_screen *screen, const char *text);
	void (*cancelled)(struct tui_screen *screen);
};

#define TUI_MAX_TARGETED 32
#define TUI_MAX_PARTS	 15

/* An action that was asked for and is not confirmed yet. */
struct tui_pending {
	enum tui_verb verb;
	uint32_t cells[TUI_MAX_TARGETED]; /* serials */
	size_t count;
	char file[TUI_PROMPT_SIZE];
	uint64_t address;
	char expected[TUI_NAME];		       /* what confirms it */
	char named[TUI_MAX_TARGETED * (TUI_NAME + 4)]; /* the cells */
	char counted[32];
	struct tui_question_part question[TUI_MAX_PARTS];
};

struct tui_screen {
	struct tui_screen_options options;
	struct tui_settings settings;
	/* what options hide: it is kept unless it was set anew */
	struct {
		char columns[TUI_SETTINGS_TEXT];
		char sort[48];
		bool no_mouse;
	} hidden;
	struct tui_budgets budgets; /* kept ones and the command line's */
	char *settings_path;

	struct tui_tab tabs[TUI_MAX_TABS];
	size_t num_tabs, active;

	enum tui_pane_kind panes[TUI_NUM_PANES]; /* open ones */
	size_t num_panes;
	int focus; /* index in panes; -1: the table */

	struct tui_canvas canvas;
	struct tui_layout layout;
	struct tui_zone zones[TUI_MAX_ZONES];
	size_t num_zones;

	const struct tui_overlay *overlay; /* NULL: none */
	size_t item, item_top;		   /* of it: selected, first seen */
	struct tui_prompt prompt;
	struct tui_ask ask;
	struct tui_pending pending;
	char searched[TUI_PROMPT_SIZE];

	char message[2 * TUI_TEXT];
	enum tui_severity message_severity;
	uint64_t message_until_ms; /* of the monotonic clock; 0: none */

	struct tui_repair repair;
	bool dirty; /* draw it */
	bool quit;
};

static inline struct tui_tab *tui_tab(struct tui_screen *screen)
{
	return &screen->tabs[screen->active];
}

/* --- draw.c --------------------------------------------------------------- */

/* Draws all of it on the canvas, whose size is that of the terminal. */
void tui_draw(struct tui_screen *screen);
void tui_zone(struct tui_screen *screen, enum tui_zone_kind kind, uint32_t arg,
	      unsigned int x, unsigned int y, unsigned int width,
	      unsigned int height);
/* The one on top at this place; NULL: none. */
const struct tui_zone *tui_zone_find(const struct tui_screen *screen,
				     unsigned int x, unsigned int y);

/* --- head.c, table.c, panes.c, footer.c ----------------------------------- */

void tui_draw_title(struct tui_screen *screen, const struct tui_rect *rect);
void tui_draw_tabs(struct tui_screen *screen, const struct tui_rect *rect);
void tui_draw_head(struct tui_screen *screen, const struct tui_rect *rect);
void tui_draw_table(struct tui_screen *screen, const struct tui_rect *header,
		    const struct tui_rect *rect);
void tui_draw_pane(struct tui_screen *screen, size_t index,
		   const struct tui_rect *rect);
void tui_draw_footer(struct tui_screen *screen, const struct tui_rect *rect);

/* Style and letter of an owner as in model.h. */
enum tui_style tui_owner_style(const struct tui_model *model, int owner);
char tui_owner_letter(const struct tui_model *model, int owner);
/* The youngest rates, each as high as it is beside the highest of them. */
void tui_draw_graph(struct tui_canvas *canvas, unsigned int x, unsigned int y,
		    unsigned int width, enum tui_style style,
		    const struct tui_history *history);

/* --- panes ---------------------------------------------------------------- */

/* A pane is lines: how many there are, and how each is drawn. */
struct tui_pane {
	const char *name; /* "links": in settings */
	const char *title;
	enum tui_command command; /* opens and closes it */
	bool tail;		  /* news come at its end */
	const char *empty;	  /* what is said if there are no lines */
	size_t (*count)(const struct tui_tab *tab);
	/* in the title line, behind the title; may be NULL */
	void (*heading)(struct tui_screen *screen, const struct tui_rect *line);
	/* @line is one line high; @index is from 0 */
	void (*line)(struct tui_screen *screen, size_t index,
		     const struct tui_rect *line);
};

extern const struct tui_pane *const tui_panes[TUI_NUM_PANES];
extern const struct tui_pane tui_pane_detail, tui_pane_links, tui_pane_irqs,
	tui_pane_console, tui_pane_events;

/* Opens the panes of the settings; back to them. */
void tui_panes_from_settings(struct tui_screen *screen);
void tui_panes_toggle(struct tui_screen *screen, enum tui_pane_kind kind);
bool tui_panes_open(const struct tui_screen *screen, enum tui_pane_kind kind);
/* Scrolls pane @index; the limits are kept when it is drawn. */
void tui_panes_scroll(struct tui_screen *screen, size_t index, long lines);

/* --- tab.c ---------------------------------------------------------------- */

int tui_tab_init(struct tui_tab *tab, struct tui_session *session,
		 struct tui_screen *screen);
void tui_tab_clear(struct tui_tab *tab);
/* After the model changed, or how its rows are seen. */
void tui_tab_update(struct tui_tab *tab, const struct tui_settings *settings);
/* Selects a row, as near as there is one. */
void tui_tab_select(struct tui_tab *tab, long index);
/* The cell of the selected row; NULL: none. */
const struct tui_cell *tui_tab_cell(const struct tui_tab *tab);
/* Chooses columns from a list of names. */
void tui_tab_columns(struct tui_tab *tab, const char *names);
/* "-NAME" */
void tui_tab_sort(struct tui_tab *tab, const char *sort);

/* --- screen.c, loop.c ----------------------------------------------------- */

/* Sets a budget as of tui_budgets_add(), and keeps it. */
int tui_screen_budget(struct tui_screen *screen, const char *text);
/* Of the monotonic clock. */
uint64_t tui_now_ms(void);
/* Does what is due in the session of a tab. */
void tui_dispatch(struct tui_screen *screen, size_t index);
/* Until it is quit: 0, or -errno if it cannot wait. */
int tui_loop(struct tui_screen *screen, int signals);

/* --- commands.c, move.c, find.c, mouse.c -----------------------------------
 */

struct tui_command_row {
	enum tui_command command;
	void (*run)(struct tui_screen *screen); /* NULL behind the last one */
};

extern const struct tui_command_row tui_move_commands[], tui_find_commands[];

void tui_command(struct tui_screen *screen, enum tui_command command);
/* Whatever the user did. */
void tui_handle(struct tui_screen *screen, const struct tui_input *input);
void tui_mouse(struct tui_screen *screen, const struct tui_input *input);
/* Sorts by a column, inverts if it is the one already; keeps that. */
void tui_sort_by(struct tui_screen *screen, const char *column);
void tui_screen_save(struct tui_screen *screen);
__attribute__((format(printf, 3, 4))) void tui_say(struct tui_screen *screen,
						   enum tui_severity severity,
						   const char *format, ...);

/* --- overlays ------------------------------------------------------------- */

void tui_help_open(struct tui_screen *screen);
void tui_setup_open(struct tui_screen *screen);
void tui_sort_open(struct tui_screen *screen);
void tui_ask_open(struct tui_screen *screen, const struct tui_ask *ask,
		  const char *text);
void tui_overlay_close(struct tui_screen *screen);
/* Begins an action on the tagged cells, or on the selected one. */
void tui_action_begin(struct tui_screen *screen, enum tui_verb verb);
void tui_action_cancel(struct tui_screen *screen);
/* What is going on, for the last line. */
void tui_action_tell(const struct tui_doing *doing, unsigned int room,
		     bool ascii, char *text, size_t size);
/* Opens the question of the active tab, if there is one. */
void tui_question_open(struct tui_screen *screen);

/* A box with a title in the middle of the screen for a list of @lines lines of
 * @width columns; returns what is inside. Draws from item_top on. */
struct tui_rect tui_box(struct tui_screen *screen, const char *title,
			unsigned int width, size_t lines);
/* Moves the selected item by a key; false: it is no such key. */
bool tui_list_key(struct tui_screen *screen, const struct tui_input *input,
		  size_t count);

#endif
