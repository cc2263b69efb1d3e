// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/budget.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

#define BLANKS " \t"

/* "2.5/s", "0": thousandths a second. */
static bool parse_limit(const char *text, uint64_t *limit_milli)
{
	uint64_t value = 0, unit = 1000;
	bool digits = false, point = false;

	for (; (*text >= '0' && *text <= '9') || (*text == '.' && !point);
	     text++) {
		if (*text == '.') {
			point = true;
			continue;
		}
		digits = true;
		if (point)
			unit /= 10;
		/* what is below a thousandth counts nothing */
		if (point && !unit)
			continue;
		if (!point && (__builtin_mul_overflow(value, 10, &value) ||
			       value > UINT32_MAX * UINT64_C(1000)))
			return false;
		value += (uint64_t)(*text - '0') * (point ? unit : 1000);
	}
	if (!digits)
		return false;
	if (!strncmp(text, "/s", 2))
		text += 2;
	*limit_milli = value;
	return !text[strspn(text, BLANKS)];
}

/* Copies @length bytes without the blanks around; false: none, or too many. */
static bool take(char *to, size_t size, const char *text, size_t length)
{
	size_t skip = strspn(text, BLANKS);

	if (skip >= length)
		return false;
	text += skip;
	length -= skip;
	while (strchr(BLANKS, text[length - 1]))
		length--;
	if (length >= size)
		return false;
	memmove(to, text, length);
	to[length] = 0;
	return true;
}

/*
 * The cell's name may have blanks in it; a reason has none and is preceded by
 * one, so the last word is the reason unless it is the only one.
 */
static bool parse_subject(const char *text, size_t length,
			  struct tui_budget *budget)
{
	char *blank;

	strcpy(budget->reason, "total");
	if (!take(budget->cell, sizeof(budget->cell), text, length))
		return false;
	blank = strrchr(budget->cell, ' ');
	if (!blank)
		return true;
	if (!take(budget->reason, sizeof(budget->reason), blank + 1,
		  strlen(blank + 1)))
		return false;
	return take(budget->cell, sizeof(budget->cell), budget->cell,
		    (size_t)(blank - budget->cell));
}

/* "-": none */
static bool is_none(const char *text)
{
	return *text == '-' && !text[1 + strspn(text + 1, BLANKS)];
}

static void take_away(struct tui_budgets *budgets, size_t at)
{
	if (at == budgets->count)
		return;
	budgets->count--;
	memmove(&budgets->all[at], &budgets->all[at + 1],
		(budgets->count - at) * sizeof(*budgets->all));
}

int tui_budgets_add(struct tui_budgets *budgets, const char *text)
{
	const char *colon = strrchr(text, ':'), *limit;
	struct tui_budget budget = { 0 };
	size_t at = 0;

	if (!colon || !parse_subject(text, (size_t)(colon - text), &budget))
		return -EINVAL;
	limit = colon + 1 + strspn(colon + 1, BLANKS);
	if (!is_none(limit) && !parse_limit(limit, &budget.limit_milli))
		return -EINVAL;
	while (at < budgets->count &&
	       (strcmp(budgets->all[at].cell, budget.cell) ||
		strcmp(budgets->all[at].reason, budget.reason)))
		at++;
	if (is_none(limit)) {
		take_away(budgets, at);
		return 0;
	}
	if (at == TUI_MAX_BUDGETS)
		return -ENOSPC;
	budgets->all[at] = budget;
	if (at == budgets->count)
		budgets->count++;
	return 0;
}

void tui_budget_format(const struct tui_budget *budget,
		       char text[TUI_BUDGET_TEXT])
{
	snprintf(text, TUI_BUDGET_TEXT, "%s %s: %" PRIu64 ".%03u/s",
		 budget->cell, budget->reason, budget->limit_milli / 1000,
		 (unsigned int)(budget->limit_milli % 1000));
}

void tui_budgets_copy(struct tui_budgets *to, const struct tui_budgets *from)
{
	to->count = from->count;
	memcpy(to->all, from->all, from->count * sizeof(*from->all));
}

uint64_t tui_budgets_limit(const struct tui_budgets *budgets, const char *cell,
			   unsigned int id, const char *reason)
{
	uint64_t limit = TUI_NO_VALUE;

	for (size_t n = 0; n < budgets->count; n++) {
		const struct tui_budget *budget = &budgets->all[n];

		if (strcmp(budget->reason, reason))
			continue;
		if (!strcmp(budget->cell, cell))
			return budget->limit_milli;
		if (id && !strcmp(budget->cell, "*"))
			limit = budget->limit_milli;
	}
	return limit;
}
