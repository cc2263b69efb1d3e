// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Holds each target to what an input may cost: 64 MiB of memory at a time for
 * inputs up to 64 KiB. Counted are the allocations of the target, by a hook
 * that sanitizers offer; without one, nothing is counted.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

#define MAX_INPUT  ((size_t)64 << 10)
#define MAX_MEMORY ((size_t)64 << 20)

/* sanitizer/allocator_interface.h, which not every compiler ships */
int __sanitizer_install_malloc_and_free_hooks(
	void (*malloc_hook)(const volatile void *memory, size_t size),
	void (*free_hook)(const volatile void *memory)) __attribute__((weak));
size_t __sanitizer_get_allocated_size(const volatile void *memory)
	__attribute__((weak));

/* Written by the hooks, in one thread. */
static size_t used;
static int counting;

static void on_malloc(const volatile void *memory, size_t size)
{
	(void)memory;
	if (!counting)
		return;
	used += size;
	if (used <= MAX_MEMORY)
		return;
	counting = 0;
	fprintf(stderr, "more than 64 MiB of memory for one input\n");
	abort();
}

static void on_free(const volatile void *memory)
{
	size_t size =
		counting && memory ? __sanitizer_get_allocated_size(memory) : 0;

	used -= size < used ? size : used;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int installed;
	int result;

	if (!installed && __sanitizer_install_malloc_and_free_hooks &&
	    __sanitizer_get_allocated_size)
		__sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
	installed = 1;
	used = 0;
	counting = size <= MAX_INPUT;
	result = fuzz_target(data, size);
	counting = 0;
	return result;
}
