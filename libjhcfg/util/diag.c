// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/diag.h>

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DIAGS 1000

struct jhcfg_diags {
	struct jhcfg_diag *items;
	size_t count;
	size_t capacity;
};

struct jhcfg_diags *jhcfg_diags_new(void)
{
	return calloc(1, sizeof(struct jhcfg_diags));
}

static void free_string(const char *string)
{
	free((void *)(uintptr_t)string);
}

static void free_item(struct jhcfg_diag *item)
{
	free_string(item->rule);
	free_string(item->object);
	free_string(item->place);
	free_string(item->text);
	free_string(item->hint);
}

void jhcfg_diags_free(struct jhcfg_diags *diags)
{
	if (!diags)
		return;
	for (size_t n = 0; n < diags->count; n++)
		free_item(&diags->items[n]);
	free(diags->items);
	free(diags);
}

size_t jhcfg_diags_count(const struct jhcfg_diags *diags,
			 enum jhcfg_severity severity)
{
	size_t count = 0;

	for (size_t n = 0; n < diags->count; n++)
		count += diags->items[n].severity == severity;
	return count;
}

const struct jhcfg_diag *jhcfg_diags_get(const struct jhcfg_diags *diags,
					 size_t index)
{
	return index < diags->count ? &diags->items[index] : NULL;
}

const char *jhcfg_severity_name(enum jhcfg_severity severity)
{
	static const char *const names[] = {
		[JHCFG_ERROR] = "error",
		[JHCFG_WARNING] = "warning",
		[JHCFG_INFO] = "info",
	};

	return names[severity];
}

static struct jhcfg_diag *new_item(struct jhcfg_diags *diags)
{
	if (diags->count == MAX_DIAGS)
		return NULL;
	if (diags->count == diags->capacity) {
		size_t capacity = diags->capacity ? 2 * diags->capacity : 8;
		void *items = reallocarray(diags->items, capacity,
					   sizeof(*diags->items));

		if (!items)
			return NULL;
		diags->items = items;
		diags->capacity = capacity;
	}
	return &diags->items[diags->count];
}

void jhcfg_diags_add(struct jhcfg_diags *diags, enum jhcfg_severity severity,
		     const char *rule, const char *object, const char *place,
		     const char *hint, const char *format, ...)
{
	struct jhcfg_diag *item;
	char *text = NULL;
	va_list args;

	item = diags ? new_item(diags) : NULL;
	if (!item)
		return;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);

	*item = (struct jhcfg_diag){
		.severity = severity,
		.rule = strdup(rule),
		.object = strdup(object),
		.place = strdup(place),
		.text = text,
		.hint = strdup(hint ? hint : ""),
	};
	if (item->rule && item->object && item->place && text && item->hint)
		diags->count++;
	else
		free_item(item);
}
