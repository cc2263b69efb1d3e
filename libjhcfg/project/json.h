/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What reader, writer and kinds of the project form share. */
#ifndef JHCFG_PROJECT_JSON_H
#define JHCFG_PROJECT_JSON_H

#include <stdbool.h>

#include <jhcfg/diag.h>

#include "project/fields.h"

#define JSON_PATH_SIZE 512
#define JSON_MAX_DEPTH 16

/*
 * Where in the document we are, as a JSON pointer (RFC 6901). The part behind
 * owner belongs to the object that keeps the attributes, and is the key under
 * which it keeps them.
 */
struct json_path {
	char text[JSON_PATH_SIZE];
	size_t length;
	size_t owner;
};

struct json_reader {
	struct jhcfg_diags *diags;
	struct json_path path;
	struct jhcfg_attrs *attrs; /* of the object at path.owner */
	struct jhcfg_config *config;
	const char *what; /* if it is no configuration: "board" */
	bool failed;	  /* an error was reported */
	bool tolerant;	  /* newer versions of the schema are read, too */
	bool newer;	  /* this is one: what is not understood is left out */
};

struct json_writer {
	struct json_path path;
	const struct jhcfg_attrs *attrs;
	const struct jhcfg_config *config;
	/* the attributes that were looked at last, by key */
	const struct jhcfg_attrs *sorted_of;
	const struct jhcfg_attr **sorted;
};

/*
 * Goes into a member resp. an element; false if the path became too long, in
 * which case nothing changed. Leave by putting back the old length.
 */
bool json_path_enter(struct json_path *path, const char *key);
bool json_path_enter_index(struct json_path *path, size_t index);
void json_path_leave(struct json_path *path, size_t length);

/* The @size bytes of text as one document, of any type but in strict JSON,
 * which may follow a byte order mark; -EINVAL after complaining, -ENOMEM. */
int json_parse(const char *text, size_t size, struct jhcfg_diags *diags,
	       struct json_object **document);

/* A system or a cell, of any version of the schema: *@document may be another
 * one afterwards. With @newer, which may be NULL, also of those that came after
 * this library: it says whether this is one, of which the configuration has
 * what was understood. -EINVAL after complaining, -ENOMEM. */
int json_read_config(struct json_object **document, struct jhcfg_diags *diags,
		     struct jhcfg_config **config, bool *newer);

/* Reports an error at the reader's place, in a newer document a warning. */
void json_complain(struct json_reader *reader, const char *rule,
		   const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Tells what the document is, and brings it to the version of the schema that
 * the tables here are of: *@document may be another one afterwards.
 * -EINVAL, reported: it is none, or newer; -ENOMEM.
 */
int json_settle_schema(struct json_reader *reader,
		       struct json_object **document,
		       const struct json_shape **type);

/* Reads the members of @object into @base by @type; 0 or -ENOMEM. */
int json_read_object(struct json_reader *reader, const struct json_shape *type,
		     struct json_object *object, uint8_t *base);
/* The reverse: appends members to @object; 0 or -ENOMEM. */
int json_write_object(struct json_writer *writer, const struct json_shape *type,
		      const uint8_t *base, struct json_object *object);

/* Frees what writing has left in the writer. */
void json_writer_clear(struct json_writer *writer);

/*
 * Attributes of the owner that lie in the object at the writer's place or below
 * it: a part of a list in the order of keys, which lives until the writer looks
 * at those of another owner. *@count is 0 if there are none. -ENOMEM.
 */
int json_attrs_below(struct json_writer *writer,
		     const struct jhcfg_attr ***attrs, size_t *count);

bool json_is_note(const char *key);

/* The text that the object has for this key, "" if it has none. */
const char *json_text_at(struct json_object *object, const char *key);

#endif
