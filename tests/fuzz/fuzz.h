/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* What a target defines: takes any bytes, and aborts if they show a mistake of
 * ours. Its memory is counted, see limit.c. */
int fuzz_target(const uint8_t *data, size_t size);

/* What libFuzzer and replay.c call. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
