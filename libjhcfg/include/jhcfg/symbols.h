/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Functions of a program: which one an address is in. */
#ifndef JHCFG_SYMBOLS_H
#define JHCFG_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

#include <jhcfg/api.h>
#include <jhcfg/diag.h>

struct jhcfg_symbols;

/*
 * Reads the symbol table of an ELF file (32 or 64 bits, either byte order).
 * -EINVAL: it is none, or has no symbols, see @diags; -ENOMEM. Does not refer
 * to @data afterwards.
 */
JHCFG_API int jhcfg_symbols_read(const void *data, size_t size,
				 struct jhcfg_diags *diags,
				 struct jhcfg_symbols **symbols);
/* NULL is legal. */
JHCFG_API void jhcfg_symbols_free(struct jhcfg_symbols *symbols);
/* The function with @address, and how far it is in; NULL: none. */
JHCFG_API const char *jhcfg_symbols_find(const struct jhcfg_symbols *symbols,
					 uint64_t address, uint64_t *offset);

#endif
