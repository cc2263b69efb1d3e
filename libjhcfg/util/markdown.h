/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_UTIL_MARKDOWN_H
#define JHCFG_UTIL_MARKDOWN_H

#include <stdio.h>

/* Writes @text so that nothing in it is markup: names come from files of
 * others. Control characters become blanks. */
void jhcfg_markdown_put(FILE *file, const char *text);

#endif
