/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tells what a file is that may or may not be a configuration. */
#ifndef JHCFG_IDENTIFY_H
#define JHCFG_IDENTIFY_H

#include <stddef.h>

#include <jhcfg/api.h>

enum jhcfg_kind {
	JHCFG_IS_SYSTEM, /* binary, revision 14 */
	JHCFG_IS_CELL,
	JHCFG_IS_OTHER_REVISION,
	JHCFG_IS_JSON,
	JHCFG_IS_C_SOURCE,
	JHCFG_IS_ELF,
	JHCFG_IS_NOTE, /* objcopy output with a leading ELF note */
	JHCFG_IS_EMPTY,
	JHCFG_IS_UNKNOWN,
};

struct jhcfg_identity {
	enum jhcfg_kind kind;
	const char *rule;  /* id of the diagnostic if it is no configuration */
	const char *words; /* "a JSON project file" */
	const char *hint;  /* how to get a configuration from it, or "" */
};

/*
 * Judges by the first bytes only. Returns an entry of a constant table, never
 * NULL; @data may be NULL if @size is 0.
 */
JHCFG_API const struct jhcfg_identity *jhcfg_identify(const void *data,
						      size_t size);

#endif
