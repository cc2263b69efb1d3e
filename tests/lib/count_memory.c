// SPDX-License-Identifier: GPL-2.0-or-later
#include "count_memory.h"

#include <stdlib.h>

/* Guarded by nothing: tests have one thread. */
static size_t calls;

size_t count_memory(void)
{
	return calls;
}

/* What --wrap makes of the names, see ld(1). */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_reallocarray(void *old, size_t count, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size);
char *__wrap_strdup(const char *text);

void *__wrap_malloc(size_t size)
{
	calls++;
	return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	calls++;
	return __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	calls++;
	return __real_realloc(old, size);
}

void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
	calls++;
	return __real_reallocarray(old, count, size);
}

char *__wrap_strdup(const char *text)
{
	calls++;
	return __real_strdup(text);
}
