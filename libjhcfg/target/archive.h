/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_TARGET_ARCHIVE_H
#define JHCFG_TARGET_ARCHIVE_H

#include <stdbool.h>

/* The file begins as archives do. */
bool target_is_archive(const char *path);

#endif
