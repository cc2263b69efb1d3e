/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the documents of a project consist of, and what each field means. Each
 * meaning is said once, beside the row that reads and writes the field.
 */
#ifndef JHCFG_SCHEMA_H
#define JHCFG_SCHEMA_H

#include <stddef.h>

#include <jhcfg/api.h>

/* "system", "cell", "board"; NULL behind the last one. */
JHCFG_API const char *jhcfg_schema_kind(size_t index);

/*
 * What a field means, in a line of English that is a constant: "system.cells",
 * "cell.memory.virt" (of each element), "cell.memory.flags.WRITE" (a value).
 * NULL: there is no such field.
 */
JHCFG_API const char *jhcfg_schema_text(const char *path);

/*
 * JSON Schema (draft 2020-12) of the documents of a kind, as a new string with
 * a newline at its end that the caller frees. It describes what is read; what
 * cells do to each other is judged by jhcfg/check.h. -ENOENT: there is no such
 * kind; -ENOMEM.
 */
JHCFG_API int jhcfg_schema_write(const char *kind, char **text);

#endif
