/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How a dialect of the binary format is described. A record is a run of bytes
 * in the file that fills one struct of the model; its fields are rows of a
 * table, and both directions work from the same rows.
 */
#ifndef JHCFG_CODEC_DIALECT_H
#define JHCFG_CODEC_DIALECT_H

#include <stdint.h>

#include "model/private.h"

struct codec_record;

struct codec_field {
	uint16_t off;	 /* in the file, from the start of the record */
	uint16_t width;	 /* bytes in the file */
	uint16_t member; /* offset in the struct of the model */
	uint16_t member_size;
	uint8_t bits;  /* not 0: only these many bits ... */
	uint8_t shift; /* ... from this one on */
	uint8_t count; /* array of that many, back to back */
	const struct codec_record *record; /* nested, instead of a number */
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
};

/* An array behind the cell descriptor; the CPU set precedes the first one. */
struct codec_array {
	enum jhcfg_list_id list;
	const char *name;	/* for messages: "memory region" */
	unsigned int count_off; /* of the 32-bit count in the descriptor */
	const struct codec_record *record;
};

struct codec_dialect {
	const char *name;
	unsigned int revision;
	const char *system_signature;
	const char *cell_signature;
	unsigned int architecture_off;
	unsigned int revision_off;
	/* fills a struct jhcfg_config; the root cell starts at its end */
	const struct codec_record *system;
	/* fills a struct jhcfg_cell */
	const struct codec_record *cell;
	unsigned int cpu_set_size_off;
	const struct codec_array *arrays;
	unsigned int num_arrays;
};

extern const struct codec_dialect codec_rev14;

/* Converts one record; @bytes holds record->size bytes, @model the struct. */
void codec_record_encode(const struct codec_record *record, const void *model,
			 uint8_t *bytes);
void codec_record_decode(const struct codec_record *record,
			 const uint8_t *bytes, void *model);

#endif
