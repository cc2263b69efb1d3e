// SPDX-License-Identifier: LGPL-2.1-or-later
/* Boards: their differences, and fingerprints. */
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff/diff.h"
#include "diff/facts.h"

/* --- differences -------------------------------------------------------------
 */

/* First fact behind the object that begins at @first. */
static size_t end_of_object(const struct facts *facts, size_t first)
{
	size_t n = first + 1;

	while (n < facts->count &&
	       !facts_compare_object(&facts->items[first], &facts->items[n]))
		n++;
	return n;
}

/* An object that only one board has, in one line. */
static void tell_object(struct jhcfg_diff *diff, enum jhcfg_change_kind kind,
			const struct facts *facts, size_t first, size_t end)
{
	const char *text = "";

	for (size_t n = first; n < end; n++)
		text = diff_text(diff, "%s%s%s %s", text, *text ? "; " : "",
				 facts->items[n].member, facts->items[n].value);
	diff_add(diff, kind, facts->items[first].object, NULL,
		 kind == JHCFG_REMOVED ? text : NULL,
		 kind == JHCFG_ADDED ? text : NULL);
}

static void tell_member(struct jhcfg_diff *diff, const struct fact *fact,
			const char *a, const char *b)
{
	diff_add(diff, JHCFG_CHANGED, fact->object, fact->member, a, b);
}

/* Facts of one object in both, by member. */
static void compare_object(struct jhcfg_diff *diff, const struct fact *a,
			   const struct fact *end_a, const struct fact *b,
			   const struct fact *end_b)
{
	while (a < end_a && b < end_b) {
		int order = facts_compare(a, b);

		if (order < 0) {
			tell_member(diff, a, a->value, NULL);
		} else if (order > 0) {
			tell_member(diff, b, NULL, b->value);
		} else if (strcmp(a->value, b->value)) {
			tell_member(diff, a, a->value, b->value);
		}
		a += order <= 0;
		b += order >= 0;
	}
	for (; a < end_a; a++)
		tell_member(diff, a, a->value, NULL);
	for (; b < end_b; b++)
		tell_member(diff, b, NULL, b->value);
}

static void compare_facts(struct jhcfg_diff *diff, const struct facts *a,
			  const struct facts *b)
{
	size_t at_a = 0, at_b = 0;

	while (at_a < a->count || at_b < b->count) {
		size_t end_a = at_a < a->count ? end_of_object(a, at_a) : at_a;
		size_t end_b = at_b < b->count ? end_of_object(b, at_b) : at_b;
		int order = at_a == a->count ? 1
			    : at_b == b->count
				    ? -1
				    : facts_compare_object(&a->items[at_a],
							   &b->items[at_b]);

		if (order < 0)
			tell_object(diff, JHCFG_REMOVED, a, at_a, end_a);
		else if (order > 0)
			tell_object(diff, JHCFG_ADDED, b, at_b, end_b);
		else
			compare_object(diff, a->items + at_a, a->items + end_a,
				       b->items + at_b, b->items + end_b);
		if (order <= 0)
			at_a = end_a;
		if (order >= 0)
			at_b = end_b;
	}
}

void diff_boards(struct jhcfg_diff *diff, const struct jhcfg_board *a,
		 const struct jhcfg_board *b)
{
	struct facts of_a = { .count = 0 }, of_b = { .count = 0 };

	facts_collect(&of_a, a);
	facts_collect(&of_b, b);
	if (of_a.failed || of_b.failed)
		diff->failed = true;
	else
		compare_facts(diff, &of_a, &of_b);
	facts_clear(&of_a);
	facts_clear(&of_b);
}

/* --- fingerprints ------------------------------------------------------------
 */

#define VERSION	    "1"
#define SHOWN_BYTES 8U /* of each sum: against accidents */

static void add_text(SHA2_CTX *sum, const char *text)
{
	/* with the NUL, so that texts do not run into each other */
	SHA256Update(sum, (const uint8_t *)text, strlen(text) + 1);
}

static void print_sum(FILE *out, const char *name, SHA2_CTX *sum)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];

	SHA256Final(digest, sum);
	fprintf(out, " %s:", name);
	for (size_t n = 0; n < SHOWN_BYTES; n++)
		fprintf(out, "%02x", digest[n]);
}

char *jhcfg_board_fingerprint(const struct jhcfg_board *board)
{
	SHA2_CTX sums[FACT_NUM_AREAS];
	struct facts facts = { .count = 0 };
	char *text = NULL;
	size_t size;
	FILE *out;

	for (size_t n = 0; n < FACT_NUM_AREAS; n++)
		SHA256Init(&sums[n]);
	facts_collect(&facts, board);
	for (size_t n = 0; n < facts.count; n++) {
		const struct fact *fact = &facts.items[n];

		if (fact->is_choice)
			continue;
		add_text(&sums[fact->area], fact->object);
		add_text(&sums[fact->area], fact->member);
		add_text(&sums[fact->area], fact->value);
	}
	out = facts.failed ? NULL : open_memstream(&text, &size);
	facts_clear(&facts);
	if (!out)
		return NULL;
	fputs(VERSION, out);
	for (size_t n = 0; n < FACT_NUM_AREAS; n++)
		print_sum(out, fact_area_names[n], &sums[n]);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}

/* --- comparing them ----------------------------------------------------------
 */

/* The next word, without what is around it; false behind the last one. */
static bool next_word(const char **at, const char **word, size_t *length)
{
	*word = *at + strspn(*at, " ");
	*length = strcspn(*word, " ");
	*at = *word + *length;
	return *length;
}

/* Length of the area's name; a word without one is the version. */
static size_t name_length(const char *word, size_t length)
{
	const char *colon = memchr(word, ':', length);

	return colon ? (size_t)(colon - word) : 0;
}

/* The word of the same area, NULL without one. */
static const char *find_area(const char *fingerprint, const char *name,
			     size_t name_size, size_t *length)
{
	const char *word;

	while (next_word(&fingerprint, &word, length))
		if (name_length(word, *length) == name_size &&
		    !strncmp(word, name, name_size))
			return word;
	return NULL;
}

static void print_area(FILE *out, const char *word, size_t length,
		       size_t *count)
{
	size_t name = name_length(word, length);

	fprintf(out, "%s%.*s", (*count)++ ? ", " : "",
		name ? (int)name : (int)strlen("version"),
		name ? word : "version");
}

/* Areas of @a that @b has not, or, if @changed, has another value of. */
static void compare_areas(FILE *out, const char *a, const char *b, bool changed,
			  size_t *count)
{
	const char *word, *other;
	size_t length, other_length;

	while (next_word(&a, &word, &length)) {
		other = find_area(b, word, name_length(word, length),
				  &other_length);
		if (!other || (changed && (other_length != length ||
					   strncmp(word, other, length) != 0)))
			print_area(out, word, length, count);
	}
}

char *jhcfg_fingerprint_compare(const char *a, const char *b)
{
	char *text = NULL;
	size_t size, count = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	compare_areas(out, a, b, true, &count);
	compare_areas(out, b, a, false, &count);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}
