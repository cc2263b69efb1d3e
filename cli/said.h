/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What kernel and hypervisor said while a request ran. Their lines name the
 * entry and the reason that an errno cannot.
 */
#ifndef CLI_SAID_H
#define CLI_SAID_H

#include <stddef.h>

struct said;

/* Notes where the logs end now. NULL (without memory) is legal below. */
struct said *said_begin(void);
/* Prints what came since then, each line with "kernel: " or
 * "hypervisor: " before it, on stderr. */
void said_print(struct said *said);
void said_end(struct said *said);

/*
 * Where the new text starts in @after, a ring's content that was @before
 * earlier: both show the last part of one stream.
 */
size_t said_new_text(const char *before, size_t before_size, const char *after,
		     size_t after_size);

#endif
