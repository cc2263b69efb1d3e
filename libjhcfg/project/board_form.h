/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The JSON form of boards, by the same kind of tables as configurations. What
 * is special: values are pointers and counts in plain structs, devices are
 * referred to by their names, and the model, which is complete before anyone
 * sees it, keeps unknown keys by list and index.
 */
#ifndef JHCFG_PROJECT_BOARD_FORM_H
#define JHCFG_PROJECT_BOARD_FORM_H

#include "model/arena.h"
#include "model/board.h"
#include "project/json.h"

#define JSON_BOARD_PREFIX  "jailhouse-workbench/board-"
#define JSON_BOARD_SCHEMA  JSON_BOARD_PREFIX "1"
#define JSON_BOARD_VERSION 1u

/* What is in no list. The members begin as the board's own. */
struct board_head {
	const char *name, *title, *source;
	uint8_t architecture;
	const char *command_line, *psci_method;
	unsigned int address_bits;
	uint64_t ram_start;
	uint32_t timer_irqs[4];
};

/* A device, with things in one array that the model has in two. */
struct board_window {
	struct jhcfg_range range;
	const char *name;
};

struct board_device {
	struct jhcfg_hw_device device;
	const struct board_window *windows;
	size_t num_windows;
};

struct board_reader {
	struct json_reader json; /* first: kinds get this */
	struct jhcfg_board *board;
	struct jhcfg_arena arena; /* arrays of the item that is being read */
	/* names of devices, sorted, and which one has it */
	struct board_name {
		const char *name;
		size_t device;
	} * names;
	size_t num_names;
	size_t expanded; /* interrupts that ranges have become so far */
};

struct board_writer {
	struct json_writer json; /* first */
	const struct jhcfg_board *board;
	struct jhcfg_arena arena;
	size_t next_note; /* set of unknown keys that comes next */
};

/* Ranges such as "0-1019" make many of few characters. */
#define BOARD_MAX_EXPANDED 16384

/* All of it; offsets from the start of a struct board_head. */
extern const struct json_shape board_arm_shape, board_x86_shape;

/* Kinds. Arrays have the offset of their count in field->count. */
extern const struct json_kind board_text;    /* const char * */
extern const struct json_kind board_texts;   /* array of those */
extern const struct json_kind board_status;  /* absent means "okay" */
extern const struct json_kind board_start;   /* of a struct jhcfg_range */
extern const struct json_kind board_object;  /* left out if it is empty */
extern const struct json_kind board_objects; /* array of field->type */
extern const struct json_kind board_numbers; /* array of 32-bit ones */
extern const struct json_kind board_ids;     /* the same, in hexadecimal */
extern const struct json_kind board_bytes;   /* hexadecimal text */
extern const struct json_kind board_device_name;
extern const struct json_kind board_interrupts;
/* Whole lists of the board; field->count is which. */
extern const struct json_kind board_list;

/* The text that @json is; it stays in the document. NULL: it is none, which has
 * been said. */
const char *board_get_text(struct json_reader *reader,
			   struct json_object *json);
/* An object of its own, *@value, with what is at @base. */
int board_write_shape(struct json_writer *writer,
		      const struct json_shape *shape, const uint8_t *base,
		      struct json_object **value);

/* As jhcfg_board_read(); *@newer says that the document is of a version of the
 * schema that came after this library, which is the -EINVAL then. */
int json_read_board(const char *text, size_t size, struct jhcfg_diags *diags,
		    struct jhcfg_board **board, bool *newer);

int board_write_list(struct json_writer *writer, const struct json_field *field,
		     const uint8_t *base, struct json_object **value);

enum board_list_id {
	BOARD_CPUS,
	BOARD_CACHES,
	BOARD_MEMORIES,
	BOARD_DEVICES,
	BOARD_IRQCHIPS,
	BOARD_IOMMUS,
	BOARD_PCI_HOSTS,
	BOARD_PCI_FUNCTIONS,
	BOARD_PORTS,
	BOARD_HEAD, /* what is in no list */
};

#endif
