/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text as the kernel writes it: lines, and numbers within them. */
#ifndef IMPORT_LINUX_TEXT_H
#define IMPORT_LINUX_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Lines of a buffer that ends with a NUL and may be written to. */
struct text_lines {
	char *next;
	unsigned int number; /* of the line that was returned last, from 1 */
};

/* The next line without its end, or NULL. */
char *text_next_line(struct text_lines *lines);

/* Each reads at *@at and moves it behind what was read; false (and nothing is
 * moved) if there is no such thing or if it is too large. */
bool text_hex(const char **at, uint64_t *value);
bool text_decimal(const char **at, uint64_t *value);
bool text_expect(const char **at, const char *words);
const char *text_skip_blanks(const char *at);

/* All of @text (blanks around it do not count), decimal or 0x. */
bool text_number(const char *text, uint64_t *value);
/* "key\t: value" as /proc/cpuinfo has it: the value if the line has this key,
 * else NULL. */
const char *text_value(const char *line, const char *key);
/* Is it one of the words of @text, which blanks separate? */
bool text_has_word(const char *text, const char *word);

/* Numbers of a list "0-3,8,10-11" in ascending order; @from is the least that
 * is wanted. UINT64_MAX behind the last one, and for what is no list. */
uint64_t text_list_next(const char *list, uint64_t from);

#endif
