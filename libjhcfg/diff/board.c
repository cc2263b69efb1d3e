// SPDX-License-Identifier: LGPL-2.1-or-later
/* Boards: their differences, and fingerprints. */
#include <inttypes.h>
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

#define VERSION	   "1"
#define FNV_OFFSET 0xcbf29ce484222325ULL
#define FNV_PRIME  0x100000001b3ULL

/* FNV-1a: against accidents, not against somebody who wants a collision. */
static uint64_t hash(uint64_t state, const char *text)
{
	do
		state = (state ^ (uint8_t)*text) * FNV_PRIME;
	while (*text++);
	return state;
}

char *jhcfg_board_fingerprint(const struct jhcfg_board *board)
{
	uint64_t sums[FACT_NUM_AREAS];
	struct facts facts = { .count = 0 };
	char *text = NULL;
	size_t size;
	FILE *out;

	for (size_t n = 0; n < FACT_NUM_AREAS; n++)
		sums[n] = FNV_OFFSET;
	facts_collect(&facts, board);
	for (size_t n = 0; n < facts.count; n++) {
		const struct fact *fact = &facts.items[n];
		uint64_t *sum = &sums[fact->area];

		*sum = hash(hash(hash(*sum, fact->object), fact->member),
			    fact->value);
	}
	out = facts.failed ? NULL : open_memstream(&text, &size);
	facts_clear(&facts);
	if (!out)
		return NULL;
	fputs(VERSION, out);
	for (size_t n = 0; n < FACT_NUM_AREAS; n++)
		fprintf(out, " %s:%016" PRIx64, fact_area_names[n], sums[n]);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}

/* The value behind "name:", "" if there is none. */
static const char *area_of(const char *fingerprint, const char *name)
{
	size_t length = strlen(name);

	for (; *fingerprint; fingerprint += strcspn(fingerprint, " ")) {
		fingerprint += strspn(fingerprint, " ");
		if (!strncmp(fingerprint, name, length) &&
		    fingerprint[length] == ':')
			return fingerprint + length + 1;
	}
	return "";
}

static bool same_word(const char *a, const char *b)
{
	size_t length = strcspn(a, " ");

	return length == strcspn(b, " ") && !strncmp(a, b, length);
}

char *jhcfg_fingerprint_compare(const char *a, const char *b)
{
	char *text = NULL;
	size_t size, count = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	if (!same_word(a, b)) {
		fputs("version", out);
		count++;
	}
	for (size_t n = 0; n < FACT_NUM_AREAS; n++)
		if (!same_word(area_of(a, fact_area_names[n]),
			       area_of(b, fact_area_names[n])))
			fprintf(out, "%s%s", count++ ? ", " : "",
				fact_area_names[n]);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}
