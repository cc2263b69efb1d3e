/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Arguments as a POSIX shell gets them back unchanged. */
#ifndef JHCFG_UTIL_QUOTE_H
#define JHCFG_UTIL_QUOTE_H

/* One command line of all of @argv, quoted word by word; freed by the caller.
 * NULL without memory. */
char *jhcfg_quote_command(const char *const *argv);

#endif
