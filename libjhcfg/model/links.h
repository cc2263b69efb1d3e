/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a link to what each end's configuration says of it. */
#ifndef JHCFG_MODEL_LINKS_H
#define JHCFG_MODEL_LINKS_H

#include "model/state.h"

/* A copy of the cell's configuration with memory regions, PCI device and
 * interrupts of all links that end in it; NULL without memory. */
struct jhcfg_config *jhcfg_links_apply(const struct jhcfg_state *state,
				       size_t cell);

/* Bytes of physical memory that the link takes from its base on. */
uint64_t jhcfg_link_size(const struct jhcfg_link *link);

#endif
