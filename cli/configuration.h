/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configurations read from any form and written in any: what the verbs of
 * "config" share. */
#ifndef CLI_CONFIGURATION_H
#define CLI_CONFIGURATION_H

#include <stdbool.h>
#include <stddef.h>

#include <jhcfg/jhcfg.h>
#include <jhcfg/workspace.h>

#include "command.h"

enum configuration_form {
	CONFIGURATION_CELL,
	CONFIGURATION_C,
	CONFIGURATION_JSON,
};

/* What a command line says about reading and writing. */
struct configuration_request {
	const char *input;
	const char *cell;   /* of a project; NULL: the file's own */
	const char *output; /* NULL: stdout */
	enum configuration_form form;
	struct jhcfg_encode_options encode;
	struct jhcfg_decode_options decode;
	struct jhcfg_c_options c;
	const char **c_flags; /* to be freed, with their text */
	char *c_flags_text;
};

struct configuration {
	struct jhcfg_config *config;	     /* to be freed */
	const struct jhcfg_dialect *dialect; /* NULL: the project form */
	const char *words;		     /* what the input is */
};

/* clang-format off */
/* Rows of a command's options. */
#define CONFIGURATION_WRITE_OPTIONS \
	{ 0, "to", "DIALECT", \
	  "the revision or fork to write for (default: rev14); target: what " \
	  "the driver on the target takes", \
	  COMPLETE_DIALECT }, \
	{ 0, "drop", NULL, \
	  "leave out what the dialect cannot hold, with a warning for each " \
	  "value", COMPLETE_NOTHING }
#define CONFIGURATION_READ_OPTIONS \
	{ 0, "from", "DIALECT", \
	  "read it as this one, whatever it looks like", COMPLETE_DIALECT }, \
	{ 0, "arch", "ARCH", \
	  "x86, arm or arm64, if the input does not say it", \
	  COMPLETE_NOTHING }, \
	{ 0, "cflags", "FLAGS", \
	  "more arguments for the compiler of C sources, split at blanks", \
	  COMPLETE_NOTHING }
/* clang-format on */

/* Reads those of these options that the command has. False, after a message,
 * if one makes no sense. In any case the request is to be cleared. */
bool configuration_parse_options(const struct cmd_line *line,
				 struct configuration_request *request);
void configuration_clear(struct configuration_request *request);

/* The form of a file by its name; false if it is none of .cell, .c, .json. */
bool configuration_form_of(const char *path, enum configuration_form *form);

/*
 * Reads the input. A system in the project form is read with the cells and
 * links of its project, unless it is to be written in that form again.
 * Says everything but -ENOMEM in @diags.
 */
int configuration_read(const struct configuration_request *request,
		       struct jhcfg_diags *diags,
		       struct configuration *configuration);
/* Encodes it; *data is to be freed. What is lost, @diags says. */
int configuration_encode(const struct configuration_request *request,
			 const struct jhcfg_config *config,
			 struct jhcfg_diags *diags, void **data, size_t *size);
/* Puts the bytes where the request says, with a message if it cannot. */
int configuration_store(const struct configuration_request *request,
			const void *data, size_t size);

/* The configuration of that name, with its ends of links, or NULL. */
const struct jhcfg_config *configuration_find_cell(
	const struct jhcfg_workspace *workspace, const char *name);

#endif
