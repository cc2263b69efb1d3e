// SPDX-License-Identifier: LGPL-2.1-or-later
/* Differences of configurations. */
#include "diff/diff.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the list ----------------------------------------------------------------
 */

void jhcfg_diff_free(struct jhcfg_diff *diff)
{
	if (!diff)
		return;
	jhcfg_arena_clear(&diff->texts);
	free(diff->changes);
	free(diff);
}

const struct jhcfg_change *jhcfg_diff_change(const struct jhcfg_diff *diff,
					     size_t index)
{
	return index < diff->count ? &diff->changes[index] : NULL;
}

const char *jhcfg_change_name(enum jhcfg_change_kind kind)
{
	static const char *const names[] = {
		[JHCFG_ADDED] = "added",
		[JHCFG_REMOVED] = "removed",
		[JHCFG_CHANGED] = "changed",
	};

	return names[kind];
}

void diff_add(struct jhcfg_diff *diff, enum jhcfg_change_kind kind,
	      const char *object, const char *member, const char *a,
	      const char *b)
{
	size_t capacity = diff->capacity ? 2 * diff->capacity : 32;
	struct jhcfg_change *changes;

	if (diff->count == diff->capacity) {
		changes =
			reallocarray(diff->changes, capacity, sizeof(*changes));
		if (!changes) {
			diff->failed = true;
			return;
		}
		diff->changes = changes;
		diff->capacity = capacity;
	}
	diff->changes[diff->count++] = (struct jhcfg_change){
		.kind = kind,
		.where = diff->where,
		.object = jhcfg_arena_text(&diff->texts, object),
		.member = jhcfg_arena_text(&diff->texts, member),
		.a = jhcfg_arena_text(&diff->texts, a),
		.b = jhcfg_arena_text(&diff->texts, b),
	};
}

const char *diff_text(struct jhcfg_diff *diff, const char *format, ...)
{
	const char *text;
	va_list args;
	char *made;
	int length;

	va_start(args, format);
	length = vasprintf(&made, format, args);
	va_end(args);
	if (length < 0) {
		diff->failed = true;
		return "";
	}
	text = jhcfg_arena_text(&diff->texts, made);
	free(made);
	return text;
}

/* --- pairs -------------------------------------------------------------------
 */

bool diff_pairs_make(struct diff_pairs *pairs, size_t num_a, size_t num_b)
{
	pairs->of_a = calloc(num_a + 1, sizeof(*pairs->of_a));
	pairs->of_b = calloc(num_b + 1, sizeof(*pairs->of_b));
	pairs->num_a = num_a;
	pairs->num_b = num_b;
	if (!pairs->of_a || !pairs->of_b) {
		diff_pairs_clear(pairs);
		return false;
	}
	for (size_t n = 0; n < num_a; n++)
		pairs->of_a[n] = SIZE_MAX;
	for (size_t n = 0; n < num_b; n++)
		pairs->of_b[n] = SIZE_MAX;
	return true;
}

void diff_pairs_clear(struct diff_pairs *pairs)
{
	free(pairs->of_a);
	free(pairs->of_b);
	*pairs = (struct diff_pairs){ 0 };
}

/* Most are at the same place in both: the search begins behind the last hit. */
void diff_pairs_match(struct diff_pairs *pairs,
		      bool (*same)(const void *context, size_t a, size_t b),
		      const void *context)
{
	size_t next = 0;

	for (size_t a = 0; a < pairs->num_a; a++) {
		if (pairs->of_a[a] != SIZE_MAX)
			continue;
		for (size_t n = 0; n < pairs->num_b; n++) {
			size_t b = (next + n) % pairs->num_b;

			if (pairs->of_b[b] != SIZE_MAX || !same(context, a, b))
				continue;
			pairs->of_a[a] = b;
			pairs->of_b[b] = a;
			next = b + 1;
			break;
		}
	}
}

/* --- lists whose items are equal or not
 * ---------------------------------------
 */

struct two_lists {
	const struct jhcfg_list *a, *b;
	size_t size; /* of a value */
};

static bool same_value(const void *context, size_t a, size_t b)
{
	const struct two_lists *lists = context;

	return !memcmp(&lists->a->items[a].value, &lists->b->items[b].value,
		       lists->size);
}

static size_t type_size(const struct jhcfg_type *type)
{
	size_t end = 0;

	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];
		size_t last = member->offset + member->size * member->count;

		if (last > end)
			end = last;
	}
	return end;
}

/* All members in a row. */
static const char *describe(struct jhcfg_diff *diff,
			    const struct jhcfg_type *type, const void *value)
{
	char text[DIFF_TEXT];
	const char *all = "";

	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];

		diff_value(member, (const uint8_t *)value + member->offset,
			   text);
		all = diff_text(diff, "%s%s%s %s", all, *all ? ", " : "",
				member->name, text);
	}
	return all;
}

void diff_list(struct jhcfg_diff *diff, enum jhcfg_list_id id,
	       const struct jhcfg_config *a, const struct jhcfg_config *b)
{
	const struct jhcfg_list_info *info = &jhcfg_list_infos[id];
	struct two_lists lists = { &a->cell.lists[id], &b->cell.lists[id],
				   type_size(info->type) };
	struct diff_pairs pairs;

	if (!diff_pairs_make(&pairs, lists.a->count, lists.b->count)) {
		diff->failed = true;
		return;
	}
	diff_pairs_match(&pairs, same_value, &lists);
	for (size_t n = 0; n < pairs.num_a; n++)
		if (pairs.of_a[n] == SIZE_MAX)
			diff_add(diff, JHCFG_REMOVED, info->one, NULL,
				 describe(diff, info->type,
					  &lists.a->items[n].value),
				 NULL);
	for (size_t n = 0; n < pairs.num_b; n++)
		if (pairs.of_b[n] == SIZE_MAX)
			diff_add(diff, JHCFG_ADDED, info->one, NULL, NULL,
				 describe(diff, info->type,
					  &lists.b->items[n].value));
	diff_pairs_clear(&pairs);
}

/* --- configurations ----------------------------------------------------------
 */

/* What is given by the driver, or is what the other side is matched by. */
static const char *const cell_skip[] = { "id", "name", NULL };

static const enum jhcfg_list_id plain_lists[] = {
	JHCFG_LIST_CACHE,	 JHCFG_LIST_STREAM_IDS,
	JHCFG_LIST_CPU_IDS,	 JHCFG_LIST_REGMAPS,
	JHCFG_LIST_QOS_DEVICES,	 JHCFG_LIST_RCPU_DEVICES,
	JHCFG_LIST_FPGA_DEVICES,
};

static void diff_config(struct jhcfg_diff *diff, const struct jhcfg_config *a,
			const struct jhcfg_config *b)
{
	if (a->architecture != b->architecture)
		diff_add(diff, JHCFG_CHANGED, "", "architecture",
			 jhcfg_name_of(jhcfg_architectures, a->architecture),
			 jhcfg_name_of(jhcfg_architectures, b->architecture));
	if (strcmp(a->cell.name, b->cell.name))
		diff_add(diff, JHCFG_CHANGED, "", "name", a->cell.name,
			 b->cell.name);
	if (a->has_system && b->has_system)
		diff_members(diff, &jhcfg_system_type, "", "", &a->system,
			     &b->system, NULL);
	diff_members(diff, &jhcfg_cell_type, "", "", &a->cell, &b->cell,
		     cell_skip);
	diff_cpus(diff, a, b);
	diff_memory(diff, a, b);
	diff_irqs(diff, a, b);
	diff_pci(diff, a, b);
	diff_ports(diff, a, b);
	for (size_t n = 0; n < sizeof(plain_lists) / sizeof(plain_lists[0]);
	     n++)
		diff_list(diff, plain_lists[n], a, b);
}

/* --- sides -------------------------------------------------------------------
 */

static const char *name_of(struct jhcfg_diff *diff,
			   const struct jhcfg_config *config)
{
	return config->has_system
		       ? "system"
		       : diff_text(diff, "cell %s", config->cell.name);
}

struct two_sides {
	const struct jhcfg_diff_side *a, *b;
};

static bool same_config(const void *context, size_t a, size_t b)
{
	const struct two_sides *sides = context;
	const struct jhcfg_config *x = sides->a->configs[a];
	const struct jhcfg_config *y = sides->b->configs[b];

	return x->has_system == y->has_system &&
	       (x->has_system || !strcmp(x->cell.name, y->cell.name));
}

/* Two files with one cell each, which somebody wants to see side by side. */
static bool any_config(const void *context, size_t a, size_t b)
{
	const struct two_sides *sides = context;

	return sides->a->configs[a]->has_system ==
	       sides->b->configs[b]->has_system;
}

static void diff_configs(struct jhcfg_diff *diff, const struct two_sides *sides)
{
	struct diff_pairs pairs;

	if (!diff_pairs_make(&pairs, sides->a->num_configs,
			     sides->b->num_configs)) {
		diff->failed = true;
		return;
	}
	diff_pairs_match(&pairs, same_config, sides);
	if (pairs.num_a == 1 && pairs.num_b == 1)
		diff_pairs_match(&pairs, any_config, sides);
	for (size_t n = 0; n < pairs.num_a; n++) {
		const struct jhcfg_config *config = sides->a->configs[n];

		diff->where = name_of(diff, config);
		if (pairs.of_a[n] == SIZE_MAX)
			diff_add(diff, JHCFG_REMOVED, "", NULL,
				 config->cell.name, NULL);
		else
			diff_config(diff, config,
				    sides->b->configs[pairs.of_a[n]]);
	}
	for (size_t n = 0; n < pairs.num_b; n++) {
		const struct jhcfg_config *config = sides->b->configs[n];

		if (pairs.of_b[n] != SIZE_MAX)
			continue;
		diff->where = name_of(diff, config);
		diff_add(diff, JHCFG_ADDED, "", NULL, NULL, config->cell.name);
	}
	diff_pairs_clear(&pairs);
}

int jhcfg_diff_make(const struct jhcfg_diff_side *a,
		    const struct jhcfg_diff_side *b, struct jhcfg_diff **result)
{
	struct jhcfg_diff *diff = calloc(1, sizeof(*diff));
	struct two_sides sides = { a, b };

	if (!diff)
		return -ENOMEM;
	diff_configs(diff, &sides);
	if (a->board && b->board) {
		diff->where = "board";
		diff_boards(diff, a->board, b->board);
	}
	if (diff->failed || diff->texts.failed) {
		jhcfg_diff_free(diff);
		return -ENOMEM;
	}
	*result = diff;
	return 0;
}

/* --- text --------------------------------------------------------------------
 */

static void write_change(FILE *out, const struct jhcfg_change *change)
{
	static const char signs[] = {
		[JHCFG_ADDED] = '+',
		[JHCFG_REMOVED] = '-',
		[JHCFG_CHANGED] = '~',
	};

	fprintf(out, "%c %s", signs[change->kind], change->where);
	if (*change->object)
		fprintf(out, ": %s", change->object);
	if (*change->member)
		fprintf(out, "%s %s", *change->object ? "" : ":",
			change->member);
	if (change->kind == JHCFG_CHANGED)
		fprintf(out, ": %s -> %s", *change->a ? change->a : "none",
			*change->b ? change->b : "none");
	else if (*change->a || *change->b)
		fprintf(out, ": %s", *change->a ? change->a : change->b);
	fputc('\n', out);
}

char *jhcfg_diff_text(const struct jhcfg_diff *diff)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	for (size_t n = 0; n < diff->count; n++)
		write_change(out, &diff->changes[n]);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}
