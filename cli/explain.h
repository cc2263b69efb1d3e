/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a failed request means, and what to do: the hint lines. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include <stdio.h>

#include "device.h"

void explain_open(int err);
void explain_request(enum device_request request, int err);

/* The likely cause of @err (an errno value) of @request; never NULL. */
const char *explain_cause(enum device_request request, int err);

/* Every request that fails like this, why, and what finds it beforehand. */
void explain_errno(FILE *out, int err);

#endif
