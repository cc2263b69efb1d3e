/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernels that are compressed as a whole */
#ifndef CLI_UNPACK_H
#define CLI_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

bool unpack_is_gzip(const void *data, size_t size);

/* What gzip makes of the file, at most @max bytes; the caller frees *@data.
 * Says what went wrong; -errno. */
int unpack_gzip(const char *path, size_t max, void **data, size_t *size);

#endif
