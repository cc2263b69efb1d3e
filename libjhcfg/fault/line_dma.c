// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * "IOMMU unit 0: cell "x": PCI device 00:03.0 (stream 0x18): write to
 * 0x70000000: no translation (32 times)": who, what and why, of which the
 * second and the number of times may be missing.
 */
#include "fault/lines.h"

static void apply_pci(struct fault_slot *slot, const struct match *match)
{
	fault_set_function(slot, match->numbers);
	slot->fault.stream = (uint32_t)match->numbers[3];
}

static void apply_stream(struct fault_slot *slot, const struct match *match)
{
	slot->fault.stream = (uint32_t)match->numbers[0];
}

static void apply_access(struct fault_slot *slot, const struct match *match)
{
	fault_set_access(slot, match->access);
	fault_set_address(slot, match->numbers[0]);
}

/* clang-format off */
static const struct fault_row devices[] = {
{ "PCI device %x:%x.%x (stream %x): %*", 0, 0, apply_pci },
{ "stream %x: %*", 0, 0, apply_stream },
{ NULL },
};

static const struct fault_row accesses[] = {
{ "%a to %x: %*", 0, 0, apply_access },
{ "%a from %x: %*", 0, 0, apply_access },
{ NULL },
};
/* clang-format on */

/* Takes what one of @rows tells off the begin of @text. */
static void take_part(struct fault_slot *slot, const struct fault_row *rows,
		      struct match_text *text)
{
	struct match match;

	for (; rows->pattern; rows++) {
		if (!match_line(rows->pattern, text->start, text->length,
				&match))
			continue;
		rows->apply(slot, &match);
		*text = match.rest;
		return;
	}
}

/* "no translation (32 times)" */
static void take_times(struct fault_slot *slot, struct match_text *text)
{
	struct match match;
	size_t at = text->length;

	while (at && text->start[at - 1] != '(')
		at--;
	if (at < 2 || !match_line("%d times)", text->start + at,
				  text->length - at, &match))
		return;
	slot->fault.times = match.numbers[0];
	text->length = at - 2;
}

void fault_apply_dma(struct fault_slot *slot, const struct match *match)
{
	struct match_text text = match->rest;

	slot->fault.unit = (unsigned int)match->numbers[0];
	slot->fault.times = 1;
	fault_set_cell(slot, match);
	take_part(slot, devices, &text);
	take_part(slot, accesses, &text);
	take_times(slot, &text);
	fault_set_cause(slot, &text);
}
