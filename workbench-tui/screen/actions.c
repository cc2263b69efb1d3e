// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Actions on cells. Each is confirmed before it begins: those that end what a
 * cell does by typing its name, or the number of cells if it is several.
 */
#include "screen/view.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "screen/text.h"

static const struct verb_row {
	const char *question; /* the first word of it */
	bool ends;	      /* something that runs */
	const char *file;     /* what it needs; NULL: none */
} verbs[] = {
	[TUI_START] = { "Start", false, NULL },
	[TUI_SHUTDOWN] = { "Shut down", true, NULL },
	[TUI_DESTROY] = { "Destroy", true, NULL },
	[TUI_LOAD] = { "Load", false, "Image file, and @address if any:" },
	[TUI_CREATE] = { "Create", false, "Configuration of the cell (file):" },
};

static void report(struct tui_screen *screen, enum tui_verb verb, int err)
{
	const char *name = tui_verb_name(verb);

	switch (err) {
	case -EROFS:
		tui_say(screen, TUI_ERROR,
			"%s: this session may not change the target", name);
		break;
	case -ESRCH:
		tui_say(screen, TUI_ERROR, "%s: the cell is gone", name);
		break;
	case -EBUSY:
		tui_say(screen, TUI_ERROR,
			"%s: too many actions wait; see the events", name);
		break;
	default:
		tui_say(screen, TUI_ERROR, "%s: %s", name, strerror(-err));
	}
}

static void perform(struct tui_screen *screen)
{
	const struct tui_pending *pending = &screen->pending;
	struct tui_action action = {
		.verb = pending->verb,
		.file = *pending->file ? pending->file : NULL,
		.address = pending->address,
	};
	size_t count = pending->verb == TUI_CREATE ? 1 : pending->count;

	for (size_t n = 0; n < count; n++) {
		int err;

		action.cell = pending->cells[n];
		err = tui_session_act(tui_tab(screen)->session, &action);
		if (err) {
			report(screen, pending->verb, err);
			return;
		}
	}
	tui_rows_untag_all(tui_tab(screen)->rows);
}

void tui_action_cancel(struct tui_screen *screen)
{
	struct tui_doing doing;

	if (tui_session_cancel(tui_tab(screen)->session))
		return; /* events tell which */
	if (tui_session_doing(tui_tab(screen)->session, &doing))
		tui_say(screen, TUI_WARNING,
			"%s %s: it runs on the target already, to its end",
			tui_verb_name(doing.verb), doing.name);
}

void tui_action_tell(const struct tui_doing *doing, unsigned int room,
		     bool ascii, char *text, size_t size)
{
	char sent[16], all[16], brought[48] = "", more[32] = "";
	const struct tui_question_part parts[] = {
		{ brought, TUI_CUT_NEVER, 0 },
		{ doing->size ? " brought for " : NULL, TUI_CUT_NEVER, 1 },
		{ tui_verb_name(doing->verb), TUI_CUT_NEVER, 1 },
		{ " ", TUI_CUT_NEVER, 2 },
		{ doing->name, TUI_CUT_MIDDLE, 2 },
		{ more, TUI_CUT_NEVER, 1 },
		{ doing->size ? "; Esc: cancel" : NULL, TUI_CUT_NEVER, 0 },
	};

	if (doing->size) {
		tui_format_bytes(doing->sent, sent, sizeof(sent));
		tui_format_bytes(doing->size, all, sizeof(all));
		snprintf(brought, sizeof(brought), "%s of %s", sent, all);
	}
	if (doing->waiting)
		snprintf(more, sizeof(more), ", %zu wait", doing->waiting);
	tui_question_fit(parts, sizeof(parts) / sizeof(*parts), room, ascii,
			 text, size);
}

/* --- confirmation --------------------------------------------------------- */

static void confirmed(struct tui_screen *screen, const char *text)
{
	const struct tui_pending *pending = &screen->pending;

	if (!strcasecmp(pending->expected, "y")
		    ? !strcasecmp(text, "y") || !strcasecmp(text, "yes")
		    : !strcmp(text, pending->expected))
		perform(screen);
	else
		tui_say(screen, TUI_WARNING,
			"%s: not done, as \"%s\" was asked for",
			tui_verb_name(pending->verb), pending->expected);
}

static void given_up(struct tui_screen *screen)
{
	tui_say(screen, TUI_INFO, "%s: nothing was done",
		tui_verb_name(screen->pending.verb));
}

/* A name that nobody can type is confirmed by the cell's id. */
static bool typeable(const char *name)
{
	for (const char *c = name; *c; c++) {
		if (*c < ' ' || *c > '~')
			return false;
	}
	return *name != '\0';
}

static void name_cells(struct tui_screen *screen, char *text, size_t size)
{
	const struct tui_tab *tab = tui_tab(screen);
	size_t used = 0;

	text[0] = '\0';
	for (size_t n = 0; n < screen->pending.count && used < size; n++) {
		int index = tui_model_find_cell(tab->model,
						screen->pending.cells[n]);

		if (index >= 0)
			used += (size_t)snprintf(text + used, size - used,
						 "%s\"%s\"", used ? ", " : "",
						 tab->model->cells[index].name);
	}
}

static void expect(struct tui_screen *screen)
{
	struct tui_pending *pending = &screen->pending;
	const struct tui_tab *tab = tui_tab(screen);
	int index;

	strcpy(pending->expected, "y");
	if (!verbs[pending->verb].ends)
		return;
	index = tui_model_find_cell(tab->model, pending->cells[0]);
	if (pending->count > 1)
		snprintf(pending->expected, sizeof(pending->expected), "%zu",
			 pending->count);
	else if (index >= 0 && typeable(tab->model->cells[index].name))
		strcpy(pending->expected, tab->model->cells[index].name);
	else if (index >= 0)
		snprintf(pending->expected, sizeof(pending->expected), "%u",
			 tab->model->cells[index].id);
}

/* What the question is made of; what there is none of is NULL. */
static void word_question(struct tui_pending *pending)
{
	const bool ends = verbs[pending->verb].ends,
		   several = pending->count > 1;
	const bool creates = pending->verb == TUI_CREATE;
	const char *file = *pending->file ? pending->file : NULL;
	const struct tui_question_part parts[] = {
		{ verbs[pending->verb].question, TUI_CUT_NEVER, 0 },
		{ creates ? " the cell of" : NULL, TUI_CUT_NEVER, 2 },
		{ file ? " " : NULL, TUI_CUT_NEVER, 0 },
		{ file, TUI_CUT_MIDDLE, 0 },
		{ file && !creates ? " into" : NULL, TUI_CUT_NEVER, 2 },
		{ several ? pending->counted : NULL, TUI_CUT_NEVER, 1 },
		{ creates   ? NULL
		  : several ? ": "
			    : " ",
		  TUI_CUT_NEVER, 2 },
		{ creates ? NULL : pending->named, TUI_CUT_END, 2 },
		{ "? ", TUI_CUT_NEVER, 0 },
		{ "(", TUI_CUT_NEVER, 3 },
		{ ends ? "type " : "y/N", TUI_CUT_NEVER, 0 },
		{ ends && several ? "their number, " : NULL, TUI_CUT_NEVER, 3 },
		{ ends ? pending->expected : NULL, TUI_CUT_MIDDLE, 0 },
		{ ends && !several ? " to confirm" : NULL, TUI_CUT_NEVER, 3 },
		{ ")", TUI_CUT_NEVER, 3 },
	};

	static_assert(sizeof(parts) == sizeof(pending->question));
	memcpy(pending->question, parts, sizeof(parts));
}

static void confirm(struct tui_screen *screen)
{
	struct tui_pending *pending = &screen->pending;
	struct tui_ask ask = { .parts = pending->question,
			       .num_parts = TUI_MAX_PARTS,
			       .done = confirmed,
			       .cancelled = given_up };

	name_cells(screen, pending->named, sizeof(pending->named));
	snprintf(pending->counted, sizeof(pending->counted), " %zu cells",
		 pending->count);
	expect(screen);
	word_question(pending);
	ask.answer = (unsigned int)strlen(pending->expected);
	tui_ask_open(screen, &ask, "");
}

/* --- files ---------------------------------------------------------------- */

static void expand_home(const char *text, char *path, size_t size)
{
	const char *home = getenv("HOME");

	if (text[0] == '~' && text[1] == '/' && home)
		snprintf(path, size, "%s%s", home, text + 1);
	else
		snprintf(path, size, "%s", text);
}

/* "FILE" or "FILE@ADDRESS" */
static void file_given(struct tui_screen *screen, const char *text)
{
	struct tui_pending *pending = &screen->pending;
	char *at, *end;

	expand_home(text, pending->file, sizeof(pending->file));
	pending->address = TUI_NO_VALUE;
	at = strrchr(pending->file, '@');
	if (pending->verb == TUI_LOAD && at && at[1]) {
		uint64_t address = strtoull(at + 1, &end, 0);

		if (!*end) {
			pending->address = address;
			*at = '\0';
		}
	}
	if (*pending->file)
		confirm(screen);
	else
		given_up(screen);
}

static void ask_file(struct tui_screen *screen)
{
	const struct tui_ask ask = {
		.label = verbs[screen->pending.verb].file,
		.done = file_given,
		.cancelled = given_up,
	};

	tui_ask_open(screen, &ask, "");
}

/* --- which cells ---------------------------------------------------------- */

static void collect(struct tui_screen *screen)
{
	struct tui_pending *pending = &screen->pending;
	const struct tui_tab *tab = tui_tab(screen);
	const struct tui_cell *selected = tui_tab_cell(tab);

	pending->count = 0;
	for (size_t n = 0; n < tab->model->num_cells; n++) {
		const struct tui_cell *cell = &tab->model->cells[n];

		if (tui_rows_tagged(tab->rows, cell->serial) &&
		    pending->count < TUI_MAX_TARGETED)
			pending->cells[pending->count++] = cell->serial;
	}
	if (!pending->count && selected)
		pending->cells[pending->count++] = selected->serial;
}

static bool has_root(const struct tui_screen *screen)
{
	const struct tui_model *model = screen->tabs[screen->active].model;

	for (size_t n = 0; n < screen->pending.count; n++) {
		int index =
			tui_model_find_cell(model, screen->pending.cells[n]);

		if (index >= 0 && !model->cells[index].id)
			return true;
	}
	return false;
}

void tui_action_begin(struct tui_screen *screen, enum tui_verb verb)
{
	struct tui_pending *pending = &screen->pending;

	*pending =
		(struct tui_pending){ .verb = verb, .address = TUI_NO_VALUE };
	if (!tui_session_writable(tui_tab(screen)->session)) {
		tui_say(screen, TUI_WARNING,
			"%s: read-only; run as root, or with --writable",
			tui_verb_name(verb));
		return;
	}
	if (verb != TUI_CREATE) {
		collect(screen);
		if (!pending->count) {
			tui_say(screen, TUI_WARNING, "%s: there is no cell",
				tui_verb_name(verb));
			return;
		}
		if (has_root(screen)) {
			tui_say(screen, TUI_WARNING,
				"%s: the root cell is Linux itself; jailhouse "
				"disable ends the hypervisor",
				tui_verb_name(verb));
			return;
		}
	}
	if (verbs[verb].file)
		ask_file(screen);
	else
		confirm(screen);
}
