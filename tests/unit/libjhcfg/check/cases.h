/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All cases of all groups. */
#ifndef TEST_CHECK_CASES_H
#define TEST_CHECK_CASES_H

#include "fixture.h"

/* Ends with NULL. */
extern const struct check_case *const check_cases[];

#endif
