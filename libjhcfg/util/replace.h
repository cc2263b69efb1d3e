/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Replacing files in two steps, so that all of several new files are on the
 * disk before the first old one goes: see jhcfg_file_write() for what becomes
 * of links, pipes and the like.
 */
#ifndef JHCFG_UTIL_REPLACE_H
#define JHCFG_UTIL_REPLACE_H

#include <stdbool.h>
#include <stddef.h>

struct jhcfg_replacement {
	char *target;
	char *temp;	  /* beside it; NULL: it is written in place */
	const void *data; /* of the caller */
	size_t size;
	bool is_new;  /* takes no file's place */
	bool is_made; /* and is where it belongs */
};

/* Writes the new file beside the old one. In any case, cancel it afterwards.
 * Errors are those of the system calls. */
int jhcfg_replacement_prepare(struct jhcfg_replacement *replacement,
			      const char *path, const void *data, size_t size);
/* The same where no file is, and may be when it is finished: -EEXIST. */
int jhcfg_replacement_prepare_new(struct jhcfg_replacement *replacement,
				  const char *path, const void *data,
				  size_t size);
/* Puts it into the old one's place. */
int jhcfg_replacement_finish(struct jhcfg_replacement *replacement);
/* Takes a file away again that was finished where none was. */
void jhcfg_replacement_take_back(struct jhcfg_replacement *replacement);
/* Takes away what is not finished; nothing after that. Zeroes are legal. */
void jhcfg_replacement_cancel(struct jhcfg_replacement *replacement);

/* Writes all of it, in as many steps as it takes. -errno. */
int jhcfg_write_full(int fd, const void *data, size_t size);

/* Whether @name is such a new file, for the file @base, that was left over. */
bool jhcfg_replacement_is_temporary(const char *name, const char *base);

#endif
