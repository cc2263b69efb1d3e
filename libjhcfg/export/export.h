/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An export as the files of this folder share it. */
#ifndef JHCFG_EXPORT_EXPORT_H
#define JHCFG_EXPORT_EXPORT_H

#include <jhcfg/check.h>
#include <jhcfg/diag.h>
#include <jhcfg/export.h>

#include "load/load.h"

#define EXPORT_MANIFEST "SHA256SUMS"
#define EXPORT_SCRIPT	"launch.sh"

/* A file to be written; the strings and the data are ours. */
struct export_file {
	char *name;
	void *data;
	size_t size;
	bool is_program;
};

struct export_files {
	struct export_file *items;
	size_t count;
};

/* What is known of a cell, the root included. */
struct export_cell {
	uint32_t key;
	const struct jhcfg_config *config;
	char *base;		  /* of its files' names: "rtos" */
	struct load_plan loads;	  /* none of the root */
	const char **image_names; /* of the files, for each of them */
};

struct export
{
	const struct jhcfg_workspace *workspace;
	const struct jhcfg_export_options *options;
	struct jhcfg_diags *diags;
	struct load_list loads;
	struct export_cell *cells; /* as in the workspace */
	size_t num_cells;
	struct export_files files;
};

/* --- names.c: the names of files ------------------------------------------ */

/* What @name becomes as the beginning of file names: a new string, safe in any
 * folder and in a list of sums. NULL without memory. */
char *export_plain_name(const char *name);
const struct export_file *export_find(const struct export_files *files,
				      const char *name);
/* Adds a file and takes over @data, also on failure. */
int export_add(struct export_files *files, const char *base, const char *end,
	       void *data, size_t size);
/* The same with a number in the name if that is taken by others; the same
 * contents are added once. *@name is the file's. @data is copied. */
int export_add_image(struct export_files *files, const char *name,
		     const void *data, size_t size, const char **added);
void export_files_clear(struct export_files *files);

/* --- contents.c, launch.c ------------------------------------------------- */

/* @with_images: all that is loaded, and where. */
int export_read_cells(struct export *export, bool with_images);
void export_cells_clear(struct export *export);
/* Each adds its files, and says its errors. */
int export_add_contents(struct export *export, unsigned int parts);
int export_add_launch(struct export *export);
int export_add_manifest(struct export *export);

/* report.c: judges what is exported; @strict: -EPERM if there are errors. */
int export_judge(struct export *export, bool strict,
		 struct jhcfg_findings **findings);
int export_add_report(struct export *export,
		      const struct jhcfg_findings *findings);

/* --- folder.c ------------------------------------------------------------- */

/* Brings the files into the folder: all of them or none. */
int export_write(const char *folder, const struct export_files *files,
		 bool replace, struct jhcfg_diags *diags);

#endif
