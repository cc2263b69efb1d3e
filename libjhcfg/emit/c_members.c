// SPDX-License-Identifier: LGPL-2.1-or-later
/* Members of the model as initializers. */
#include "emit/c_emitter.h"

#include <inttypes.h>
#include <string.h>

#include "util/bytes.h"

#define MIB (UINT64_C(1) << 20)
#define GIB (UINT64_C(1) << 30)

const struct jhcfg_member *c_find_member(const struct jhcfg_type *type,
					 const char *name)
{
	for (unsigned int n = 0; n < type->num_members; n++) {
		if (!strcmp(type->members[n].name, name))
			return &type->members[n];
	}
	return NULL;
}

/* A string constant without trigraphs; what is not printable as an octal escape
 * of all three digits, so that no digit after it belongs to it. */
static void emit_text(struct c_emitter *emitter, const char *name,
		      const char *text)
{
	char literal[4 * JHCFG_NAME_SIZE + 1];
	const char *start = text;
	char *to = literal;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < ' ' || c > '~')
			to += sprintf(to, "\\%03o", c);
		else if (c == '"' || c == '\\' ||
			 (c == '?' && text != start && text[-1] == '?'))
			to += sprintf(to, "\\%c", c);
		else
			*to++ = (char)c;
	}
	*to = '\0';
	c_line(&emitter->out, ".%s = \"%s\",", name, literal);
}

static void emit_bytes(struct c_emitter *emitter, const char *name,
		       const uint8_t *bytes, size_t size)
{
	c_open(&emitter->out, name);
	for (size_t n = 0; n < size; n++) {
		if (bytes[n])
			c_line(&emitter->out, "[%zu] = 0x%02x,", n, bytes[n]);
	}
	c_close(&emitter->out);
}

/* Large round sizes are hard to read. */
static void emit_size(struct c_emitter *emitter, const char *name,
		      uint64_t value)
{
	uint64_t unit = value % GIB == 0 ? GIB : MIB;

	if (!value || value % MIB)
		c_line(&emitter->out, ".%s = 0x%" PRIx64 ",", name, value);
	else
		c_line(&emitter->out,
		       ".%s = 0x%" PRIx64 ", /* %" PRIu64 " %s */", name, value,
		       value / unit, unit == GIB ? "GiB" : "MiB");
}

static void emit_choice(struct c_emitter *emitter,
			const struct jhcfg_member *member, const char *name,
			uint64_t value)
{
	const char *word = jhcfg_name_of(member->names, value);

	if (word && c_style_knows(emitter->style, member, value))
		c_line(&emitter->out, ".%s = %s%s,", name, member->prefix,
		       word);
	else if (word)
		c_line(&emitter->out, ".%s = %" PRIu64 ", /* %s */", name,
		       value, word);
	else
		c_line(&emitter->out, ".%s = %" PRIu64 ",", name, value);
}

/* Flags without a name in the header come last, as one number. */
static void emit_flags(struct c_emitter *emitter,
		       const struct jhcfg_member *member, const char *name,
		       uint64_t value)
{
	struct c_terms terms = { .count = 0 };
	uint64_t nameless = 0;

	for (unsigned int bit = 0; bit < 64; bit++) {
		uint64_t flag = UINT64_C(1) << bit;

		if ((value & flag) &&
		    !c_style_knows(emitter->style, member, flag))
			nameless |= flag;
	}
	c_terms_add_flags(&terms, value & ~nameless, member->names,
			  member->prefix);
	if (nameless)
		c_terms_add(&terms, "0x%" PRIx64, nameless);
	c_assign_terms(&emitter->out, name, &terms);
}

/* Four to a line. */
static void emit_array(struct c_emitter *emitter,
		       const struct jhcfg_member *member, const char *name,
		       const uint8_t *values)
{
	char line[4 * C_NUMBER_SIZE];
	size_t length = 0;

	c_open(&emitter->out, name);
	for (unsigned int n = 0; n < member->count; n++) {
		uint64_t value = jhcfg_get_member(values + n * member->size,
						  member->size);

		length += (size_t)snprintf(line + length, sizeof(line) - length,
					   "%s0x%0*" PRIx64 ",",
					   length ? " " : "", 2 * member->size,
					   value);
		if (n % 4 < 3 && n + 1 < member->count)
			continue;
		c_line(&emitter->out, "%s", line);
		length = 0;
	}
	c_close(&emitter->out);
}

static void emit_number(struct c_emitter *emitter,
			const struct jhcfg_member *member, const char *name,
			uint64_t value)
{
	char bdf[C_BDF_SIZE];

	c_format_bdf((uint16_t)value, bdf);
	if (member->kind == JHCFG_MEMBER_BDF)
		c_line(&emitter->out, ".%s = 0x%04" PRIx64 ", /* %s */", name,
		       value, bdf);
	else if (member->kind == JHCFG_MEMBER_DECIMAL && value <= INT32_MAX)
		c_line(&emitter->out, ".%s = %" PRIu64 ",", name, value);
	else
		/* addresses in their usual length */
		c_line(&emitter->out, ".%s = 0x%0*" PRIx64 ",", name,
		       member->size == 8 ? 8 : 1, value);
}

static void emit_struct(struct c_emitter *emitter,
			const struct jhcfg_member *member, const char *name,
			const void *value)
{
	if (jhcfg_is_zero(value, member->size))
		return;
	c_open(&emitter->out, name);
	c_emit_members(emitter, member->type, value, NULL);
	c_close(&emitter->out);
}

void c_emit_member(struct c_emitter *emitter, const struct jhcfg_member *member,
		   const char *name, const void *value)
{
	if (member->kind == JHCFG_MEMBER_STRUCT)
		emit_struct(emitter, member, name, value);
	else if (member->kind == JHCFG_MEMBER_TEXT)
		emit_text(emitter, name, value);
	else if (member->kind == JHCFG_MEMBER_BYTES)
		emit_bytes(emitter, name, value, member->size);
	else if (member->count > 1)
		emit_array(emitter, member, name, value);
	else if (member->kind == JHCFG_MEMBER_SIZE)
		emit_size(emitter, name, jhcfg_get_member(value, member->size));
	else if (member->kind == JHCFG_MEMBER_CHOICE)
		emit_choice(emitter, member, name,
			    jhcfg_get_member(value, member->size));
	else if (member->kind == JHCFG_MEMBER_FLAGS)
		emit_flags(emitter, member, name,
			   jhcfg_get_member(value, member->size));
	else
		emit_number(emitter, member, name,
			    jhcfg_get_member(value, member->size));
}

/* The name behind the prefix that is wanted, or NULL. */
static const char *strip_prefix(const char *name, const char *prefix)
{
	size_t length;

	if (!prefix)
		return name;
	if (!*prefix)
		return strchr(name, '.') ? NULL : name;
	length = strlen(prefix);
	if (strncmp(name, prefix, length) != 0 || name[length] != '.')
		return NULL;
	return name + length + 1;
}

void c_emit_members(struct c_emitter *emitter, const struct jhcfg_type *type,
		    const void *base, const char *prefix)
{
	const struct jhcfg_iommu *unit = NULL;

	if (type->members[0].names == jhcfg_iommu_types)
		unit = base;
	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];
		const uint8_t *value = (const uint8_t *)base + member->offset;
		const char *name = strip_prefix(member->name, prefix);

		if (!name ||
		    jhcfg_is_zero(value, (size_t)member->size * member->count))
			continue;
		if (name == member->name)
			name = c_style_name(emitter->style, member, unit);
		/* an array of structs has a function of its own */
		if (name &&
		    !(member->kind == JHCFG_MEMBER_STRUCT && member->count > 1))
			c_emit_member(emitter, member, name, value);
	}
}
