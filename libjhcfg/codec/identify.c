// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/identify.h>

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "codec/dialect.h"
#include "util/bytes.h"

#define CONVERT "jailhouse config convert FILE -o NEW.cell"

static bool starts_with(const uint8_t *data, size_t size, const char *prefix)
{
	size_t length = strlen(prefix);

	return size >= length && !memcmp(data, prefix, length);
}

/* What this tree's driver takes. Up to revision 13, the signature goes on
 * where the architecture is now. */
static bool is_rev14(const uint8_t *data, size_t size, const char *signature)
{
	return starts_with(data, size, signature) && size >= CODEC_HEAD_SIZE &&
	       data[CODEC_ARCHITECTURE_OFF] != 'T' &&
	       jhcfg_get_le(data + CODEC_REVISION_OFF, 2) == 14;
}

static bool is_system(const uint8_t *data, size_t size)
{
	return is_rev14(data, size, "JHSYS");
}

static bool is_cell(const uint8_t *data, size_t size)
{
	return is_rev14(data, size, "JHCLL");
}

static bool is_other_revision(const uint8_t *data, size_t size)
{
	return starts_with(data, size, "JHSYS") ||
	       starts_with(data, size, "JHCLL") ||
	       starts_with(data, size, "JHCELL");
}

static bool is_elf(const uint8_t *data, size_t size)
{
	return starts_with(data, size, "\177ELF");
}

/* A .note.gnu.property section: name size 4, ..., name "GNU" */
static bool is_note(const uint8_t *data, size_t size)
{
	return size >= 16 && jhcfg_get_le(data, 4) == 4 &&
	       !memcmp(data + 12, "GNU", 4);
}

static bool is_empty(const uint8_t *data, size_t size)
{
	(void)data;
	return size == 0;
}

static bool is_json(const uint8_t *data, size_t size)
{
	size_t n = jhcfg_bom_size(data, size);

	while (n < size && isspace(data[n]))
		n++;
	return n < size && data[n] == '{';
}

static bool is_c_source(const uint8_t *data, size_t size)
{
	return starts_with(data, size, "/*") || starts_with(data, size, "//") ||
	       starts_with(data, size, "#include");
}

static const struct {
	bool (*matches)(const uint8_t *data, size_t size);
	struct jhcfg_identity identity;
} table[] = {
	{ is_system, { JHCFG_IS_SYSTEM, "", "a system configuration", "" } },
	{ is_cell, { JHCFG_IS_CELL, "", "a cell configuration", "" } },
	{ is_other_revision,
	  { JHCFG_IS_OTHER_REVISION, "F01",
	    "a configuration of another revision than 14",
	    "convert it first: " CONVERT } },
	{ is_elf,
	  { JHCFG_IS_ELF, "F04", "an ELF file",
	    "if it is a compiled configuration, take its data: " CONVERT } },
	{ is_note,
	  { JHCFG_IS_NOTE, "F04", "a configuration behind an ELF note",
	    "take the note away: " CONVERT } },
	{ is_empty, { JHCFG_IS_EMPTY, "F03", "an empty file", "" } },
	{ is_json,
	  { JHCFG_IS_JSON, "F01", "a JSON project file",
	    "compile it first: jailhouse config compile FILE.json" } },
	{ is_c_source,
	  { JHCFG_IS_C_SOURCE, "F01", "a C source file",
	    "compile it: " CONVERT } },
};

static const struct jhcfg_identity unknown = { JHCFG_IS_UNKNOWN, "F01",
					       "no configuration", "" };

const struct jhcfg_identity *jhcfg_identify(const void *data, size_t size)
{
	for (size_t n = 0; n < sizeof(table) / sizeof(table[0]); n++) {
		if (table[n].matches(data, size))
			return &table[n].identity;
	}
	return &unknown;
}
