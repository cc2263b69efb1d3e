/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files that a recording shows, as they are at one moment. */
#ifndef JHCFG_TARGET_RECORDING_FILES_H
#define JHCFG_TARGET_RECORDING_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include <jhcfg/target.h>

struct recorded_file {
	struct jhcfg_tree_file file; /* without a text: it is not there */
	unsigned int is_text : 1;
	unsigned int room : 31;	 /* for the text in @block; 0: it is in @own */
	unsigned int next_index; /* of the one that was set after it, perhaps */
	union {
		char own[16]; /* most are counters */
		char *block;
	};
};

/* Parts of paths, each of them once. */
struct recorded_names {
	char **all; /* sorted */
	size_t count, capacity;
};

struct recorded_files {
	struct recorded_file *all; /* sorted by path */
	size_t count, capacity;
	struct recorded_names folders, names; /* of their paths */
	size_t last;			      /* that was set */
	uint64_t shape;			      /* see recording_shape() */
};

/* @text NULL: it is gone. Both are copied. -ENOMEM. */
int recorded_files_set(struct recorded_files *files, const char *path,
		       const char *text, size_t size);
/* All are gone. */
void recorded_files_forget(struct recorded_files *files);
void recorded_files_clear(struct recorded_files *files);
/* Index of the file, or of where it would be; *@found: it is known. */
size_t recorded_files_find(const struct recorded_files *files, const char *path,
			   bool *found);

#endif
