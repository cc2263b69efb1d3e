// SPDX-License-Identifier: LGPL-2.1-or-later
/* Two configurations, member by member. */
#include <stdio.h>
#include <string.h>

#include "model/members.h"

#define PART_SIZE 64

struct comparison {
	void (*found)(void *context, const struct jhcfg_difference *);
	void *context;
	size_t count;
};

bool jhcfg_is_zero(const void *bytes, size_t size)
{
	const uint8_t *byte = bytes;

	/* the first byte, and each one like the one before it */
	return !size || (!byte[0] && !memcmp(byte, byte + 1, size - 1));
}

static void report(struct comparison *comparison,
		   const struct jhcfg_difference *difference)
{
	comparison->count++;
	if (comparison->found)
		comparison->found(comparison->context, difference);
}

static void compare_members(struct comparison *comparison,
			    const struct jhcfg_type *type, const char *part,
			    size_t index, const uint8_t *a, const uint8_t *b);

static void compare_nested(struct comparison *comparison,
			   const struct jhcfg_member *member, const char *part,
			   const uint8_t *a, const uint8_t *b)
{
	char path[PART_SIZE];

	snprintf(path, sizeof(path), "%s%s%s", part, *part ? "." : "",
		 member->name);
	for (unsigned int n = 0; n < member->count; n++)
		compare_members(comparison, member->type, path,
				member->count > 1 ? n : SIZE_MAX,
				a + n * member->size, b + n * member->size);
}

static bool is_equal(const struct jhcfg_member *member, const void *a,
		     const void *b)
{
	if (member->kind == JHCFG_MEMBER_TEXT)
		return !strcmp(a, b);
	return !memcmp(a, b, member->size);
}

static void compare_members(struct comparison *comparison,
			    const struct jhcfg_type *type, const char *part,
			    size_t index, const uint8_t *a, const uint8_t *b)
{
	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];
		const uint8_t *in_a = a + member->offset;
		const uint8_t *in_b = b + member->offset;

		if (member->kind == JHCFG_MEMBER_STRUCT) {
			compare_nested(comparison, member, part, in_a, in_b);
			continue;
		}
		for (unsigned int i = 0; i < member->count; i++) {
			struct jhcfg_difference difference = {
				.part = part,
				.index = index,
				.member = member,
				.a = in_a + i * member->size,
				.b = in_b + i * member->size,
			};

			if (!is_equal(member, difference.a, difference.b))
				report(comparison, &difference);
		}
	}
}

static void compare_lists(struct comparison *comparison,
			  const struct jhcfg_list_info *info,
			  const struct jhcfg_list *a,
			  const struct jhcfg_list *b)
{
	size_t common = a->count < b->count ? a->count : b->count;
	size_t all = a->count < b->count ? b->count : a->count;

	for (size_t n = 0; n < common; n++)
		compare_members(comparison, info->type, info->one, n,
				(const uint8_t *)&a->items[n].value,
				(const uint8_t *)&b->items[n].value);
	for (size_t n = common; n < all; n++) {
		struct jhcfg_difference difference = {
			.part = info->one,
			.index = n,
		};

		report(comparison, &difference);
	}
}

static void compare_sets(struct comparison *comparison,
			 const struct jhcfg_set_info *info,
			 const struct jhcfg_cell *a, const struct jhcfg_cell *b)
{
	const struct jhcfg_cpu_set *in_a =
		(const void *)((const uint8_t *)a + info->offset);
	const struct jhcfg_cpu_set *in_b =
		(const void *)((const uint8_t *)b + info->offset);
	size_t size = in_a->size > in_b->size ? in_a->size : in_b->size;

	if (in_a->size == size && in_b->size == size &&
	    (!size || !memcmp(in_a->bytes, in_b->bytes, size)))
		return;
	for (unsigned int n = 0; n < size * 8; n++) {
		struct jhcfg_difference difference = {
			.part = info->one,
			.index = n,
		};

		if (jhcfg_cpu_set_has(in_a, n) != jhcfg_cpu_set_has(in_b, n))
			report(comparison, &difference);
	}
}

size_t jhcfg_config_compare(const struct jhcfg_config *a,
			    const struct jhcfg_config *b,
			    void (*found)(void *context,
					  const struct jhcfg_difference *),
			    void *context)
{
	struct comparison comparison = { found, context, 0 };

	if (a->has_system && b->has_system)
		compare_members(&comparison, &jhcfg_system_type, "", SIZE_MAX,
				(const uint8_t *)&a->system,
				(const uint8_t *)&b->system);
	compare_members(&comparison, &jhcfg_cell_type, "", SIZE_MAX,
			(const uint8_t *)&a->cell, (const uint8_t *)&b->cell);
	for (unsigned int n = 0; n < JHCFG_NUM_SETS; n++)
		compare_sets(&comparison, &jhcfg_set_infos[n], &a->cell,
			     &b->cell);
	for (unsigned int n = 0; n < JHCFG_NUM_LISTS; n++)
		compare_lists(&comparison, &jhcfg_list_infos[n],
			      &a->cell.lists[n], &b->cell.lists[n]);
	return comparison.count;
}
