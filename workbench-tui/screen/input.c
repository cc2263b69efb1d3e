// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/input.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>

#define KEY_SGR_MOUSE	(TUI_KEY_F12 + 1)
#define LONGEST_REPORT	24
#define WHEEL_LINES	3
#define ESCAPE_DELAY_MS 25 /* between the bytes of one key */

/* Bytes that were read and are no key yet; of one thread. */
static struct {
	char bytes[64];
	size_t used;
} pending;

/* Keys as terminfo calls them. */
static const struct capability_row {
	const char *name;
	uint32_t key;
} capabilities[] = {
	{ "kcuu1", TUI_KEY_UP },      { "kcud1", TUI_KEY_DOWN },
	{ "kcub1", TUI_KEY_LEFT },    { "kcuf1", TUI_KEY_RIGHT },
	{ "kpp", TUI_KEY_PAGE_UP },   { "knp", TUI_KEY_PAGE_DOWN },
	{ "khome", TUI_KEY_HOME },    { "kend", TUI_KEY_END },
	{ "kbs", TUI_KEY_BACKSPACE }, { "kdch1", TUI_KEY_DELETE },
	{ "kcbt", TUI_KEY_BACK_TAB }, { "kent", TUI_KEY_ENTER },
	{ "kf1", TUI_KEY_F0 + 1 },    { "kf2", TUI_KEY_F0 + 2 },
	{ "kf3", TUI_KEY_F0 + 3 },    { "kf4", TUI_KEY_F0 + 4 },
	{ "kf5", TUI_KEY_F0 + 5 },    { "kf6", TUI_KEY_F0 + 6 },
	{ "kf7", TUI_KEY_F0 + 7 },    { "kf8", TUI_KEY_F0 + 8 },
	{ "kf9", TUI_KEY_F0 + 9 },    { "kf10", TUI_KEY_F0 + 10 },
	{ "kf11", TUI_KEY_F0 + 11 },  { "kf12", TUI_KEY_F0 + 12 },
};

#define NUM_CAPABILITIES (sizeof(capabilities) / sizeof(capabilities[0]))

struct sequence_row {
	const char *sequence;
	uint32_t key;
};

/* Where terminals disagree with their descriptions: these come first. */
static const struct sequence_row sequences[] = {
	{ "\033[<", KEY_SGR_MOUSE },	{ "\033[H", TUI_KEY_HOME },
	{ "\033[F", TUI_KEY_END },	{ "\033[1~", TUI_KEY_HOME },
	{ "\033[4~", TUI_KEY_END },	{ "\033[A", TUI_KEY_UP },
	{ "\033[B", TUI_KEY_DOWN },	{ "\033[C", TUI_KEY_RIGHT },
	{ "\033[D", TUI_KEY_LEFT },	{ "\033[11~", TUI_KEY_F0 + 1 },
	{ "\033[12~", TUI_KEY_F0 + 2 }, { "\033[13~", TUI_KEY_F0 + 3 },
	{ "\033[14~", TUI_KEY_F0 + 4 }, { "\033[[A", TUI_KEY_F0 + 1 },
	{ "\033[[B", TUI_KEY_F0 + 2 },	{ "\033[[C", TUI_KEY_F0 + 3 },
	{ "\033[[D", TUI_KEY_F0 + 4 },	{ "\033[[E", TUI_KEY_F0 + 5 },
};

#define NUM_SEQUENCES (sizeof(sequences) / sizeof(sequences[0]))

/* All that is understood, set by tui_input_init(). */
static struct sequence_row known[NUM_SEQUENCES + NUM_CAPABILITIES];
static size_t num_known;

void tui_input_init(void)
{
	memcpy(known, sequences, sizeof(sequences));
	num_known = NUM_SEQUENCES;
	pending.used = 0;
	for (size_t n = 0; n < NUM_CAPABILITIES; n++) {
		const char *sequence = tigetstr(capabilities[n].name);

		if (!sequence || sequence == (const char *)-1 || !*sequence)
			continue;
		known[num_known++] = (struct sequence_row){
			sequence,
			capabilities[n].key,
		};
	}
}

/* Reads what there is or comes within @ms; false: nothing. */
static bool fill(int ms)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };
	size_t room = sizeof(pending.bytes) - pending.used;
	ssize_t got;
	int ready;

	if (!room)
		return false;
	do
		ready = poll(&fd, 1, ms);
	while (ready < 0 && errno == EINTR);
	if (ready < 1 || !(fd.revents & POLLIN))
		return false;
	got = read(STDIN_FILENO, pending.bytes + pending.used, room);
	if (got < 1)
		return false;
	pending.used += (size_t)got;
	return true;
}

static void drop(size_t count)
{
	pending.used -= count;
	memmove(pending.bytes, pending.bytes + count, pending.used);
}

/* The longest key that is there, 0: none; *@more: it may become another one. */
static uint32_t match(size_t *length, bool *more)
{
	uint32_t key = 0;

	*length = 0;
	*more = false;
	for (size_t n = 0; n < num_known; n++) {
		const char *sequence = known[n].sequence;
		size_t size = strlen(sequence);
		bool whole = size <= pending.used;

		if (memcmp(sequence, pending.bytes,
			   whole ? size : pending.used))
			continue;
		if (!whole)
			*more = true;
		else if (size > *length) {
			*length = size;
			key = known[n].key;
		}
	}
	return key;
}

void tui_input_mouse(const char *report, struct tui_input *input)
{
	unsigned int button, x, y;
	char end;

	*input = (struct tui_input){ .kind = TUI_INPUT_NONE };
	if (sscanf(report, "%4u;%5u;%5u%c", &button, &x, &y, &end) != 4 ||
	    end != 'M' || !x || !y)
		return; /* also: a button was released */
	input->x = x - 1;
	input->y = y - 1;
	if ((button & ~1u) == 64) {
		input->kind = TUI_INPUT_WHEEL;
		input->steps = button & 1 ? WHEEL_LINES : -WHEEL_LINES;
	} else if ((button & ~0x1cu) ==
		   0) { /* shift, meta, control: whatever */
		input->kind = TUI_INPUT_CLICK;
	}
}

/* What follows the introduction of a report. */
static void read_mouse(struct tui_input *input)
{
	char report[LONGEST_REPORT + 1];
	size_t length = 0;

	while (length < LONGEST_REPORT &&
	       (pending.used || fill(ESCAPE_DELAY_MS))) {
		char next = *pending.bytes;

		if (next < 0x20 || next > 0x7e)
			break;
		drop(1);
		report[length++] = next;
		if (next == 'M' || next == 'm')
			break;
	}
	report[length] = '\0';
	tui_input_mouse(report, input);
}

/* A key that nobody told us of must not be taken for the letters in it: a
 * control sequence has one byte of 0x40 and up, its last (ECMA-48, 5.4). */
static bool skip_sequence(void)
{
	size_t at = 2;

	if (pending.used < 2 || memcmp(pending.bytes, "\033[", 2))
		return false;
	while (at < pending.used || fill(ESCAPE_DELAY_MS)) {
		if (pending.bytes[at++] >= 0x40)
			break;
	}
	drop(at < pending.used ? at : pending.used);
	return true;
}

/* 0: what is there is none. */
static uint32_t take_character(void)
{
	mbstate_t state = { 0 };
	wchar_t character = 0;
	size_t size;

	while ((size = mbrtowc(&character, pending.bytes, pending.used,
			       &state)) == (size_t)-2 &&
	       fill(ESCAPE_DELAY_MS))
		state = (mbstate_t){ 0 };
	if (!size || size > pending.used) {
		drop(1);
		return 0;
	}
	drop(size);
	return (uint32_t)character;
}

bool tui_input_next(struct tui_input *input)
{
	size_t length;
	uint32_t key;
	bool more;

	*input = (struct tui_input){ .kind = TUI_INPUT_NONE };
	if (!pending.used && !fill(0))
		return false;
	do
		key = match(&length, &more);
	while (more && fill(ESCAPE_DELAY_MS));
	drop(length);
	if (key == KEY_SGR_MOUSE) {
		read_mouse(input);
		return true;
	}
	if (!key && !skip_sequence())
		key = take_character();
	if (key == '\r')
		key = TUI_KEY_ENTER;
	if (key == 0x7f || key == TUI_KEY_CTRL('h'))
		key = TUI_KEY_BACKSPACE;
	input->key = key;
	if (key)
		input->kind = TUI_INPUT_KEY;
	return true;
}
