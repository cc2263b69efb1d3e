/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text that came from elsewhere, for people to see. */
#ifndef JHCFG_UTIL_PLAIN_H
#define JHCFG_UTIL_PLAIN_H

#include <stddef.h>

/*
 * Puts @with in the place of each control character but those in @keep: of
 * ASCII, and U+0080 to U+009F in UTF-8, on which some terminals act, too. A NUL
 * within @size counts as one.
 */
void jhcfg_make_plain(char *text, size_t size, const char *keep, char with);

#endif
