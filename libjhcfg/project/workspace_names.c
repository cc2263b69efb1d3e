// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names for the files of a project. A save replaces a file only if that is of
 * the project: one that the workspace read or wrote there or, where the project
 * goes over another one, one that the other's system names. What else has a
 * wanted name is somebody's: it stays, and ours is numbered. So does what we
 * read if the project goes beside its original, which keeps its files.
 */
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <jhcfg/file.h>
#include <jhcfg/project.h>

#include "project/json.h"
#include "project/workspace_file.h"
#include "project/workspace_outputs.h"

#define MAX_NUMBER 9999

struct search {
	struct workspace_outputs *outputs;
	const char *base;	      /* the system's file in its folder */
	struct json_object *replaced; /* the project that is there, or NULL */
	bool at_home;		      /* the project stays where it is */
	struct stat *own;	      /* where it was, if that is elsewhere */
	size_t num_own;
};

/* --- what is there -----------------------------------------------------------
 */

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat of_a, of_b;

	return !strcmp(a, b) ||
	       (!stat(a, &of_a) && !stat(b, &of_b) && is_same(&of_a, &of_b));
}

/* A pipe is not looked into: that might take for ever. */
static struct json_object *read_project(const char *path)
{
	struct json_object *document = NULL;
	void *text;
	size_t size;

	if (jhcfg_file_read_regular(path, JHCFG_PROJECT_FILE_MAX, &text, &size))
		return NULL;
	if (json_parse(text, size, NULL, &document))
		document = NULL;
	free(text);
	if (!strncmp(json_text_at(document, "$schema"), JSON_SYSTEM_PREFIX,
		     strlen(JSON_SYSTEM_PREFIX)))
		return document;
	json_object_put(document);
	return NULL;
}

static bool is_replaced(const struct search *search, const char *file)
{
	struct json_object *cells = NULL;

	if (!strcmp(json_text_at(search->replaced, "board"), file))
		return true;
	json_object_object_get_ex(search->replaced, "cells", &cells);
	if (!json_object_is_type(cells, json_type_array))
		return false;
	for (size_t n = 0; n < json_object_array_length(cells); n++) {
		const char *name = json_object_get_string(
			json_object_array_get_idx(cells, n));

		if (name && !strcmp(name, file))
			return true;
	}
	return false;
}

static void add_own(struct search *search, const char *folder, const char *file)
{
	char *path;

	if (!file || asprintf(&path, "%s/%s", folder, file) < 0)
		return;
	search->num_own += !stat(path, &search->own[search->num_own]);
	free(path);
}

/* The files of the project where it was, however they are called. */
static int find_own(struct search *search)
{
	const struct jhcfg_files *old = search->outputs->old;
	char *copy = strdup(search->outputs->old_path);
	const char *folder;

	search->own = calloc(old->num_cells + 1, sizeof(*search->own));
	if (!copy || !search->own) {
		free(copy);
		return -ENOMEM;
	}
	folder = dirname(copy);
	for (size_t n = 0; n < old->num_cells; n++)
		add_own(search, folder, old->cells[n].name);
	add_own(search, folder, old->board);
	free(copy);
	return 0;
}

static bool is_own(const struct search *search, const struct stat *st)
{
	for (size_t n = 0; n < search->num_own; n++)
		if (is_same(&search->own[n], st))
			return true;
	return false;
}

/* Whether the file has the same board, however it is laid out. */
static bool has_board(const char *path, const char *wanted)
{
	struct jhcfg_board *board = NULL;
	char *text = NULL;
	void *data;
	size_t size;
	bool same;

	if (jhcfg_file_read_regular(path, JHCFG_PROJECT_FILE_MAX, &data, &size))
		return false;
	same = !jhcfg_board_read(data, size, NULL, &board) &&
	       !jhcfg_board_write(board, &text) && !strcmp(text, wanted);
	free(text);
	jhcfg_board_free(board);
	free(data);
	return same;
}

/* --- what is free ------------------------------------------------------------
 */

/* Names of the project itself. Some file systems take upper and lower case for
 * the same. */
static bool is_taken(const struct search *search, const char *file)
{
	const struct workspace_outputs *outputs = search->outputs;
	const struct jhcfg_files *old = outputs->old;

	for (size_t n = 0; n < outputs->count; n++)
		if (outputs->items[n].path &&
		    !strcasecmp(outputs->items[n].file, file))
			return true;
	if (!search->at_home)
		return false;
	/* also those of cells that an undo may bring back */
	for (size_t n = 0; n < old->num_cells; n++)
		if (!strcasecmp(old->cells[n].name, file))
			return true;
	return old->board && !strcasecmp(old->board, file);
}

/* Whether the output may go to @path; *@stranger if somebody's file is in the
 * way. */
static bool may_take(const struct search *search,
		     struct workspace_output *output, const char *path,
		     bool *stranger)
{
	struct stat st;

	output->is_new = lstat(path, &st) != 0;
	if (output->is_new)
		return true;
	if (!stat(path, &st) && is_own(search, &st))
		return false;
	if (search->replaced && is_replaced(search, output->file))
		return true;
	if (!output->key && output->text && has_board(path, output->text)) {
		output->differs = false;
		return true;
	}
	*stranger = true;
	return false;
}

/* "cells/a-2.json" of "cells/a.json". */
static char *numbered(const char *file, unsigned int number)
{
	size_t length = strlen(file);
	char *made;

	if (length > 5 && !strcmp(file + length - 5, ".json"))
		length -= 5;
	if (asprintf(&made, "%.*s-%u%s", (int)length, file, number,
		     file + length) < 0)
		return NULL;
	return made;
}

/* What to try after @number names; a board has one by the system's, too. */
static char *next_name(const struct search *search,
		       const struct workspace_output *output,
		       const char *wanted, unsigned int number)
{
	char *board, *made;

	if (output->key)
		return numbered(wanted, number + 1);
	board = workspace_default_board(search->base);
	if (!board || number == 1)
		return board;
	made = numbered(board, number);
	free(board);
	return made;
}

static int fail_names(const struct search *search, const char *wanted,
		      struct jhcfg_diags *diags)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "J10", search->outputs->path,
			wanted, "save into another folder",
			"\"%s\" and all names like it are taken", wanted);
	return -EEXIST;
}

/* Tries names until one is free; @wanted is the first. */
static int find_name(const struct search *search,
		     struct workspace_output *output, const char *wanted,
		     struct jhcfg_diags *diags)
{
	bool stranger = false;

	for (unsigned int number = 1; number <= MAX_NUMBER; number++) {
		char *path;

		if (asprintf(&path, "%s/%s", search->outputs->folder,
			     output->file) < 0)
			return -ENOMEM;
		if (!is_taken(search, output->file) &&
		    may_take(search, output, path, &stranger)) {
			output->path = path;
			if (stranger)
				jhcfg_diags_add(
					diags, JHCFG_INFO, "J14", wanted, "",
					NULL,
					"it is not of this project, and stays "
					"as it is: %s is written instead",
					output->file);
			return 0;
		}
		free(path);
		free(output->file);
		output->file = next_name(search, output, wanted, number);
		if (!output->file)
			return -ENOMEM;
	}
	return fail_names(search, wanted, diags);
}

static int settle(const struct search *search, struct workspace_output *output,
		  struct jhcfg_diags *diags)
{
	char *wanted;
	int err;

	if (output->is_known && search->at_home)
		return asprintf(&output->path, "%s/%s", search->outputs->folder,
				output->file) < 0
			       ? -ENOMEM
			       : 0;
	wanted = strdup(output->file);
	err = wanted ? find_name(search, output, wanted, diags) : -ENOMEM;
	free(wanted);
	return err;
}

/* First those whose names people know. */
static int settle_all(const struct search *search, struct jhcfg_diags *diags)
{
	struct workspace_outputs *outputs = search->outputs;
	int err = 0;

	for (int known = 1; known >= 0; known--)
		for (size_t n = WORKSPACE_OUT_BOARD; !err && n < outputs->count;
		     n++)
			if (outputs->items[n].file &&
			    outputs->items[n].is_known == known)
				err = settle(search, &outputs->items[n], diags);
	return err;
}

/* At home also those of cells that are not in this state. */
static struct jhcfg_files *list_files(const struct search *search)
{
	const struct workspace_outputs *outputs = search->outputs;
	const char *board = outputs->items[WORKSPACE_OUT_BOARD].file;
	const struct jhcfg_files *old = outputs->old;
	struct jhcfg_files *files = jhcfg_files_new();
	int err = files ? 0 : -ENOMEM;

	for (size_t n = 0; !err && search->at_home && n < old->num_cells; n++)
		err = jhcfg_files_set(files, old->cells[n].key,
				      old->cells[n].name);
	for (size_t n = 0; !err && n < outputs->count; n++)
		if (outputs->items[n].key)
			err = jhcfg_files_set(files, outputs->items[n].key,
					      outputs->items[n].file);
	if (!board && search->at_home)
		board = old->board;
	if (!err && board) {
		files->board = strdup(board);
		err = files->board ? 0 : -ENOMEM;
	}
	if (!err)
		return files;
	jhcfg_files_free(files);
	return NULL;
}

int workspace_settle_names(struct workspace_outputs *outputs,
			   struct jhcfg_diags *diags,
			   struct jhcfg_files **files)
{
	struct search search = { .outputs = outputs };
	int err = 0;

	search.base = outputs->items[WORKSPACE_OUT_SYSTEM].file;
	search.at_home = outputs->old_path &&
			 is_same_file(outputs->old_path, outputs->path);
	if (!search.at_home)
		search.replaced = read_project(outputs->path);
	if (!search.at_home && outputs->old_path)
		err = find_own(&search);
	if (!err)
		err = settle_all(&search, diags);
	if (!err) {
		*files = list_files(&search);
		err = *files ? 0 : -ENOMEM;
	}
	json_object_put(search.replaced);
	free(search.own);
	return err;
}
