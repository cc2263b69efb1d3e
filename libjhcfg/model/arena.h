/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory that is freed all at once, for what is built once and then read. */
#ifndef JHCFG_MODEL_ARENA_H
#define JHCFG_MODEL_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct jhcfg_arena_block;

struct jhcfg_arena {
	struct jhcfg_arena_block *blocks;
	size_t used, size; /* of the first block */
	bool failed;	   /* an allocation did not succeed */
};

/* Zeroed memory, aligned for any object; NULL without memory. */
void *jhcfg_arena_alloc(struct jhcfg_arena *arena, size_t size);
/* Copies; NULL without memory, and for a @count of 0. */
void *jhcfg_arena_copy(struct jhcfg_arena *arena, const void *items,
		       size_t count, size_t size);
/* A copy of the text, of "" for NULL; never NULL, "" without memory. */
const char *jhcfg_arena_text(struct jhcfg_arena *arena, const char *text);
void jhcfg_arena_clear(struct jhcfg_arena *arena);

#endif
