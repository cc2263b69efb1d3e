/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How a dialect of the binary format is described. A record is a run of bytes
 * in the file that fills one struct of the model; its fields are rows of a
 * table, and both directions work from the same rows.
 */
#ifndef JHCFG_CODEC_DIALECT_H
#define JHCFG_CODEC_DIALECT_H

#include <stdint.h>

#include <jhcfg/codec.h>

#include "model/private.h"

struct codec_record;

/*
 * Numbers that a dialect has for what the model numbers otherwise. Of values:
 * model + n is file + n, for n below count. Of flags: the bit model is the
 * bit file.
 */
struct codec_move {
	uint64_t model;
	uint64_t file;
	uint64_t count;
};

struct codec_map {
	bool is_flags;
	uint64_t foreign; /* flags of the model that the dialect has not */
	const struct codec_move *moves;
	unsigned int num_moves;
};

enum codec_form {
	CODEC_NUMBER,
	CODEC_TEXT, /* ends in a NUL in the model */
	CODEC_BYTES,
};

struct codec_field {
	uint16_t off;	 /* in the file, from the start of the record */
	uint16_t width;	 /* bytes in the file */
	uint16_t member; /* offset in the struct of the model */
	uint16_t member_size;
	uint8_t bits;  /* not 0: only these many bits ... */
	uint8_t shift; /* ... from this one on */
	uint8_t count; /* array of that many, back to back */
	uint8_t form;  /* enum codec_form */
	const struct codec_record *record; /* nested, instead of a number */
	const struct codec_map *map;
};

/* Fields that exist only for one value of the record's selector. */
struct codec_variant {
	uint64_t selector;
	const struct codec_field *fields;
	unsigned int num_fields;
};

struct codec_record {
	unsigned int size; /* bytes in the file */
	const struct codec_field *fields;
	unsigned int num_fields;
	/* the member that selects a variant; only if there are variants */
	uint16_t selector;
	uint16_t selector_size;
	const struct codec_variant *variants;
	unsigned int num_variants;
	/* adds to the decoded struct what the file says only indirectly */
	void (*complete)(void *model);
};

struct codec_array;

/* What an array behind the cell descriptor consists of. */
struct codec_array_kind {
	/* what its count in the descriptor will be */
	uint64_t (*count)(const struct codec_array *array,
			  const struct jhcfg_config *config);
	/* @bytes are zeroed */
	void (*encode)(const struct codec_array *array,
		       const struct jhcfg_config *config, uint8_t *bytes);
	/* @count elements, all there; -ENOMEM */
	int (*decode)(const struct codec_array *array, const uint8_t *bytes,
		      uint32_t count, struct jhcfg_cell *cell);
};

extern const struct codec_array_kind codec_records;
extern const struct codec_array_kind codec_plain_memory;
extern const struct codec_array_kind codec_colored_memory;
extern const struct codec_array_kind codec_set;	  /* count is its bytes */
extern const struct codec_array_kind codec_ports; /* so it is here */

struct codec_array {
	const struct codec_array_kind *kind;
	const char *name;	/* for messages: "memory regions" */
	unsigned int count_off; /* of the 32-bit count in the descriptor */
	enum jhcfg_list_id list;
	uint16_t set; /* offset in struct jhcfg_cell */
	const struct codec_record *record;
};

/* The size of one element. */
unsigned int codec_element_size(const struct codec_array *array);

/* Which signature a dialect writes. */
enum codec_family {
	CODEC_6_CHARACTERS, /* JHSYST, JHCELL */
	CODEC_5_CHARACTERS, /* JHSYS, JHCLL, and the architecture */
};

#define CODEC_ARCHITECTURE_OFF 5
#define CODEC_REVISION_OFF     6
#define CODEC_HEAD_SIZE	       8

struct jhcfg_dialect {
	const char *name;
	const char *title; /* for messages */
	enum codec_family family;
	unsigned int revision;
	/* fills a struct jhcfg_config; the root cell starts at its end */
	const struct codec_record *system;
	/* fills a struct jhcfg_cell */
	const struct codec_record *cell;
	const struct codec_array *arrays;
	unsigned int num_arrays;
	/* numbers in the model above which this dialect has no name, but for
	 * one that it has for itself */
	unsigned int max_console_type;
	unsigned int own_console_type;
	unsigned int max_iommu_type;
};

/* All dialects; of those that share a layout the commonest comes first. */
extern const struct jhcfg_dialect *const codec_dialects[];
extern const unsigned int codec_num_dialects;

/* Converts one record; @bytes holds record->size bytes, @model the struct. */
void codec_record_encode(const struct codec_record *record, const void *model,
			 uint8_t *bytes);
void codec_record_decode(const struct codec_record *record,
			 const uint8_t *bytes, void *model);

uint64_t codec_map_encode(const struct codec_map *map, uint64_t value);
uint64_t codec_map_decode(const struct codec_map *map, uint64_t value);

#endif
