// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A reader of relocatable ELF files (System V ABI, chapter 4) that finds one
 * object of data. Nothing in the file is believed: every offset and count is
 * held against its size.
 */
#include "import/elf_object.h"

#include <elf.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "util/bytes.h"

/* Where fields are in the two classes, Elf32 and Elf64. */
struct layout {
	uint8_t address_size;
	uint8_t header_size;
	uint8_t shoff, shentsize, shnum;
	/* in a section header */
	uint8_t section_size;
	uint8_t sh_offset, sh_size, sh_link, sh_info;
	/* in a symbol */
	uint8_t symbol_size;
	uint8_t st_info, st_shndx, st_value, st_size;
	/* in a relocation, of either kind */
	uint8_t rel_size, rela_size;
};

/* clang-format off */
static const struct layout layouts[] = {
	[ELFCLASS32] = {
		.address_size = 4, .header_size = 52,
		.shoff = 32, .shentsize = 46, .shnum = 48,
		.section_size = 40,
		.sh_offset = 16, .sh_size = 20, .sh_link = 24, .sh_info = 28,
		.symbol_size = 16,
		.st_info = 12, .st_shndx = 14, .st_value = 4, .st_size = 8,
		.rel_size = 8, .rela_size = 12,
	},
	[ELFCLASS64] = {
		.address_size = 8, .header_size = 64,
		.shoff = 40, .shentsize = 58, .shnum = 60,
		.section_size = 64,
		.sh_offset = 24, .sh_size = 32, .sh_link = 40, .sh_info = 44,
		.symbol_size = 24,
		.st_info = 4, .st_shndx = 6, .st_value = 8, .st_size = 16,
		.rel_size = 16, .rela_size = 24,
	},
};
/* clang-format on */

#define SH_TYPE_OFF 4

struct file {
	const uint8_t *data;
	size_t size;
	const struct layout *layout;
	const uint8_t *sections;
	uint32_t num_sections;
};

struct section {
	uint32_t type;
	uint32_t link;
	uint32_t info;
	uint64_t offset;
	uint64_t size;
};

static bool is_inside(const struct file *file, uint64_t offset, uint64_t size)
{
	return offset <= file->size && size <= file->size - offset;
}

static uint64_t address(const struct file *file, const uint8_t *from)
{
	return jhcfg_get_le(from, file->layout->address_size);
}

static struct section get_section(const struct file *file, uint32_t index)
{
	const struct layout *layout = file->layout;
	const uint8_t *header =
		file->sections + (size_t)index * layout->section_size;

	return (struct section){
		.type = (uint32_t)jhcfg_get_le(header + SH_TYPE_OFF, 4),
		.link = (uint32_t)jhcfg_get_le(header + layout->sh_link, 4),
		.info = (uint32_t)jhcfg_get_le(header + layout->sh_info, 4),
		.offset = address(file, header + layout->sh_offset),
		.size = address(file, header + layout->sh_size),
	};
}

static const char *check_ident(const struct file *file)
{
	if (file->size < EI_NIDENT || memcmp(file->data, ELFMAG, SELFMAG) != 0)
		return "is no ELF file";
	if (file->data[EI_CLASS] != ELFCLASS32 &&
	    file->data[EI_CLASS] != ELFCLASS64)
		return "is neither a 32-bit nor a 64-bit ELF file";
	if (file->data[EI_DATA] != ELFDATA2LSB)
		return "is big-endian; take a compiler for a little-endian "
		       "machine";
	return NULL;
}

static const char *open_sections(struct file *file)
{
	const struct layout *layout = &layouts[file->data[EI_CLASS]];
	uint64_t offset;

	file->layout = layout;
	if (file->size < layout->header_size)
		return "ends within its header";
	if (jhcfg_get_le(file->data + 16, 2) != ET_REL)
		return "is linked already; give the output of \"cc -c\"";
	offset = address(file, file->data + layout->shoff);
	file->num_sections =
		(uint32_t)jhcfg_get_le(file->data + layout->shnum, 2);
	if (jhcfg_get_le(file->data + layout->shentsize, 2) !=
	    layout->section_size)
		return "has section headers of an unknown size";
	if (!is_inside(file, offset,
		       (uint64_t)file->num_sections * layout->section_size))
		return "ends within its section headers";
	file->sections = file->data + offset;
	return NULL;
}

static bool is_called(const struct file *file, const struct section *strings,
		      uint64_t name, const char *wanted)
{
	size_t length = strlen(wanted) + 1;

	return strings->type == SHT_STRTAB &&
	       is_inside(file, strings->offset, strings->size) &&
	       name <= strings->size && length <= strings->size - name &&
	       !memcmp(file->data + strings->offset + name, wanted, length);
}

/* A relocation in the object would mean that it holds an address. */
static bool has_relocations(const struct file *file, uint32_t section,
			    uint64_t start, uint64_t size)
{
	for (uint32_t n = 0; n < file->num_sections; n++) {
		struct section table = get_section(file, n);
		uint64_t step = table.type == SHT_RELA ? file->layout->rela_size
						       : file->layout->rel_size;

		if ((table.type != SHT_REL && table.type != SHT_RELA) ||
		    table.info != section ||
		    !is_inside(file, table.offset, table.size))
			continue;
		for (uint64_t at = 0; at + step <= table.size; at += step) {
			uint64_t place =
				address(file, file->data + table.offset + at);

			if (place >= start && place - start < size)
				return true;
		}
	}
	return false;
}

static const char *take_object(const struct file *file, const uint8_t *symbol,
			       struct elf_object *object)
{
	const struct layout *layout = file->layout;
	uint32_t index = (uint32_t)jhcfg_get_le(symbol + layout->st_shndx, 2);
	uint64_t value = address(file, symbol + layout->st_value);
	uint64_t size = address(file, symbol + layout->st_size);
	struct section section;

	if (index == SHN_UNDEF || index >= file->num_sections)
		return "declares the object, but does not define it";
	section = get_section(file, index);
	if (section.type == SHT_NOBITS)
		return "has an object of zeroes only";
	if (!is_inside(file, section.offset, section.size) ||
	    value > section.size || size > section.size - value || !size)
		return "ends within the object";
	if (has_relocations(file, index, value, size))
		return "has addresses in the object, which nobody could "
		       "resolve";
	object->data = file->data + section.offset + value;
	object->size = size;
	return NULL;
}

static const char *search_symbols(const struct file *file,
				  const struct section *symbols,
				  const char *wanted, struct elf_object *object)
{
	const struct layout *layout = file->layout;
	struct section strings;

	if (!is_inside(file, symbols->offset, symbols->size) ||
	    symbols->link >= file->num_sections)
		return "ends within its symbols";
	strings = get_section(file, symbols->link);
	for (uint64_t at = 0; at + layout->symbol_size <= symbols->size;
	     at += layout->symbol_size) {
		const uint8_t *symbol = file->data + symbols->offset + at;

		if (ELF64_ST_TYPE(symbol[layout->st_info]) == STT_OBJECT &&
		    is_called(file, &strings, jhcfg_get_le(symbol, 4), wanted))
			return take_object(file, symbol, object);
	}
	return "has no such object";
}

const char *elf_find_object(const void *data, size_t size, const char *symbol,
			    struct elf_object *object)
{
	struct file file = { .data = data, .size = size };
	const char *error = check_ident(&file);

	if (!error)
		error = open_sections(&file);
	if (error)
		return error;
	for (uint32_t n = 0; n < file.num_sections; n++) {
		struct section section = get_section(&file, n);

		if (section.type == SHT_SYMTAB)
			return search_symbols(&file, &section, symbol, object);
	}
	return "has no symbols";
}
