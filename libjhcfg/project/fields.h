/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The project form as tables: one row per key, used by reader and writer.
 *
 * All offsets in the tables of documents, cells and systems count from the
 * start of struct jhcfg_config; those of a resource from its value.
 */
#ifndef JHCFG_PROJECT_FIELDS_H
#define JHCFG_PROJECT_FIELDS_H

#include <stdint.h>

#include <json-c/json.h>

#include "model/names.h"
#include "model/private.h"

struct json_field;
struct json_reader;
struct json_writer;

/* How a kind of value is read from and written to JSON. */
struct json_kind {
	/* 0, also after complaining about the value; -ENOMEM */
	int (*read)(struct json_reader *reader, const struct json_field *field,
		    struct json_object *value, uint8_t *base);
	/* 0 with *@value NULL if the value is the one of an absent key;
	 * -ENOMEM */
	int (*write)(struct json_writer *writer, const struct json_field *field,
		     const uint8_t *base, struct json_object **value);
};

enum json_presence {
	JSON_OPTIONAL, /* absent means 0 or empty */
	JSON_REQUIRED,
	JSON_LIKE_PREVIOUS, /* absent means what the previous row has */
	JSON_NONE,	    /* absent means all ones: no index */
};

struct json_field {
	const char *key;
	const struct json_kind *kind;
	uint16_t member; /* offset */
	uint16_t size;	 /* of the member, or of one element */
	enum json_presence presence;
	uint16_t count; /* elements of a fixed array */
	/* by kind: names of a choice or of flags; type of an object */
	const struct jhcfg_name *names;
	const struct json_shape *type;
	enum jhcfg_list_id list;
	const char *text; /* what it means, for people: SAYS() */
};

#define JSON_NO_ATTRS UINT16_MAX

struct json_shape {
	const struct json_field *fields;
	unsigned int num_fields;
	uint16_t attrs; /* offset of the object's own attributes, if any */
};

extern const struct json_shape json_system_type;
extern const struct json_shape json_cell_type;
extern const struct json_shape json_iommu_type; /* of a struct jhcfg_iommu */
/* of the lists of a cell */
extern const struct json_shape json_memory_type, json_cache_type,
	json_irqchip_type, json_pio_type, json_pci_device_type,
	json_pci_cap_type, json_stream_id_type, json_cpu_id_type,
	json_regmap_type, json_blob_type;

/* Values of "$schema", in the version that is written */
#define JSON_SCHEMA_VERSION 1u
#define JSON_SYSTEM_PREFIX  "jailhouse-workbench/system-"
#define JSON_SYSTEM_SCHEMA  JSON_SYSTEM_PREFIX "1"
#define JSON_CELL_SCHEMA    "jailhouse-workbench/cell-1"

/* Keys that any object may have, for people; kept, never judged. */
extern const char *const json_notes[];

extern const struct json_kind json_number;  /* decimal */
extern const struct json_kind json_address; /* hexadecimal */
extern const struct json_kind json_size;    /* with K, M, G */
extern const struct json_kind json_boolean;
extern const struct json_kind json_text;
extern const struct json_kind json_choice;    /* one of field->names */
extern const struct json_kind json_flags;     /* any of field->names */
extern const struct json_kind json_addresses; /* array of field->count */
extern const struct json_kind json_bytes;     /* as hexadecimal text */
extern const struct json_kind json_cpus;
extern const struct json_kind json_set_size;  /* if it is not as usual */
extern const struct json_kind json_set_bytes; /* of a set, as text */
extern const struct json_kind json_pins;      /* bitmap in a jhcfg_irqchip */
extern const struct json_kind json_bdf;
extern const struct json_kind json_object_kind; /* of field->type */
extern const struct json_kind json_iommu_units;
extern const struct json_kind json_list; /* of a cell, of field->type */

#endif
