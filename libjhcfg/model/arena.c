// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 16384

struct jhcfg_arena_block {
	struct jhcfg_arena_block *next;
	alignas(max_align_t) unsigned char data[];
};

static bool add_block(struct jhcfg_arena *arena, size_t size)
{
	struct jhcfg_arena_block *block = NULL;

	if (size < SIZE_MAX - sizeof(*block))
		block = calloc(1, sizeof(*block) + size);
	if (!block) {
		arena->failed = true;
		return false;
	}
	block->next = arena->blocks;
	arena->blocks = block;
	arena->used = 0;
	arena->size = size;
	return true;
}

void *jhcfg_arena_alloc(struct jhcfg_arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	size_t rounded;
	void *memory;

	if (size > SIZE_MAX - align) {
		arena->failed = true;
		return NULL;
	}
	rounded = (size + align - 1) & ~(align - 1);
	if (arena->size - arena->used < rounded &&
	    !add_block(arena, rounded > BLOCK_SIZE ? rounded : BLOCK_SIZE))
		return NULL;
	memory = arena->blocks->data + arena->used;
	arena->used += rounded;
	return memory;
}

void *jhcfg_arena_copy(struct jhcfg_arena *arena, const void *items,
		       size_t count, size_t size)
{
	void *copy;

	if (!count)
		return NULL;
	if (count > SIZE_MAX / size) {
		arena->failed = true;
		return NULL;
	}
	copy = jhcfg_arena_alloc(arena, count * size);
	if (copy)
		memcpy(copy, items, count * size);
	return copy;
}

const char *jhcfg_arena_text(struct jhcfg_arena *arena, const char *text)
{
	char *copy;

	if (!text || !*text)
		return "";
	copy = jhcfg_arena_alloc(arena, strlen(text) + 1);
	return copy ? strcpy(copy, text) : "";
}

void jhcfg_arena_clear(struct jhcfg_arena *arena)
{
	while (arena->blocks) {
		struct jhcfg_arena_block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
	*arena = (struct jhcfg_arena){ 0 };
}
