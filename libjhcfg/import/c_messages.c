// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What compilers say: "FILE:LINE:COLUMN: error: TEXT", as GCC and Clang agree.
 * Everything else (the line itself, how it was included) is left out.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "import/c_compile.h"

#define MAX_REPORTED 50

struct message {
	enum jhcfg_severity severity;
	const char *file;
	int file_length;
	const char *place; /* "12:5" */
	int place_length;
	const char *text;
	int text_length;
};

static const struct {
	const char *word;
	enum jhcfg_severity severity;
} words[] = {
	{ ": fatal error: ", JHCFG_ERROR },
	{ ": error: ", JHCFG_ERROR },
	{ ": warning: ", JHCFG_WARNING },
};

static const char *find_in_line(const char *line, size_t length,
				const char *wanted)
{
	return memmem(line, length, wanted, strlen(wanted));
}

/* Splits "FILE:12:5" at its first number. */
static bool split_place(const char *head, int length, struct message *message)
{
	for (int n = 0; n + 1 < length; n++) {
		if (head[n] != ':' || !isdigit((unsigned char)head[n + 1]))
			continue;
		message->file = head;
		message->file_length = n;
		message->place = head + n + 1;
		message->place_length = length - n - 1;
		return true;
	}
	return false;
}

static bool parse_line(const char *line, size_t length, struct message *message)
{
	for (size_t n = 0; n < sizeof(words) / sizeof(words[0]); n++) {
		const char *word = find_in_line(line, length, words[n].word);
		const char *text;

		if (!word || !split_place(line, (int)(word - line), message))
			continue;
		text = word + strlen(words[n].word);
		message->severity = words[n].severity;
		message->text = text;
		message->text_length = (int)(line + length - text);
		return true;
	}
	return false;
}

/* Calls @found for each message. */
static void for_each_message(const char *messages,
			     void (*found)(void *context,
					   const struct message *message),
			     void *context)
{
	while (*messages) {
		size_t length = strcspn(messages, "\n");
		struct message message;

		if (parse_line(messages, length, &message))
			found(context, &message);
		messages += length;
		if (*messages)
			messages++;
	}
}

static void count_error(void *context, const struct message *message)
{
	unsigned int *count = context;

	*count += message->severity == JHCFG_ERROR;
}

unsigned int c_messages_count_errors(const char *messages)
{
	unsigned int count = 0;

	for_each_message(messages, count_error, &count);
	return count;
}

struct report {
	const char *source;
	struct jhcfg_diags *diags;
	unsigned int count;
};

static void report_message(void *context, const struct message *message)
{
	struct report *report = context;
	char place[256];

	if (report->count++ >= MAX_REPORTED)
		return;
	/* who shows it puts the name of the source before it anyway */
	if ((size_t)message->file_length == strlen(report->source) &&
	    !strncmp(message->file, report->source,
		     (size_t)message->file_length))
		snprintf(place, sizeof(place), "%.*s", message->place_length,
			 message->place);
	else
		snprintf(place, sizeof(place), "%.*s:%.*s",
			 message->file_length, message->file,
			 message->place_length, message->place);
	jhcfg_diags_add(report->diags, message->severity, "K02", "C source",
			place, NULL, "%.*s", message->text_length,
			message->text);
}

void c_messages_report(const char *messages, const char *source,
		       enum jhcfg_severity otherwise, struct jhcfg_diags *diags)
{
	struct report report = { .source = source, .diags = diags };
	int length = (int)strcspn(messages, "\n");

	for_each_message(messages, report_message, &report);
	if (report.count)
		return;
	/* a crash, say, or a driver's own words: the first line of it */
	if (length)
		jhcfg_diags_add(diags, otherwise, "K02", "C source", "", NULL,
				"%.*s", length, messages);
	else if (otherwise == JHCFG_ERROR)
		jhcfg_diags_add(diags, otherwise, "K02", "C source", "", NULL,
				"the compiler failed and did not say why");
}
