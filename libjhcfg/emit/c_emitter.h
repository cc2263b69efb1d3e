/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the parts of the C emitter share. */
#ifndef JHCFG_EMIT_C_EMITTER_H
#define JHCFG_EMIT_C_EMITTER_H

#include "emit/c_out.h"
#include "emit/c_style.h"
#include "model/private.h"

struct c_emitter {
	struct c_out out;
	const struct c_style *style;
	const char *dialect; /* in words */
	/* what the dialect makes of it, and what the caller gave, with notes */
	const struct jhcfg_config *config;
	const struct jhcfg_config *notes;
	/* For each memory region and each capability, the PCI device that it
	 * belongs to, by its index plus 1. */
	uint32_t *region_users;
	uint32_t *cap_users;
	bool out_of_memory;
};

/* --- c_members.c --- */

/*
 * Writes the members of @base that are not 0, as initializers. @prefix: only
 * those whose name starts with it and a dot, without both; "": only those
 * without a dot; NULL: all, with their dots.
 */
void c_emit_members(struct c_emitter *emitter, const struct jhcfg_type *type,
		    const void *base, const char *prefix);
/* One member, even if it is 0. */
void c_emit_member(struct c_emitter *emitter, const struct jhcfg_member *member,
		   const char *name, const void *value);

const struct jhcfg_member *c_find_member(const struct jhcfg_type *type,
					 const char *name);

/* --- c_notes.c --- */

/* The text of a note, or false. */
bool c_note(const struct jhcfg_attrs *attrs, const char *key, char *text,
	    size_t size);
/* Name, comment and source of an entry of a list, as one text; false if
 * nobody noted any. */
bool c_item_note(const struct c_emitter *emitter, enum jhcfg_list_id list,
		 size_t index, char *text, size_t size);
/* "0-3, 7" for the set bits of @count bytes; numbers start at @first. What
 * does not fit into @size, at least 64, is "...". */
void c_format_bits(const uint8_t *bytes, size_t count, uint64_t first,
		   char *text, size_t size);
/* "00:1f.2" */
#define C_BDF_SIZE 8
void c_format_bdf(uint16_t bdf, char text[C_BDF_SIZE]);

/* --- c_platform.c --- */

/* What a system has before its root cell. */
void c_emit_platform(struct c_emitter *emitter);

/* --- c_arrays.c --- */

/* The members of the struct behind the descriptor. */
void c_declare_arrays(struct c_emitter *emitter);
/* Their sizes, in the descriptor. */
void c_count_arrays(struct c_emitter *emitter);
/* Their values. */
void c_emit_arrays(struct c_emitter *emitter);

/* --- c_memory.c --- */

void c_emit_memory(struct c_emitter *emitter, bool colored);
/* Number of regions of either kind. */
size_t c_count_memory(const struct c_emitter *emitter, bool colored);

/* --- c_pci.c --- */

void c_emit_pci_devices(struct c_emitter *emitter);
void c_emit_pci_caps(struct c_emitter *emitter);

#endif
