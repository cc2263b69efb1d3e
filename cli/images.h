/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "cell load" puts into a cell: files and strings with addresses. */
#ifndef CLI_IMAGES_H
#define CLI_IMAGES_H

#include <stdbool.h>
#include <stdint.h>

#include <jailhouse/driver.h>

/* One image as the command line names it. */
struct image_spec {
	const char *source; /* path, or the string itself */
	bool is_string;
	uint64_t address;
};

enum images_result {
	IMAGES_OK,
	IMAGES_USAGE,	    /* none, or something is missing */
	IMAGES_BAD_ADDRESS, /* *@bad is the word */
};

/*
 * Reads {IMAGE | {-s|--string} "STRING"} [-a|--address ADDR] ... from @argv.
 * @specs has room for @argc entries; *@count tells how many there are.
 */
enum images_result images_parse(int argc, char **argv, struct image_spec *specs,
				int *count, const char **bad);

/*
 * Makes the request: maps or reads every file. Says which one fails. The
 * memory stays until the process ends, as does the command. -errno.
 */
int images_prepare(const struct image_spec *specs, int count,
		   const struct jailhouse_cell_id *id,
		   struct jailhouse_cell_load **load);

#endif
