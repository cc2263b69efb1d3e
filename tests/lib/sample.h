/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configurations in which every field has a value of its own. */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include <jhcfg/jhcfg.h>

/*
 * A system or a cell: each number differs from all others, each list has two
 * entries at least. The caller frees it.
 */
struct jhcfg_config *sample_config(bool is_system, uint8_t architecture);

/* The same in binary, which the caller frees. */
void *sample_binary(bool is_system, uint8_t architecture, size_t *size);

/* The first finding with rule @rule, or a failed test. */
const struct jhcfg_diag *sample_finding(const struct jhcfg_diags *diags,
					const char *rule);

#endif
