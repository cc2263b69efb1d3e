/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The files of a machine, /proc and /sys, wherever they are: in the running
 * system, in a folder, or in an archive. Paths are relative to its root and
 * have no "." and "..". Links lead nowhere but below that root.
 *
 * A recording is hostile input: sizes, numbers of files and of links are
 * limited, and only what was asked for is read.
 */
#ifndef IMPORT_LINUX_MACHINE_H
#define IMPORT_LINUX_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/diag.h>

#define MACHINE_MAX_PATH  512
#define MACHINE_MAX_NAME  128
#define MACHINE_MAX_FILE  (4u << 20)  /* one file */
#define MACHINE_MAX_TOTAL (24u << 20) /* all files of an archive */
#define MACHINE_MAX_FILES 65536	      /* in an archive */
#define MACHINE_MAX_LIST  4096	      /* names in one folder */

struct machine;

/* What is in a folder, in the order that people count: cpu2 before cpu10. */
struct machine_names {
	char (*items)[MACHINE_MAX_NAME];
	size_t count;
};

struct machine_ops {
	/* all of a file in a new buffer with a NUL behind it; -ENOENT, -EFBIG
	 * above @max, -ENOMEM, or another error of the system */
	int (*read)(struct machine *machine, const char *path, size_t max,
		    char **data, size_t *size);
	/* where the link leads, cut to @size */
	int (*link)(struct machine *machine, const char *path, char *target,
		    size_t size);
	/* appends by machine_names_add(), in any order */
	int (*list)(struct machine *machine, const char *path,
		    struct machine_names *names);
	void (*close)(struct machine *machine);
};

/* The beginning of what the kinds of machines are. */
struct machine {
	const struct machine_ops *ops;
	const char *name; /* for messages and sources; "" for "/" */
};

/*
 * The machine at @path, a folder or an archive (tar, also compressed).
 * -ENOENT and so on; -EINVAL: neither; -ENOTSUP: an archive, and the library
 * was built without the means to read it. @diags has it in words.
 */
int machine_open(const char *path, struct jhcfg_diags *diags,
		 struct machine **machine);
/* NULL is legal. */
void machine_close(struct machine *machine);

/* The kinds. Strings passed in are copied. */
int machine_open_folder(const char *path, struct machine **machine);
int machine_open_archive(const char *path, struct jhcfg_diags *diags,
			 struct machine **machine);
/* The archive is in memory. */
int machine_read_archive(const void *data, size_t size, const char *name,
			 struct jhcfg_diags *diags, struct machine **machine);

/* Files that are kept in memory. Adding: names that are no good (absolute,
 * "..") and files beyond the limits are refused with -EINVAL and -EFBIG. */
int machine_new_memory(const char *name, struct machine **machine);
int machine_add_file(struct machine *machine, const char *path,
		     const void *data, size_t size);
int machine_add_link(struct machine *machine, const char *path,
		     const char *target);

/* --- for readers --------------------------------------------------------- */

int machine_read(struct machine *machine, const char *path, char **data,
		 size_t *size);
bool machine_exists(struct machine *machine, const char *path);
/* The first line of a small file; false and "" without one. */
bool machine_line(struct machine *machine, char *text, size_t size,
		  const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same as a number, decimal or hexadecimal after 0x. */
bool machine_number(struct machine *machine, uint64_t *value,
		    const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The last part of where the link leads: a driver's name. */
bool machine_link(struct machine *machine, char *name, size_t size,
		  const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* Names in the folder, none if there is no such folder. -ENOMEM. */
int machine_list(struct machine *machine, const char *path,
		 struct machine_names *names);

/* For list(): false if there is no memory, or no room for more. Names that are
 * too long are left out. */
bool machine_names_add(struct machine_names *names, const char *name,
		       size_t length);
void machine_names_clear(struct machine_names *names);

#endif
