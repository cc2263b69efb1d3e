/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder that files are brought into, with what is there already. */
#ifndef JHCFG_EXPORT_FOLDER_H
#define JHCFG_EXPORT_FOLDER_H

#include "export/export.h"

struct export_change {
	const char *name;
	const struct export_file *file; /* NULL: it goes */
	bool has_old, is_same;
	/* how far the exchange went */
	bool old_is_away, new_is_there;
};

struct export_folder {
	char *path;
	int dir;
	const struct export_files *files;
	bool replace;
	struct jhcfg_diags *diags;
	char *sums; /* of an earlier export, cut into words; or NULL */
	struct export_change *changes;
	size_t count;
};

/* Fills in the changes. -EEXIST: files are in the way; @diags names them. */
int export_folder_look(struct export_folder *folder);
void export_folder_clear(struct export_folder *folder);

#endif
