// SPDX-License-Identifier: LGPL-2.1-or-later
#include "import/linux/interrupts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/list.h"
#include "import/linux/text.h"

/* What the chips are called; "IR-" is with interrupt remapping. */
static const char *const chips[] = { "IO-APIC", "IR-IO-APIC", "GICv3",
				     "GICv2",	"GIC-0",      "GIC" };

static bool skip_chip(const char **at)
{
	size_t length = strcspn(*at, " ");

	for (size_t n = 0; n < sizeof(chips) / sizeof(chips[0]); n++)
		if (strlen(chips[n]) == length &&
		    !memcmp(*at, chips[n], length)) {
			*at = text_skip_blanks(*at + length);
			return true;
		}
	return false;
}

/* x86 "9-fasteoi", Arm "33 Level"; x86's word is the flow handler */
static enum jhcfg_hw_trigger trigger_of(const char *at)
{
	if (!strncmp(at, "edge", 4) || !strncmp(at, "Edge", 4))
		return JHCFG_TRIGGER_EDGE;
	if (!strncmp(at, "fasteoi", 7) || !strncmp(at, "Level", 5) ||
	    !strncmp(at, "level", 5))
		return JHCFG_TRIGGER_LEVEL;
	return JHCFG_TRIGGER_UNKNOWN;
}

/* " 26:   1   0   IR-IO-APIC   4-edge      ttyS0": a count for each CPU */
static bool parse_line(const char *at, struct interrupt *interrupt)
{
	uint64_t number, pin, count;

	at = text_skip_blanks(at);
	if (!text_decimal(&at, &number) || !text_expect(&at, ":") ||
	    number > UINT32_MAX)
		return false;
	do
		at = text_skip_blanks(at);
	while (text_decimal(&at, &count));
	if (!skip_chip(&at) || !text_decimal(&at, &pin) || pin > UINT32_MAX)
		return false;
	at += *at == '-';
	*interrupt = (struct interrupt){
		.number = (unsigned int)number,
		.pin = (uint32_t)pin,
		.trigger = trigger_of(text_skip_blanks(at)),
	};
	return true;
}

static int append(struct interrupts *interrupts, const struct interrupt *item)
{
	void *items;

	if (interrupts->count == INTERRUPTS_MAX)
		return 0;
	items = list_room(interrupts->items, interrupts->count, sizeof(*item));
	if (!items)
		return -ENOMEM;
	interrupts->items = items;
	interrupts->items[interrupts->count++] = *item;
	return 0;
}

int interrupts_parse(struct interrupts *interrupts, char *text)
{
	struct text_lines lines = { text, 0 };
	const char *line;
	int err = 0;

	*interrupts = (struct interrupts){ 0 };
	while (!err && (line = text_next_line(&lines))) {
		struct interrupt interrupt;

		if (!parse_line(line, &interrupt))
			continue;
		interrupt.line = lines.number;
		err = append(interrupts, &interrupt);
	}
	if (err)
		interrupts_clear(interrupts);
	return err;
}

void interrupts_clear(struct interrupts *interrupts)
{
	free(interrupts->items);
	*interrupts = (struct interrupts){ 0 };
}

const struct interrupt *interrupts_find(const struct interrupts *interrupts,
					unsigned int number)
{
	for (size_t n = 0; n < interrupts->count; n++)
		if (interrupts->items[n].number == number)
			return &interrupts->items[n];
	return NULL;
}
