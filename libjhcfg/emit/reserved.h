/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which memory regions of a cell are RAM that is not the root's. */
#ifndef JHCFG_EMIT_RESERVED_H
#define JHCFG_EMIT_RESERVED_H

#include <stdbool.h>

#include <jhcfg/model.h>

/* Neither registers nor the page that comes from the hypervisor. */
bool emit_is_ram(const struct jhcfg_memory *memory);
/* Registers, even if others have them, too. */
bool emit_is_mmio(const struct jhcfg_memory *memory);

#endif
