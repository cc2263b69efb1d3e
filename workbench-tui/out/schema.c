// SPDX-License-Identifier: GPL-2.0-or-later
#include "out/out.h"

const char out_schema[] =
#include "jh-top-schema.inc"
	;
