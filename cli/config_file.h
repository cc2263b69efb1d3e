/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Binary configurations on their way to the driver. */
#ifndef CLI_CONFIG_FILE_H
#define CLI_CONFIG_FILE_H

#include <stddef.h>

#include <jhcfg/identify.h>

struct config_file {
	const char *path;
	void *data; /* an inaccessible page follows the last byte */
	size_t size;
	void *mapping;
	size_t mapping_size;
};

/*
 * Reads @path and makes sure that it may be a configuration at all: what is
 * clearly something else (JSON, C source, ELF) is refused with advice. The
 * driver judges the rest, since it knows which revisions it takes.
 * Says what is wrong; -errno.
 */
int config_file_load(const char *path, struct config_file *file);
void config_file_unload(struct config_file *file);

/* After the driver refused it: what the file itself tells about the reason,
 * if it was to be of kind @wanted. */
void config_file_explain(const struct config_file *file,
			 enum jhcfg_kind wanted);

#endif
