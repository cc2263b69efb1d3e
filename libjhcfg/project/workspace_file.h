/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Members of the system document that make it a project:
 *
 *   "board"      name of a file, relative to the document; or the board itself
 *   "cells"      names of files, relative to the document
 *   "links"      { name, bdf, protocol, base, state_size, rw_size,
 *                output_size, msix_vectors, peers: [cell or null] }
 *   "scenarios"  { name, cells: [cell] }
 *   "waivers"    { rule, object, reason }
 *
 * Cells stand there by name. The reader of configurations keeps these members
 * as text, so older programs write them back unchanged.
 */
#ifndef JHCFG_PROJECT_WORKSPACE_FILE_H
#define JHCFG_PROJECT_WORKSPACE_FILE_H

#include <stdbool.h>

#include <jhcfg/diag.h>
#include <json-c/json.h>

#include "model/private.h"
#include "model/board.h"
#include "model/state.h"

/* The value of an unknown key ("/cells") of the system, parsed, which the
 * caller drops; NULL if it is absent. */
struct json_object *workspace_member(const struct jhcfg_config *system,
				     const char *key);
/* Puts or replaces it; NULL makes one that is there an empty array. */
int workspace_put_member(struct jhcfg_config *system, const char *key,
			 const char *json);
/* The path of a file that the project names, which must lie below it: a project
 * is moved and sent as one directory. -EINVAL, with a finding about @file that
 * names it; -ENOMEM. */
int workspace_path(const char *directory, const char *name, const char *file,
		   struct jhcfg_diags *diags, char **path);

/* Reads the board that the system names or contains; *@file is the name, for
 * the caller to free, of the file that it came from, and stays if there is
 * none. One that cannot be read
 * does not keep people from their cells: the findings about it are errors, but
 * there is no board then, and the system says of it what it said. *@newer: it
 * is of a newer version of the program. -ENOMEM. */
int workspace_read_board(const struct jhcfg_config *system,
			 const char *directory, struct jhcfg_diags *diags,
			 struct jhcfg_board **board, char **file, bool *newer);
/* Gives the system, whose file is @base, its member "board". *@file is the name
 * of the file that the board goes to, for the caller to free: @known, where it
 * has been, if that is not NULL. It stays NULL if the board is embedded, which
 * is replaced if it has @changed. -ENOMEM. */
int workspace_place_board(struct jhcfg_config *system,
			  const struct jhcfg_board *board, bool changed,
			  const char *known, const char *base, char **file);
/* Has the system name this file. -ENOMEM. */
int workspace_put_board(struct jhcfg_config *system, const char *file);
/* The board's file beside that of a system, to be freed; NULL: no memory. */
char *workspace_default_board(const char *base);

/* Gives the system the member "cells", which are the texts of an array that
 * this takes over. -ENOMEM. */
int workspace_put_cells(struct jhcfg_config *system, struct json_object *names);
/* Gives the system the members "links", "scenarios" and "waivers" that @state
 * has. -ENOMEM. */
int workspace_write_members(struct jhcfg_config *system,
			    const struct jhcfg_state *state);

/*
 * Adds to the objects of @array what those of @was, the array that was read,
 * have beside. @identity: keys by which an object is found again; @optionals:
 * keys that are not kept, since their absence says something.
 */
void workspace_keep(struct json_object *array, struct json_object *was,
		    const char *const identity[2],
		    const char *const optionals[2]);

#endif
