/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that are going to be loaded, for rules that look into them. */
#ifndef CLI_CHECK_IMAGES_H
#define CLI_CHECK_IMAGES_H

#include "check_input.h"

struct check_images {
	struct jhcfg_image *images;
	size_t count;
	char *list; /* names point into it */
	void *firmware;
	size_t firmware_size;
};

/*
 * Reads what a list names: "CELL:KIND=FILE[@ADDRESS],...", with KIND inmate,
 * loader, kernel, initrd, dtb, config (the kernel's) or cmdline (a file with
 * its command line). False after a message.
 */
bool check_images_read(struct check_images *images,
		       const struct check_input *input, const char *list);
/* The hypervisor's image; false after a message. */
bool check_images_read_firmware(struct check_images *images, const char *path);
void check_images_clear(struct check_images *images);

#endif
