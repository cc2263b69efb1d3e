// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The symbol table of an ELF file (System V ABI, chapter 4). Nothing in the
 * file is believed: every offset and count is held against its size.
 */
#include <jhcfg/symbols.h>

#include <elf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SYMBOLS 4000000

/* Where fields are in the two classes. */
struct layout {
	uint8_t wide; /* bytes of an address */
	uint8_t header, shoff, shentsize, shnum;
	uint8_t section, sh_offset, sh_size, sh_link;
	uint8_t symbol, st_info, st_value, st_size;
};

/* clang-format off */
static const struct layout layouts[] = {
	[ELFCLASS32] = {
		.wide = 4,
		.header = 52, .shoff = 32, .shentsize = 46, .shnum = 48,
		.section = 40, .sh_offset = 16, .sh_size = 20, .sh_link = 24,
		.symbol = 16, .st_info = 12, .st_value = 4, .st_size = 8,
	},
	[ELFCLASS64] = {
		.wide = 8,
		.header = 64, .shoff = 40, .shentsize = 58, .shnum = 60,
		.section = 64, .sh_offset = 24, .sh_size = 32, .sh_link = 40,
		.symbol = 24, .st_info = 4, .st_value = 8, .st_size = 16,
	},
};
/* clang-format on */

struct file {
	const uint8_t *data;
	size_t size;
	const struct layout *layout;
	bool big_endian;
};

struct symbol {
	uint64_t start, size;
	char *name;
};

struct jhcfg_symbols {
	struct symbol *symbols; /* by start */
	size_t count;
};

/* A table in the file. */
struct table {
	uint64_t offset, size;
	uint32_t type, link;
};

static uint64_t number(const struct file *file, const uint8_t *from,
		       size_t width)
{
	uint64_t value = 0;

	for (size_t n = 0; n < width; n++)
		value = value << 8 | from[file->big_endian ? n : width - 1 - n];
	return value;
}

static bool is_inside(const struct file *file, uint64_t offset, uint64_t size)
{
	return offset <= file->size && size <= file->size - offset;
}

static const char *open_file(struct file *file)
{
	const uint8_t *data = file->data;

	if (file->size < EI_NIDENT || memcmp(data, ELFMAG, SELFMAG) ||
	    (data[EI_CLASS] != ELFCLASS32 && data[EI_CLASS] != ELFCLASS64) ||
	    (data[EI_DATA] != ELFDATA2LSB && data[EI_DATA] != ELFDATA2MSB))
		return "it is no ELF file";
	file->layout = &layouts[data[EI_CLASS]];
	file->big_endian = data[EI_DATA] == ELFDATA2MSB;
	return file->size < file->layout->header ? "it ends in its header"
						 : NULL;
}

static bool get_table(const struct file *file, uint64_t index,
		      struct table *table)
{
	const struct layout *at = file->layout;
	uint64_t offset = number(file, file->data + at->shoff, at->wide);
	uint64_t count = number(file, file->data + at->shnum, 2);
	const uint8_t *header;

	if (index >= count ||
	    number(file, file->data + at->shentsize, 2) != at->section ||
	    !is_inside(file, offset, count * at->section))
		return false;
	header = file->data + offset + index * at->section;
	*table = (struct table){
		.type = (uint32_t)number(file, header + 4, 4),
		.link = (uint32_t)number(file, header + at->sh_link, 4),
		.offset = number(file, header + at->sh_offset, at->wide),
		.size = number(file, header + at->sh_size, at->wide),
	};
	return is_inside(file, table->offset, table->size);
}

/* The full table, or that of the dynamic linker if it is all that is left. */
static const char *find_tables(const struct file *file, struct table *symbols,
			       struct table *strings)
{
	static const uint32_t types[] = { SHT_SYMTAB, SHT_DYNSYM };
	uint64_t count = number(file, file->data + file->layout->shnum, 2);

	for (size_t t = 0; t < sizeof(types) / sizeof(*types); t++) {
		for (uint64_t n = 0; n < count; n++) {
			if (get_table(file, n, symbols) &&
			    symbols->type == types[t] &&
			    get_table(file, symbols->link, strings) &&
			    strings->type == SHT_STRTAB)
				return NULL;
		}
	}
	return "it has no symbols; take the file before it was stripped";
}

static bool is_code(const struct file *file, const uint8_t *entry)
{
	uint8_t type = ELF64_ST_TYPE(entry[file->layout->st_info]);

	/* assembler code often has labels only */
	return type == STT_FUNC || type == STT_NOTYPE;
}

/* A symbol's name, as long as it is in the strings; NULL: not one of use. */
static char *get_name(const struct file *file, const struct table *strings,
		      uint64_t offset)
{
	const char *start, *end;

	if (offset >= strings->size)
		return NULL;
	start = (const char *)file->data + strings->offset + offset;
	end = memchr(start, 0, strings->size - offset);
	/* "$x", "$d": marks of code and data */
	if (!end || end == start || *start == '$')
		return NULL;
	return strdup(start);
}

static int read_symbols(const struct file *file, const struct table *table,
			const struct table *strings,
			struct jhcfg_symbols *symbols)
{
	const struct layout *at = file->layout;
	uint64_t count = table->size / at->symbol;

	if (count > MAX_SYMBOLS)
		count = MAX_SYMBOLS;
	symbols->symbols = calloc(count + 1, sizeof(*symbols->symbols));
	if (!symbols->symbols)
		return -ENOMEM;
	for (uint64_t n = 0; n < count; n++) {
		const uint8_t *entry =
			file->data + table->offset + n * at->symbol;
		struct symbol symbol = {
			.start = number(file, entry + at->st_value, at->wide),
			.size = number(file, entry + at->st_size, at->wide),
		};

		/* section 0: defined elsewhere */
		if (!is_code(file, entry) ||
		    !number(file, entry + at->st_info + 2, 2))
			continue;
		symbol.name = get_name(file, strings, number(file, entry, 4));
		if (symbol.name)
			symbols->symbols[symbols->count++] = symbol;
	}
	return 0;
}

static int by_start(const void *a, const void *b)
{
	const struct symbol *left = a, *right = b;

	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	/* of several at one place, the one that says how far it goes is last
	 * and so the one that is found */
	return left->size < right->size ? -1 : left->size > right->size;
}

int jhcfg_symbols_read(const void *data, size_t size, struct jhcfg_diags *diags,
		       struct jhcfg_symbols **symbols)
{
	struct file file = { .data = data, .size = size };
	struct table table, strings;
	const char *wrong = open_file(&file);
	struct jhcfg_symbols *new;
	int err;

	if (!wrong)
		wrong = find_tables(&file, &table, &strings);
	if (wrong) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", "", "", NULL, "%s",
				wrong);
		return -EINVAL;
	}
	new = calloc(1, sizeof(*new));
	err = new ? read_symbols(&file, &table, &strings, new) : -ENOMEM;
	if (err) {
		jhcfg_symbols_free(new);
		return err;
	}
	qsort(new->symbols, new->count, sizeof(*new->symbols), by_start);
	*symbols = new;
	return 0;
}

void jhcfg_symbols_free(struct jhcfg_symbols *symbols)
{
	if (!symbols)
		return;
	for (size_t n = 0; n < symbols->count; n++)
		free(symbols->symbols[n].name);
	free(symbols->symbols);
	free(symbols);
}

const char *jhcfg_symbols_find(const struct jhcfg_symbols *symbols,
			       uint64_t address, uint64_t *offset)
{
	size_t low = 0, high = symbols->count;
	const struct symbol *found;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (symbols->symbols[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return NULL;
	found = &symbols->symbols[low - 1];
	/* a label says nothing of its end; it goes on to the next one */
	if (found->size && address - found->start >= found->size)
		return NULL;
	if (!found->size && low == symbols->count &&
	    address - found->start >= 4096)
		return NULL;
	*offset = address - found->start;
	return found->name;
}
