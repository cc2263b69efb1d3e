// SPDX-License-Identifier: GPL-2.0-or-later
#include "out/out.h"

/* clang-format off */
const char out_schema[] = {
#include "jh-top-schema.inc"
};
/* clang-format on */
