// SPDX-License-Identifier: LGPL-2.1-or-later
/* Members of structs: their values as text, and which of them differ. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "diff/diff.h"
#include "util/bytes.h"
#include "util/number.h"

static void put_flags(const struct jhcfg_name *names, uint64_t flags,
		      char text[DIFF_TEXT])
{
	size_t used = 0;

	*text = 0;
	for (; names->name; names++) {
		if (!names->value || (flags & names->value) != names->value)
			continue;
		flags &= ~names->value;
		used += (size_t)snprintf(text + used, DIFF_TEXT - used, "%s%s",
					 used ? "|" : "", names->name);
		if (used >= DIFF_TEXT)
			return;
	}
	if (flags || !used)
		snprintf(text + used, DIFF_TEXT - used, "%s%s%" PRIx64,
			 used ? "|" : "", flags ? "0x" : "", flags);
}

static void put_bytes(const uint8_t *bytes, size_t size, char text[DIFF_TEXT])
{
	size_t used = 0;

	*text = 0;
	for (size_t n = 0; n < size && used + 3 < DIFF_TEXT; n++)
		used += (size_t)snprintf(text + used, DIFF_TEXT - used, "%02x",
					 bytes[n]);
}

static void put_number(const struct jhcfg_member *member, uint64_t number,
		       char text[DIFF_TEXT])
{
	const char *name;

	switch (member->kind) {
	case JHCFG_MEMBER_DECIMAL:
		snprintf(text, DIFF_TEXT, "%" PRIu64, number);
		break;
	case JHCFG_MEMBER_SIZE:
		jhcfg_format_size(number, text);
		break;
	case JHCFG_MEMBER_BDF:
		snprintf(text, DIFF_TEXT, "%02x:%02x.%x",
			 (unsigned int)(number >> 8 & 0xff),
			 (unsigned int)(number >> 3 & 0x1f),
			 (unsigned int)(number & 7));
		break;
	case JHCFG_MEMBER_CHOICE:
		name = jhcfg_name_of(member->names, number);
		if (name)
			snprintf(text, DIFF_TEXT, "%s", name);
		else
			snprintf(text, DIFF_TEXT, "0x%" PRIx64, number);
		break;
	case JHCFG_MEMBER_FLAGS:
		put_flags(member->names, number, text);
		break;
	default:
		snprintf(text, DIFF_TEXT, "0x%" PRIx64, number);
	}
}

void diff_value(const struct jhcfg_member *member, const void *value,
		char text[DIFF_TEXT])
{
	if (member->kind == JHCFG_MEMBER_TEXT)
		snprintf(text, DIFF_TEXT, "%.*s", (int)member->size,
			 (const char *)value);
	else if (member->kind == JHCFG_MEMBER_BYTES)
		put_bytes(value, member->size, text);
	else if (member->kind == JHCFG_MEMBER_STRUCT)
		*text = 0;
	else
		put_number(member, jhcfg_get_member(value, member->size), text);
}

static bool is_skipped(const char *const *skip, const char *name)
{
	for (; skip && *skip; skip++)
		if (!strcmp(*skip, name))
			return true;
	return false;
}

static bool is_equal(const struct jhcfg_member *member, const void *a,
		     const void *b)
{
	if (member->kind == JHCFG_MEMBER_TEXT)
		return !strncmp(a, b, member->size);
	return !memcmp(a, b, member->size);
}

static void diff_member(struct jhcfg_diff *diff,
			const struct jhcfg_member *member, const char *object,
			const char *name, const void *a, const void *b)
{
	char of_a[DIFF_TEXT], of_b[DIFF_TEXT];

	if (member->kind == JHCFG_MEMBER_STRUCT) {
		diff_members(diff, member->type, object, name, a, b, NULL);
		return;
	}
	if (is_equal(member, a, b))
		return;
	diff_value(member, a, of_a);
	diff_value(member, b, of_b);
	diff_add(diff, JHCFG_CHANGED, object, name, of_a, of_b);
}

void diff_members(struct jhcfg_diff *diff, const struct jhcfg_type *type,
		  const char *object, const char *prefix, const void *a,
		  const void *b, const char *const *skip)
{
	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];

		if (is_skipped(skip, member->name))
			continue;
		for (unsigned int i = 0; i < member->count; i++) {
			size_t offset =
				member->offset + (size_t)i * member->size;
			const char *name =
				diff_text(diff, "%s%s%s", prefix,
					  *prefix ? "." : "", member->name);

			if (member->count > 1)
				name = diff_text(diff, "%s[%u]", name, i);

			diff_member(diff, member, object, name,
				    (const uint8_t *)a + offset,
				    (const uint8_t *)b + offset);
		}
	}
}
