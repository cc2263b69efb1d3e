// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/json_scan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER	  4096
#define MAX_DEPTH 8 /* of what is skipped; nothing of ours is so deep */
#define PIECE	  128
#define END	  (-1)

int json_scan_open(struct json_scan *scan, int fd, const char *memory,
		   size_t size)
{
	*scan = (struct json_scan){ .fd = fd };
	if (fd < 0) {
		scan->at = memory;
		scan->end = memory + size;
		scan->offset = size;
		return 0;
	}
	scan->buffer = malloc(BUFFER);
	scan->at = scan->end = scan->buffer;
	return scan->buffer ? 0 : -ENOMEM;
}

void json_scan_close(struct json_scan *scan)
{
	free(scan->buffer);
}

uint64_t json_scan_position(const struct json_scan *scan)
{
	return scan->offset - (uint64_t)(scan->end - scan->at);
}

void json_scan_seek(struct json_scan *scan, uint64_t position)
{
	if (scan->fd < 0) {
		scan->at = scan->end - (scan->offset - position);
		return;
	}
	if (position == json_scan_position(scan))
		return;
	scan->at = scan->end = scan->buffer;
	scan->offset = position;
}

/* Reads on when all was looked at. false: there is no more. */
static bool more(struct json_scan *scan)
{
	ssize_t got;

	if (scan->at < scan->end)
		return true;
	if (scan->fd < 0)
		return false;
	do
		got = pread(scan->fd, scan->buffer, BUFFER,
			    (off_t)scan->offset);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		scan->error = -errno;
	if (got <= 0)
		return false;
	scan->at = scan->buffer;
	scan->end = scan->buffer + got;
	scan->offset += (uint64_t)got;
	return true;
}

static int peek(struct json_scan *scan)
{
	return more(scan) ? (unsigned char)*scan->at : END;
}

/* The next byte that is no blank, which is not taken. */
static int peek_value(struct json_scan *scan)
{
	int byte;

	while ((byte = peek(scan)) == ' ' || byte == '\t' || byte == '\r')
		scan->at++;
	return byte;
}

bool json_scan_next_line(struct json_scan *scan)
{
	while (more(scan)) {
		const char *line =
			memchr(scan->at, '\n', (size_t)(scan->end - scan->at));

		scan->at = line ? line + 1 : scan->end;
		if (line)
			return true;
	}
	return false;
}

bool json_scan_is_line_end(struct json_scan *scan)
{
	int byte = peek_value(scan);

	return byte == '\n' || byte == END;
}

bool json_scan_take(struct json_scan *scan, char byte)
{
	if (peek_value(scan) != (unsigned char)byte)
		return false;
	scan->at++;
	return true;
}

/* --- strings -------------------------------------------------------------- */

void json_text_clear(struct json_text *text)
{
	free(text->text);
	*text = (struct json_text){ 0 };
}

/* Room for a NUL stays behind it. */
static int append(struct json_text *text, const char *bytes, size_t size)
{
	size_t room = text->room ? text->room : 64;
	char *grown;

	while (room - 1 - text->size < size) {
		if (__builtin_mul_overflow(room, 2, &room))
			return -ENOMEM;
	}
	if (room != text->room) {
		grown = realloc(text->text, room);
		if (!grown)
			return -ENOMEM;
		text->text = grown;
		text->room = room;
	}
	memcpy(text->text + text->size, bytes, size);
	text->size += size;
	text->text[text->size] = 0;
	return 0;
}

static int hex_digit(int byte)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	const char *at = byte > 0 ? strchr(digits, byte) : NULL;
	int value = at ? (int)(at - digits) : -1;

	return value > 15 ? value - 6 : value;
}

/* The four digits of "\u00fc", or -EINVAL. */
static int take_unit(struct json_scan *scan)
{
	int unit = 0;

	for (int n = 0; n < 4; n++) {
		int digit = hex_digit(peek(scan));

		if (digit < 0)
			return -EINVAL;
		scan->at++;
		unit = unit << 4 | digit;
	}
	return unit;
}

static size_t encode_utf8(uint32_t character, char bytes[4])
{
	static const unsigned char leads[] = { 0, 0xc0, 0xe0, 0xf0 };
	size_t more_bytes = character < 0x80	  ? 0
			    : character < 0x800	  ? 1
			    : character < 0x10000 ? 2
						  : 3;

	for (size_t n = more_bytes; n; n--) {
		bytes[n] = (char)(0x80 | (character & 0x3f));
		character >>= 6;
	}
	bytes[0] = (char)(leads[more_bytes] | character);
	return more_bytes + 1;
}

/* Behind "\u". Half of a pair stands for nothing: U+FFFD. */
static int take_character(struct json_scan *scan, char bytes[4])
{
	int unit = take_unit(scan), low;

	if (unit < 0)
		return unit;
	if (unit < 0xd800 || unit > 0xdfff)
		return (int)encode_utf8((uint32_t)unit, bytes);
	if (unit > 0xdbff || peek(scan) != '\\')
		return (int)encode_utf8(0xfffd, bytes);
	scan->at++;
	if (peek(scan) != 'u')
		return -EINVAL;
	scan->at++;
	low = take_unit(scan);
	if (low < 0)
		return low;
	if (low < 0xdc00 || low > 0xdfff)
		return (int)encode_utf8(0xfffd, bytes);
	return (int)encode_utf8(0x10000 + ((uint32_t)(unit - 0xd800) << 10) +
					(uint32_t)(low - 0xdc00),
				bytes);
}

/* Behind the backslash: the bytes that it stands for, their number. */
static int take_escape(struct json_scan *scan, char bytes[4])
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	int byte = peek(scan);
	const char *name = byte > 0 ? strchr(names, byte) : NULL;

	if (byte != 'u' && !name)
		return -EINVAL;
	scan->at++;
	if (byte == 'u')
		return take_character(scan, bytes);
	bytes[0] = values[name - names];
	return 1;
}

/* Where the next byte is that means something, or @end. */
static const char *plain_end(const char *at, const char *end)
{
	static const char special[] = { '"', '\\', '\n' };

	/* a piece at a time: what is far behind the nearest is not for us */
	if (end - at > PIECE)
		end = at + PIECE;
	for (size_t n = 0; n < sizeof(special); n++) {
		const char *found = memchr(at, special[n], (size_t)(end - at));

		end = found ? found : end;
	}
	return end;
}

int json_scan_string(struct json_scan *scan, struct json_text *text)
{
	int err = 0;

	if (!json_scan_take(scan, '"'))
		return -EINVAL;
	if (text) {
		text->size = 0;
		err = append(text, "", 0);
	}
	while (!err && more(scan)) {
		const char *from = scan->at;
		char bytes[4];
		int size;

		scan->at = plain_end(from, scan->end);
		if (scan->at > from) {
			if (text)
				err = append(text, from,
					     (size_t)(scan->at - from));
			continue;
		}
		if (*from == '\n')
			return -EINVAL;
		scan->at++;
		if (*from == '"')
			return 0;
		size = take_escape(scan, bytes);
		err = size < 0 ? size : 0;
		if (!err && text)
			err = append(text, bytes, (size_t)size);
	}
	return err ? err : -EINVAL;
}

/* --- other values --------------------------------------------------------- */

int json_scan_integer(struct json_scan *scan, int64_t *value)
{
	bool negative = json_scan_take(scan, '-');
	int64_t number = 0;
	int byte = peek(scan), digits = 0;

	for (; byte >= '0' && byte <= '9'; byte = peek(scan)) {
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_sub_overflow(number, byte - '0', &number))
			return -EINVAL;
		scan->at++;
		digits++;
	}
	/* negative all the time, since there is one more of those */
	if (!digits || byte == '.' || byte == 'e' || byte == 'E' ||
	    (!negative && number == INT64_MIN))
		return -EINVAL;
	*value = negative ? number : -number;
	return 0;
}

/* A word or a number of any kind: those are told by whoever wants one. */
static int skip_word(struct json_scan *scan)
{
	size_t size = 0;
	int byte;

	for (; (byte = peek(scan)) > ' ' && !strchr(",:]}\"", byte); size++)
		scan->at++;
	return size ? 0 : -EINVAL;
}

bool json_scan_null(struct json_scan *scan)
{
	const char *word = "null";

	if (peek_value(scan) != 'n')
		return false;
	for (; *word && peek(scan) == *word; word++)
		scan->at++;
	return !*word;
}

int json_scan_key(struct json_scan *scan, bool *first, struct json_text *key)
{
	int err;

	if (json_scan_take(scan, '}'))
		return 0;
	if (!*first && !json_scan_take(scan, ','))
		return -EINVAL;
	*first = false;
	err = json_scan_string(scan, key);
	if (err)
		return err;
	return json_scan_take(scan, ':') ? 1 : -EINVAL;
}

static int skip(struct json_scan *scan, unsigned int depth);

static int skip_object(struct json_scan *scan, unsigned int depth)
{
	bool first = true;
	int got;

	while ((got = json_scan_key(scan, &first, NULL)) > 0) {
		int err = skip(scan, depth);

		if (err)
			return err;
	}
	return got;
}

static int skip_array(struct json_scan *scan, unsigned int depth)
{
	if (json_scan_take(scan, ']'))
		return 0;
	do {
		int err = skip(scan, depth);

		if (err)
			return err;
	} while (json_scan_take(scan, ','));
	return json_scan_take(scan, ']') ? 0 : -EINVAL;
}

static int skip(struct json_scan *scan, unsigned int depth)
{
	if (!depth)
		return -EINVAL;
	if (peek_value(scan) == '"')
		return json_scan_string(scan, NULL);
	if (json_scan_take(scan, '{'))
		return skip_object(scan, depth - 1);
	if (json_scan_take(scan, '['))
		return skip_array(scan, depth - 1);
	return skip_word(scan);
}

int json_scan_skip(struct json_scan *scan)
{
	return skip(scan, MAX_DEPTH);
}
