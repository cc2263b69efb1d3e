/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The ABI headers, which the library carries with it. */
#ifndef JHCFG_IMPORT_C_HEADERS_H
#define JHCFG_IMPORT_C_HEADERS_H

#include <stdbool.h>

/* "rev12/jailhouse/cell-config.h": the first part is the name of a dialect,
 * or "shared" for what all but revision 14 include, or "all". */
struct c_header {
	const char *path;
	const char *text;
};

extern const struct c_header c_headers[];
extern const unsigned int c_num_headers;

/*
 * Writes the headers of @dialect to @folder/DIALECT/jailhouse, for the compiler
 * to find at @folder/DIALECT. -ENOENT: there are none of it; or what the system
 * calls said.
 */
int c_headers_write(const char *folder, const char *dialect);
/* The reverse, as far as it was done. */
void c_headers_remove(const char *folder, const char *dialect);

#endif
