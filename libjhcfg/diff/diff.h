/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Between the files that find differences. */
#ifndef JHCFG_DIFF_DIFF_H
#define JHCFG_DIFF_DIFF_H

#include <jhcfg/diff.h>

#include "model/arena.h"
#include "model/members.h"

struct jhcfg_diff {
	struct jhcfg_arena texts;
	struct jhcfg_change *changes;
	size_t count, capacity;
	bool failed;
	const char *where; /* of what is compared now */
};

#define DIFF_TEXT 512

/* Appends; NULL texts are empty. */
void diff_add(struct jhcfg_diff *diff, enum jhcfg_change_kind kind,
	      const char *object, const char *member, const char *a,
	      const char *b);
const char *diff_text(struct jhcfg_diff *diff, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The value of a member, as people read it. */
void diff_value(const struct jhcfg_member *member, const void *value,
		char text[DIFF_TEXT]);
/* Compares all members; @skip (may be NULL) is a list of names that do not
 * count, ended by NULL. */
void diff_members(struct jhcfg_diff *diff, const struct jhcfg_type *type,
		  const char *object, const char *prefix, const void *a,
		  const void *b, const char *const *skip);

/* Finds partners: those of @a in @b, by steps of falling strictness; matches[n]
 * is the index in b, or SIZE_MAX. Both arrays have @size bytes an item. */
struct diff_pairs {
	size_t *of_a, *of_b;
	size_t num_a, num_b;
};

/* false without memory. */
bool diff_pairs_make(struct diff_pairs *pairs, size_t num_a, size_t num_b);
void diff_pairs_clear(struct diff_pairs *pairs);
/* Pairs what has no partner yet and is the same to @same. */
void diff_pairs_match(struct diff_pairs *pairs,
		      bool (*same)(const void *context, size_t a, size_t b),
		      const void *context);

/* A list whose items are equal or not. */
void diff_list(struct jhcfg_diff *diff, enum jhcfg_list_id id,
	       const struct jhcfg_config *a, const struct jhcfg_config *b);

/* Parts of configurations */
void diff_memory(struct jhcfg_diff *diff, const struct jhcfg_config *a,
		 const struct jhcfg_config *b);
void diff_pci(struct jhcfg_diff *diff, const struct jhcfg_config *a,
	      const struct jhcfg_config *b);
void diff_cpus(struct jhcfg_diff *diff, const struct jhcfg_config *a,
	       const struct jhcfg_config *b);
void diff_irqs(struct jhcfg_diff *diff, const struct jhcfg_config *a,
	       const struct jhcfg_config *b);
void diff_ports(struct jhcfg_diff *diff, const struct jhcfg_config *a,
		const struct jhcfg_config *b);
void diff_boards(struct jhcfg_diff *diff, const struct jhcfg_board *a,
		 const struct jhcfg_board *b);

#endif
