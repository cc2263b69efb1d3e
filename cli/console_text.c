// SPDX-License-Identifier: GPL-2.0-or-later
#include "console_text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void put(struct console_text *text, const char *data, size_t size)
{
	fwrite(data, 1, size, stdout);
	if (text->log)
		fwrite(data, 1, size, text->log);
}

static void put_stamp(struct console_text *text)
{
	char stamp[32];
	struct timespec now;
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	snprintf(stamp, sizeof(stamp), "[%02d:%02d:%02d.%03ld] ", tm.tm_hour,
		 tm.tm_min, tm.tm_sec, now.tv_nsec / 1000000);
	put(text, stamp, strlen(stamp));
}

static void end_line(struct console_text *text)
{
	if (text->in_line)
		put(text, "\n", 1);
	text->in_line = false;
}

void console_text_note(struct console_text *text, const char *format, ...)
{
	char note[256];
	va_list args;

	va_start(args, format);
	vsnprintf(note, sizeof(note), format, args);
	va_end(args);
	end_line(text);
	if (text->stamps)
		put_stamp(text);
	put(text, "--- ", 4);
	put(text, note, strlen(note));
	put(text, " ---\n", 5);
	fflush(stdout);
}

static void explain(struct console_text *text)
{
	const struct jhcfg_fault *fault;

	if (!text->faults)
		return;
	jhcfg_fault_reader_line(text->reader, text->line, text->length);
	fault = jhcfg_fault_reader_take(text->reader);
	if (!fault)
		return;
	if (text->ask)
		text->ask(text->user);
	text->ask = NULL;
	fault_print(stdout, ">>> ", fault, text->faults);
	if (text->log)
		fault_print(text->log, ">>> ", fault, text->faults);
}

/*
 * What the driver says instead of bytes that were overwritten: the console is
 * further on than what we got of it.
 */
static void count_missed(struct console_text *text)
{
	unsigned long long missed;
	int end = 0;

	if (sscanf(text->line, "<missed %19llu bytes of console log>%n",
		   &missed, &end) == 1 &&
	    (size_t)end == text->length)
		text->offset += missed - (text->length + 1);
}

static void take_line(struct console_text *text)
{
	text->line[text->length] = 0;
	count_missed(text);
	if (text->until && strstr(text->line, text->until))
		text->found = true;
	explain(text);
	text->length = 0;
}

/* Up to the end of a line, or of what there is. */
static size_t take_part(struct console_text *text, const char *data,
			size_t size)
{
	const char *end = memchr(data, '\n', size);
	size_t part = end ? (size_t)(end - data) : size;
	size_t room = sizeof(text->line) - 1 - text->length;

	if (!text->in_line && text->stamps)
		put_stamp(text);
	text->in_line = !end;
	put(text, data, part + !!end);
	memcpy(text->line + text->length, data, part < room ? part : room);
	text->length += part < room ? part : room;
	text->offset += part + !!end;
	if (end)
		take_line(text);
	return part + !!end;
}

/* --- what comes again ----------------------------------------------------- */

/* More than that is not looked through. */
#define MAX_REPLAY ((size_t)1 << 18)

static void keep_tail(struct console_text *text, const char *data, size_t size)
{
	size_t keep = CONSOLE_TAIL - size;

	if (size >= CONSOLE_TAIL) {
		memcpy(text->tail, data + size - CONSOLE_TAIL, CONSOLE_TAIL);
		text->tail_length = CONSOLE_TAIL;
		return;
	}
	if (text->tail_length > keep) {
		memmove(text->tail, text->tail + text->tail_length - keep,
			keep);
		text->tail_length = keep;
	}
	memcpy(text->tail + text->tail_length, data, size);
	text->tail_length += size;
}

void console_text_begin_replay(struct console_text *text)
{
	/* without memory, what is there comes twice */
	if (!text->replay)
		text->replay = malloc(MAX_REPLAY);
	text->replay_length = 0;
}

static bool add(struct console_text *text, const char *data, size_t size)
{
	keep_tail(text, data, size);
	while (size && !text->found) {
		size_t part = take_part(text, data, size);

		data += part;
		size -= part;
	}
	/* a prompt has to show at once */
	return !fflush(stdout) && !ferror(stdout) &&
	       (!text->log || (!fflush(text->log) && !ferror(text->log)));
}

bool console_text_end_replay(struct console_text *text)
{
	char *replay = text->replay;
	bool open;

	if (!replay)
		return true;
	text->replay = NULL;
	open = add(text, replay, text->replay_length);
	free(replay);
	return open;
}

/* Where the replay is behind what was printed; NULL: not yet. */
static const char *find_place(const struct console_text *text)
{
	const char *at = memmem(text->replay, text->replay_length, text->tail,
				text->tail_length);

	return at ? at + text->tail_length : NULL;
}

bool console_text_add(struct console_text *text, const void *data, size_t size)
{
	const char *place;
	bool open;

	if (!text->replay)
		return add(text, data, size);
	if (size > MAX_REPLAY - text->replay_length)
		return console_text_end_replay(text) && add(text, data, size);
	memcpy(text->replay + text->replay_length, data, size);
	text->replay_length += size;
	place = find_place(text);
	if (!place)
		return true;

	char *replay = text->replay;

	text->replay = NULL;
	open = add(text, place, text->replay_length - (size_t)(place - replay));
	free(replay);
	return open;
}
