/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "config import" and "config create" share: a root configuration made
 * from a device tree, and written where and as the user wants it. */
#ifndef CLI_HARDWARE_SOURCE_H
#define CLI_HARDWARE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include <jhcfg/root.h>

struct root_request {
	const char *tree;
	const char *const *overlays;
	size_t num_overlays;
	struct jhcfg_root_options options;
	const char *output; /* FILE.json or FILE.cell; NULL: JSON to stdout */
	bool json;	    /* a summary on stdout */
};

/* "64M": false, after a message, if it is none. */
bool root_parse_size(const char *option, const char *text, uint64_t *size);
/* Returns the exit code. */
int root_make(const struct root_request *request);

#endif
