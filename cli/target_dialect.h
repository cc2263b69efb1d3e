/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which dialect the driver on a target takes. */
#ifndef CLI_TARGET_DIALECT_H
#define CLI_TARGET_DIALECT_H

#include <jhcfg/codec.h>

/* By what runs there, or by the version of its driver. NULL after a message. */
const struct jhcfg_dialect *target_dialect(void);

#endif
