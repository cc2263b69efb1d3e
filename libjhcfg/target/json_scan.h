/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * JSON of a file, a line for each value, read piece by piece: what is not kept
 * takes no memory, and what is kept takes it once. A line ends a value that is
 * not complete. RFC 8259; bytes of strings are taken as they are.
 */
#ifndef JHCFG_TARGET_JSON_SCAN_H
#define JHCFG_TARGET_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was read and not looked at yet is [at, end). */
struct json_scan {
	int fd; /* -1: all of it is in memory */
	const char *at, *end;
	char *buffer;
	uint64_t offset; /* of @end */
	int error;	 /* of read(); 0: none */
};

/* A text with a NUL behind it, of which there may be others in it. */
struct json_text {
	char *text;
	size_t size, room;
};

/* Of the file @fd, which stays open, or of @size bytes at @memory if @fd is
 * -1. -ENOMEM. */
int json_scan_open(struct json_scan *scan, int fd, const char *memory,
		   size_t size);
void json_scan_close(struct json_scan *scan);

uint64_t json_scan_position(const struct json_scan *scan);
/* To a position that there was. */
void json_scan_seek(struct json_scan *scan, uint64_t position);
/* Behind the next newline. false: the file ends before one. */
bool json_scan_next_line(struct json_scan *scan);
/* Nothing is left of the line. */
bool json_scan_is_line_end(struct json_scan *scan);

/*
 * These take one value. -EINVAL: there is another one, or none; -ENOMEM. If
 * they fail, the rest of the line is worth nothing.
 */

/* The next byte but blanks is @byte: it is taken. */
bool json_scan_take(struct json_scan *scan, char byte);
/* @text may be NULL: it is not kept. */
int json_scan_string(struct json_scan *scan, struct json_text *text);
/* A number without a fraction. */
int json_scan_integer(struct json_scan *scan, int64_t *value);
bool json_scan_null(struct json_scan *scan);
/* Any value. */
int json_scan_skip(struct json_scan *scan);
/*
 * The next key of an object whose '{' was taken, with its colon; *@first is
 * true at first. 1: there is one, 0: the object has ended.
 */
int json_scan_key(struct json_scan *scan, bool *first, struct json_text *key);

void json_text_clear(struct json_text *text);

#endif
