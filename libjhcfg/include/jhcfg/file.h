/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whole files, read with a limit and replaced as one step. */
#ifndef JHCFG_FILE_H
#define JHCFG_FILE_H

#include <stddef.h>

#include <jhcfg/api.h>

/*
 * Reads all of @path, which may be a pipe, into a new buffer that the caller
 * frees; a NUL that is not counted follows the last byte.
 * -EFBIG: more than @max bytes; -ENOMEM; or what open() and read() said.
 */
JHCFG_API int jhcfg_file_read(const char *path, size_t max, void **data,
			      size_t *size);

/*
 * The same of nothing but a regular file: whoever names a pipe or a device does
 * not make the caller wait, or act. -EISDIR, -EINVAL: it is another kind.
 */
JHCFG_API int jhcfg_file_read_regular(const char *path, size_t max, void **data,
				      size_t *size);

/*
 * Writes @size bytes to @path. A regular file, or none, is replaced in one
 * step by way of a temporary file beside it, so that a reader sees the old or
 * the new content and a failure leaves the old one. Anything else (a pipe, a
 * device) is written in place. A symbolic link is followed.
 * Errors are those of the system calls.
 */
JHCFG_API int jhcfg_file_write(const char *path, const void *data, size_t size);

/*
 * Writes @size bytes to @path, which exists, in place: an attribute in sysfs,
 * a device.
 */
JHCFG_API int jhcfg_file_overwrite(const char *path, const void *data,
				   size_t size);

#endif
