// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What a dialect cannot hold. Nothing knows that by heart: the written bytes
 * are read again, and what differs then was lost.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "codec/codec.h"
#include "model/members.h"
#include "util/bytes.h"

#define HINT "choose another dialect, or drop what this one cannot hold"

struct report {
	const struct jhcfg_dialect *dialect;
	const struct jhcfg_config *config;
	enum jhcfg_severity severity;
	struct jhcfg_diags *diags;
	char object[CODEC_OBJECT_SIZE];
	bool has_ports;	     /* as a bitmap, compared by itself */
	const char *missing; /* the last part that was reported as a whole */
	int count;
};

static void add(struct report *report, const struct jhcfg_difference *found,
		const char *text)
{
	char place[64];

	if (found->index == SIZE_MAX)
		snprintf(place, sizeof(place), "%s", found->part);
	else
		snprintf(place, sizeof(place), "%s %zu", found->part,
			 found->index);
	jhcfg_diags_add(report->diags, report->severity, "F10", report->object,
			place, HINT, "%s cannot hold %s",
			report->dialect->title, text);
	report->count++;
}

/* All of a list or set is lost: once is enough. */
static void add_missing(struct report *report,
			const struct jhcfg_difference *found)
{
	struct jhcfg_difference first = *found;
	char text[64];

	if (report->missing == found->part)
		return;
	report->missing = found->part;
	first.index = SIZE_MAX;
	snprintf(text, sizeof(text), "%s %zu or later ones", found->part,
		 found->index);
	add(report, &first, text);
}

static void list_flags(const struct jhcfg_name *names, uint64_t flags,
		       char *text, size_t size)
{
	size_t length = 0;

	text[0] = '\0';
	for (; names->name && length < size; names++) {
		if (!(flags & names->value))
			continue;
		length += (size_t)snprintf(text + length, size - length, " %s",
					   names->name);
		flags &= ~names->value;
	}
	if (flags && length < size)
		snprintf(text + length, size - length, " 0x%" PRIx64, flags);
}

static void add_flags(struct report *report,
		      const struct jhcfg_difference *found, uint64_t flags)
{
	char names[160], text[200];

	list_flags(found->member->names, flags, names, sizeof(names));
	snprintf(text, sizeof(text), "%s%s", found->member->name, names);
	add(report, found, text);
}

static void add_value(struct report *report,
		      const struct jhcfg_difference *found)
{
	const struct jhcfg_member *member = found->member;
	const char *name = NULL;
	char text[96];
	uint64_t value;

	if (member->kind == JHCFG_MEMBER_TEXT ||
	    member->kind == JHCFG_MEMBER_BYTES) {
		add(report, found, member->name);
		return;
	}
	value = jhcfg_get_member(found->a, member->size);
	if (member->names)
		name = jhcfg_name_of(member->names, value);
	if (name)
		snprintf(text, sizeof(text), "%s %s", member->name, name);
	else
		snprintf(text, sizeof(text), "%s 0x%" PRIx64, member->name,
			 value);
	add(report, found, text);
}

static void found(void *context, const struct jhcfg_difference *found)
{
	struct report *report = context;
	const struct jhcfg_member *member = found->member;
	uint64_t lost;

	if (report->has_ports &&
	    found->part == jhcfg_list_infos[JHCFG_LIST_PIO].one)
		return;
	if (!member) {
		add_missing(report, found);
		return;
	}
	/* what the file adds, such as the type of an IOMMU, is no loss */
	if (jhcfg_is_zero(found->a, member->size))
		return;
	if (member->kind != JHCFG_MEMBER_FLAGS) {
		add_value(report, found);
		return;
	}
	lost = jhcfg_get_member(found->a, member->size) &
	       ~jhcfg_get_member(found->b, member->size);
	if (lost)
		add_flags(report, found, lost);
}

static const struct codec_array *find_ports(const struct jhcfg_dialect *dialect)
{
	for (unsigned int n = 0; n < dialect->num_arrays; n++) {
		if (dialect->arrays[n].kind == &codec_ports)
			return &dialect->arrays[n];
	}
	return NULL;
}

/* A bitmap holds the ports, however they are cut into ranges. */
static void check_ports(struct report *report, const struct codec_array *ports)
{
	const struct jhcfg_list *list =
		&report->config->cell.lists[JHCFG_LIST_PIO];
	uint64_t num_ports = ports->kind->count(ports, report->config) * 8;

	for (size_t n = 0; n < list->count; n++) {
		const struct jhcfg_pio *range = &list->items[n].value.pio;
		const struct jhcfg_difference where = {
			.part = jhcfg_list_infos[JHCFG_LIST_PIO].one,
			.index = n,
		};

		if (range->length &&
		    (uint64_t)range->base + range->length > num_ports)
			add(report, &where, "all ports of the range");
	}
}

int codec_report_lost(const struct jhcfg_dialect *dialect,
		      const struct jhcfg_config *config, const void *data,
		      size_t size, enum jhcfg_severity severity,
		      struct jhcfg_diags *diags)
{
	const struct codec_array *ports = find_ports(dialect);
	struct codec_input in = {
		.data = data,
		.size = size,
		.has_system = config->has_system,
	};
	struct report report = {
		.dialect = dialect,
		.config = config,
		.severity = severity,
		.diags = diags,
		.has_ports = ports,
	};
	struct jhcfg_config *again;

	if (codec_read(dialect, config->architecture, &in, &again))
		return -ENOMEM;
	codec_object_name(config, report.object);
	jhcfg_config_compare(config, again, found, &report);
	if (ports)
		check_ports(&report, ports);
	jhcfg_config_free(again);
	return report.count > 0;
}

static void check_console(const struct jhcfg_dialect *dialect,
			  const struct jhcfg_console *console,
			  const char *object, const char *place,
			  struct jhcfg_diags *diags)
{
	const char *name = jhcfg_name_of(jhcfg_console_types, console->type);

	if (console->type <= dialect->max_console_type ||
	    console->type == dialect->own_console_type || !name)
		return;
	jhcfg_diags_add(diags, JHCFG_WARNING, "F11", object, place, NULL,
			"%s knows no console type %s", dialect->title, name);
}

static void check_iommus(const struct jhcfg_dialect *dialect,
			 const struct jhcfg_platform *platform,
			 const char *object, struct jhcfg_diags *diags)
{
	for (unsigned int n = 0; n < JHCFG_MAX_IOMMU_UNITS; n++) {
		uint32_t type = platform->iommu_units[n].type;
		const char *name = jhcfg_name_of(jhcfg_iommu_types, type);
		char place[48];

		if (type <= dialect->max_iommu_type || !name)
			continue;
		snprintf(place, sizeof(place), "platform_info.iommu_units %u",
			 n);
		jhcfg_diags_add(diags, JHCFG_WARNING, "F11", object, place,
				NULL, "%s knows no IOMMU type %s",
				dialect->title, name);
	}
}

void codec_report_unknown(const struct jhcfg_dialect *dialect,
			  const struct jhcfg_config *config,
			  struct jhcfg_diags *diags)
{
	char object[CODEC_OBJECT_SIZE];

	codec_object_name(config, object);
	if (config->has_system) {
		check_console(dialect, &config->system.debug_console, object,
			      "debug_console", diags);
		check_iommus(dialect, &config->system.platform, object, diags);
	}
	check_console(dialect, &config->cell.console, object, "console", diags);
}
