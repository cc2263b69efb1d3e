/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a file for a guest is, by its first bytes. */
#ifndef JHCFG_CHECK_IMAGE_KINDS_H
#define JHCFG_CHECK_IMAGE_KINDS_H

#include <jhcfg/check.h>

enum image_format {
	IMAGE_UNKNOWN,
	IMAGE_ARM64, /* Linux' Image */
	IMAGE_ARM,   /* Linux' zImage */
	IMAGE_X86,   /* Linux' bzImage */
	IMAGE_ELF,
	IMAGE_GZIP,
	IMAGE_PACKED, /* xz, zstd, lz4, bzip2, lzma */
	IMAGE_CPIO,
	IMAGE_FDT,
	IMAGE_UBOOT, /* uImage or FIT */
};

enum image_format image_format(const struct jhcfg_image *image);
/* "a gzip file" */
const char *image_format_name(enum image_format format);

/* Memory that a kernel takes until it has unpacked itself. */
uint64_t image_kernel_memory(const struct jhcfg_image *image);

#endif
