// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/results.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_MESSAGE 512

void check_make_printable(char *text)
{
	for (; *text; text++)
		if (*text < 0x20 || *text > 0x7e)
			*text = '?';
}

/* FNV-1a, over several texts */
static uint32_t hash(uint32_t value, const char *text)
{
	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * 16777619U;
	return value;
}

static size_t bucket_of(const struct jhcfg_finding *finding)
{
	uint32_t value = hash(2166136261U, finding->rule->id);

	value = hash(value, finding->object);
	return hash(value, finding->message) % CHECK_BUCKETS;
}

static bool says_the_same(const struct jhcfg_finding *a,
			  const struct jhcfg_finding *b)
{
	return a->rule == b->rule && !strcmp(a->object, b->object) &&
	       !strcmp(a->message, b->message);
}

static bool is_known(const struct check_results *results,
		     const struct jhcfg_finding *finding, size_t bucket)
{
	for (size_t n = results->heads[bucket]; n; n = results->next[n - 1])
		if (says_the_same(&results->findings->items[n - 1].finding,
				  finding))
			return true;
	return false;
}

static bool make_room(struct check_results *results)
{
	struct jhcfg_findings *findings = results->findings;
	size_t capacity = findings->capacity ? 2 * findings->capacity : 32;
	void *items, *next;

	if (findings->count < findings->capacity)
		return true;
	items = reallocarray(findings->items, capacity,
			     sizeof(*findings->items));
	if (items)
		findings->items = items;
	next = reallocarray(results->next, capacity, sizeof(*results->next));
	if (next)
		results->next = next;
	if (!items || !next) {
		results->failed = true;
		return false;
	}
	findings->capacity = capacity;
	return true;
}

static void add(struct check_results *results,
		const struct jhcfg_finding *finding)
{
	struct jhcfg_findings *findings = results->findings;
	size_t bucket = bucket_of(finding);

	if (is_known(results, finding, bucket) || !make_room(results))
		return;
	results->next[findings->count] = results->heads[bucket];
	results->heads[bucket] = findings->count + 1;
	findings->items[findings->count] = (struct result){
		.finding = *finding,
		.rule = results->rule_number,
		.number = findings->count,
	};
	findings->count++;
	results->of_this_rule++;
}

static struct jhcfg_place place(const struct check_cell *cell,
				enum jhcfg_element element, size_t index)
{
	return (struct jhcfg_place){
		.cell = cell ? cell->key : 0,
		.element = element,
		.index = index,
	};
}

void check_no_memory(const struct check *check)
{
	check->results->failed = true;
}

bool check_enough(const struct check *check)
{
	return check->results->of_this_rule >= CHECK_MAX_OF_A_RULE ||
	       check->results->findings->count >= CHECK_MAX_FINDINGS;
}

void check_report(struct check *check, const struct found *found,
		  const char *format, ...)
{
	struct check_results *results = check->results;
	const struct rule *rule = results->rule;
	struct jhcfg_arena *arena = &results->findings->arena;
	const char *advice = found->advice ? found->advice : rule->info.advice;
	char message[MAX_MESSAGE];
	struct jhcfg_finding finding;
	va_list args;

	if (check->only && found->cell != check->only &&
	    found->related != check->only)
		return;
	if (check_enough(check)) {
		results->findings->dropped++;
		return;
	}
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	check_make_printable(message);
	finding = (struct jhcfg_finding){
		.rule = &rule->info,
		.severity = results->severity,
		.scenario = jhcfg_arena_text(arena, rule->scope == RULE_SCENARIO
							    ? check->scenario
							    : ""),
		.at = place(found->cell, found->element, found->index),
		.related = place(found->related, found->related_element,
				 found->related_index),
		.object = check_object(check, arena, found),
		.message = jhcfg_arena_text(arena, message),
		.advice = jhcfg_arena_text(arena, advice),
		.fixable = rule->fix && !found->unfixable,
		.reason = "",
		.detail = { found->detail[0], found->detail[1] },
	};
	/* Another severity is of the table; what a user wants counts more. */
	if (found->other_severity && results->severity == rule->info.severity)
		finding.severity = found->severity;
	add(results, &finding);
}

/* --- the end -------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	const struct result *x = a, *y = b;

	if (x->finding.severity != y->finding.severity)
		return x->finding.severity < y->finding.severity ? -1 : 1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static int compare_names(const void *a, const void *b)
{
	const struct jhcfg_finding *const *x = a, *const *y = b;
	int order = strcmp((*x)->rule->id, (*y)->rule->id);

	return order ? order : strcmp((*x)->object, (*y)->object);
}

/* Whether a finding in the order of names comes before what the waiver names;
 * without an object, that is all findings of the rule. */
static int compare_waiver(const struct jhcfg_finding *finding,
			  const struct jhcfg_waiver *waiver)
{
	int order = strcmp(finding->rule->id, waiver->rule);

	return order || !*waiver->object
		       ? order
		       : strcmp(finding->object, waiver->object);
}

/* The first in the order of names that is not before the waiver. */
static size_t first_waived(struct jhcfg_finding *const *sorted, size_t count,
			   const struct jhcfg_waiver *waiver)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_waiver(sorted[middle], waiver) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void waive(struct jhcfg_findings *findings,
		  struct jhcfg_finding *const *sorted,
		  const struct jhcfg_waiver *waiver)
{
	const char *reason = NULL;

	for (size_t n = first_waived(sorted, findings->count, waiver);
	     n < findings->count && !compare_waiver(sorted[n], waiver); n++) {
		if (sorted[n]->waived)
			continue;
		if (!reason)
			reason = jhcfg_arena_text(&findings->arena,
						  waiver->reason);
		sorted[n]->waived = true;
		sorted[n]->reason = reason;
	}
}

int check_results_finish(struct jhcfg_findings *findings,
			 const struct jhcfg_workspace *workspace)
{
	struct jhcfg_finding **sorted =
		calloc(findings->count + 1, sizeof(*sorted));
	const struct jhcfg_waiver *waiver;

	if (!sorted)
		return -ENOMEM;
	if (findings->count)
		qsort(findings->items, findings->count,
		      sizeof(*findings->items), compare);
	for (size_t n = 0; n < findings->count; n++)
		sorted[n] = &findings->items[n].finding;
	qsort(sorted, findings->count, sizeof(*sorted), compare_names);
	for (size_t n = 0; (waiver = jhcfg_workspace_waiver(workspace, n)); n++)
		waive(findings, sorted, waiver);
	free(sorted);
	return findings->arena.failed ? -ENOMEM : 0;
}

void jhcfg_findings_free(struct jhcfg_findings *findings)
{
	if (!findings)
		return;
	jhcfg_arena_clear(&findings->arena);
	free(findings->items);
	free(findings->skipped);
	free(findings);
}

size_t jhcfg_findings_count(const struct jhcfg_findings *findings)
{
	return findings->count;
}

const struct jhcfg_finding *jhcfg_findings_at(
	const struct jhcfg_findings *findings, size_t index)
{
	return index < findings->count ? &findings->items[index].finding : NULL;
}

size_t jhcfg_findings_of(const struct jhcfg_findings *findings,
			 enum jhcfg_severity severity)
{
	size_t count = 0;

	for (size_t n = 0; n < findings->count; n++)
		count += findings->items[n].finding.severity == severity &&
			 !findings->items[n].finding.waived;
	return count;
}

size_t jhcfg_findings_dropped(const struct jhcfg_findings *findings)
{
	return findings->dropped;
}

const struct jhcfg_rule *jhcfg_findings_skipped(
	const struct jhcfg_findings *findings, size_t index,
	const char **reason)
{
	if (index >= findings->num_skipped)
		return NULL;
	*reason = findings->skipped[index].reason;
	return findings->skipped[index].rule;
}
