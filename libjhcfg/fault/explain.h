/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A meaning while it is made. */
#ifndef JHCFG_FAULT_EXPLAIN_H
#define JHCFG_FAULT_EXPLAIN_H

#include <jhcfg/fault.h>

struct meaning {
	struct jhcfg_fault_meaning public;
	char what[320], why[320], syndrome[160], function[256];
	char device[128], owner[JHCFG_NAME_SIZE], advice[480];
};

/* The configuration of the cell called so, NULL: none is known. */
const struct jhcfg_config *fault_find_config(
	const struct jhcfg_fault_context *context, const char *cell);

/* explain_memory.c: what is at the address, and why it is refused. */
void fault_explain_memory(const struct jhcfg_fault *fault,
			  const struct jhcfg_fault_context *context,
			  struct meaning *meaning);

/* explain_dma.c: the same for what a device did */
void fault_explain_dma(const struct jhcfg_fault *fault,
		       const struct jhcfg_fault_context *context,
		       struct meaning *meaning);

#endif
