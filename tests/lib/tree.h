/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory tree of a test's own, for file and sysfs tests. */
#ifndef TESTS_TREE_H
#define TESTS_TREE_H

#include <stddef.h>

/* Makes an empty directory and has JAILHOUSE_ROOT name it. The path is valid
 * until tree_remove(). */
const char *tree_make(void);
void tree_remove(void);

/* Writes @text to the file @path in the tree, with its directories. It is a new
 * file: who has the old one open goes on with that. */
void tree_write(const char *path, const char *text);
void tree_write_bytes(const char *path, const void *data, size_t size);
/* Adds @text to the file @path, also for who has it open. */
void tree_append(const char *path, const char *text);
/* Removes a file or a whole directory of the tree. */
void tree_delete(const char *path);

/* The same as setup and teardown of a CMocka test. */
int tree_setup(void **state);
int tree_teardown(void **state);

#endif
