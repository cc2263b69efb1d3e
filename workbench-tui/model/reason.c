// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/reason.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "model/sample.h"

#define PREFIX "vmexits_"

/* How the ones that we know are called; others by their own names. */
static const struct title {
	const char *name, *title;
} titles[] = {
	{ "total", "EXIT/s" },
	{ "mmio", "MMIO/s" },
	{ "management", "MGMT/s" },
	{ "hypercall", "HVC/s" },
	{ "maintenance", "MAINT/s" },
	{ "virt_irq", "IRQ/s" },
	{ "virt_sgi", "SGI/s" },
	{ "psci", "PSCI/s" },
	{ "smccc", "SMC/s" },
	{ "cp15", "CP15/s" },
	{ "pio", "PIO/s" },
	{ "xapic", "XAPIC/s" },
	{ "cr", "CR/s" },
	{ "cpuid", "CPUID/s" },
	{ "xsetbv", "XSETBV/s" },
	{ "exception", "EXC/s" },
	{ "msr", "MSR/s" },
	{ "msr_other", "MSR/s" },
	{ "msr_x2apic_icr", "ICR/s" },
};

/* Times of each reason are many files that nothing here shows. */
const char *const sample_skip[] = { "config", "console", "core", NULL };
const char sample_skip_suffix[] = "_ticks";

static bool ends_with(const char *text, size_t length, const char *end)
{
	size_t size = strlen(end);

	return length >= size && !memcmp(text + length - size, end, size);
}

/* It becomes a name of metrics, columns and options as it is. */
static bool is_reason(const char *name)
{
	size_t length = strlen(name);

	if (strncmp(name, PREFIX, strlen(PREFIX)) ||
	    length >= sizeof(((struct tui_reason *)0)->counter) ||
	    length == strlen(PREFIX) ||
	    ends_with(name, length, sample_skip_suffix))
		return false;
	return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

static void set_title(struct tui_reason *reason)
{
	size_t n;

	for (n = 0; n < sizeof(titles) / sizeof(*titles); n++) {
		if (!strcmp(titles[n].name, reason->name)) {
			strcpy(reason->title, titles[n].title);
			return;
		}
	}
	for (n = 0; n < 8 && reason->name[n]; n++)
		reason->title[n] = (char)toupper(reason->name[n]);
	strcpy(reason->title + n, "/s");
}

static void add(struct tui_store *store, const char *name)
{
	struct tui_reason *reason = &store->reasons[store->model.num_reasons++];

	*reason = (struct tui_reason){ 0 };
	snprintf(reason->counter, sizeof(reason->counter), "%s", name);
	snprintf(reason->name, sizeof(reason->name), "%.39s",
		 name + strlen(PREFIX));
	set_title(reason);
}

int reason_find(struct tui_store *store, const char *name,
		struct reason_hint *hint)
{
	size_t count = store->model.num_reasons;
	unsigned char *next = &hint->next[hint->last];

	if (*next < count && !strcmp(store->reasons[*next].counter, name))
		return hint->last = *next;
	for (size_t n = 0; n < count; n++) {
		if (!strcmp(store->reasons[n].counter, name)) {
			*next = (unsigned char)n;
			return hint->last = (int)n;
		}
	}
	if (!is_reason(name))
		return -1;
	if (!count)
		add(store, PREFIX "total");
	if (!strcmp(name, PREFIX "total"))
		return hint->last = 0;
	if (store->model.num_reasons == TUI_MAX_REASONS)
		return -1;
	add(store, name);
	return hint->last = (int)store->model.num_reasons - 1;
}
