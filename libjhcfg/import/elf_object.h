/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data of a compiled C file. */
#ifndef JHCFG_IMPORT_ELF_OBJECT_H
#define JHCFG_IMPORT_ELF_OBJECT_H

#include <stddef.h>

/* Where in the file the bytes of an object are. */
struct elf_object {
	const void *data;
	size_t size;
};

/*
 * Finds the initialized object @symbol in the relocatable ELF file of @size
 * bytes at @file. NULL on success, or what is wrong with the file, a constant
 * text that ends the sentence "the object file ...".
 */
const char *elf_find_object(const void *file, size_t size, const char *symbol,
			    struct elf_object *object);

#endif
