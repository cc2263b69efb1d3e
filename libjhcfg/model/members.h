/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The model as tables: each member with the name that the C form of a
 * configuration has for it. Whatever treats all members alike (comparing,
 * printing, writing C) walks these instead of naming them one by one.
 */
#ifndef JHCFG_MODEL_MEMBERS_H
#define JHCFG_MODEL_MEMBERS_H

#include "model/names.h"
#include "model/private.h"

enum jhcfg_member_kind {
	JHCFG_MEMBER_DECIMAL,
	JHCFG_MEMBER_HEX,
	JHCFG_MEMBER_SIZE,
	JHCFG_MEMBER_BDF,
	JHCFG_MEMBER_CHOICE, /* one of names */
	JHCFG_MEMBER_FLAGS,  /* any of names */
	JHCFG_MEMBER_TEXT,
	JHCFG_MEMBER_BYTES,
	JHCFG_MEMBER_STRUCT, /* of type */
};

struct jhcfg_type;

struct jhcfg_member {
	const char *name; /* "amd.bdf": a member of a union's branch */
	uint16_t offset;
	uint16_t size;	/* of one element; of all of a text or of bytes */
	uint16_t count; /* more than 1: an array */
	enum jhcfg_member_kind kind;
	const struct jhcfg_name *names;
	const char *prefix; /* of the names, in C */
	const struct jhcfg_type *type;
};

struct jhcfg_type {
	const struct jhcfg_member *members;
	unsigned int num_members;
};

/* Of struct jhcfg_system and struct jhcfg_cell; without sets and lists. */
extern const struct jhcfg_type jhcfg_system_type;
extern const struct jhcfg_type jhcfg_cell_type;

/* The resource lists of a cell. */
struct jhcfg_list_info {
	const char *one;   /* "memory region" */
	const char *array; /* member of the C form: "mem_regions" */
	const char *count; /* and of its descriptor: "num_memory_regions" */
	const struct jhcfg_type *type;
};

extern const struct jhcfg_list_info jhcfg_list_infos[JHCFG_NUM_LISTS];

/* The sets of a cell. */
struct jhcfg_set_info {
	const char *one; /* "CPU" */
	uint16_t offset; /* in struct jhcfg_cell */
};

#define JHCFG_NUM_SETS 3
extern const struct jhcfg_set_info jhcfg_set_infos[JHCFG_NUM_SETS];

/* A member, or an element of an array, in which two configurations differ. */
struct jhcfg_difference {
	const char *part; /* "platform_info.iommu_units", "memory region" */
	size_t index;	  /* of the part, or SIZE_MAX */
	/* NULL: the whole part is there in one of the two only */
	const struct jhcfg_member *member;
	const void *a, *b; /* the values; NULL with member */
};

/*
 * Compares all that the binary form could hold, calling @found (unless NULL)
 * for each difference, and returns their number. The architecture is not
 * compared.
 */
size_t jhcfg_config_compare(const struct jhcfg_config *a,
			    const struct jhcfg_config *b,
			    void (*found)(void *context,
					  const struct jhcfg_difference *),
			    void *context);

/* Whether the @size bytes at @bytes are all 0. */
bool jhcfg_is_zero(const void *bytes, size_t size);

#endif
