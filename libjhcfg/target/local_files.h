/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_TARGET_LOCAL_FILES_H
#define JHCFG_TARGET_LOCAL_FILES_H

#include "target/backend.h"

extern const struct target_files target_local_files;

#endif
