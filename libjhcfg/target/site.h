/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of jhcfg/site.h, for who does not wait. */
#ifndef JHCFG_TARGET_SITE_H
#define JHCFG_TARGET_SITE_H

#include <jhcfg/site.h>

/* The last part of a path, with nothing in it that needs a quote. */
void target_plain_name(const char *name, char *plain, size_t size);

/* For a command that somebody may paste into a shell: @text, or @other if a
 * shell would take it for more than a word. */
const char *target_word_or(const char *text, const char *other);
#define TARGET_TOOL "/usr/sbin/jailhouse"

#endif
