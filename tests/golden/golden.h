/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each golden NAME.c gives to the test that it is linked to. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include <stddef.h>

extern const void *const golden_data;
extern const size_t golden_size;

#endif
