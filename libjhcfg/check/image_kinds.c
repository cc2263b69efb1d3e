// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/image_kinds.h"

#include <string.h>

#include "util/bytes.h"

/* A compressed kernel unpacks to less than this, with what it needs to do so */
#define UNPACK_FACTOR 4

struct magic {
	enum image_format format;
	size_t offset;
	const char *bytes;
	size_t size;
};

#define MAGIC(format, offset, bytes)                                           \
	{                                                                      \
		format, offset, bytes, sizeof(bytes) - 1                       \
	}

/* Linux: Documentation/arch/arm64/booting.rst, arch/x86/boot.rst;
 * arch/arm/boot/compressed/head.S. cpio: "newc", with and without sums. */
static const struct magic magics[] = {
	MAGIC(IMAGE_ARM64, 56, "ARM\x64"),
	MAGIC(IMAGE_ARM, 36, "\x18\x28\x6f\x01"),
	MAGIC(IMAGE_X86, 0x202, "HdrS"),
	MAGIC(IMAGE_ELF, 0, "\177ELF"),
	MAGIC(IMAGE_GZIP, 0, "\x1f\x8b"),
	MAGIC(IMAGE_PACKED, 0,
	      "\xfd"
	      "7zXZ"),
	MAGIC(IMAGE_PACKED, 0, "\x28\xb5\x2f\xfd"),
	MAGIC(IMAGE_PACKED, 0, "\x04\x22\x4d\x18"),
	MAGIC(IMAGE_PACKED, 0, "\x02\x21\x4c\x18"),
	MAGIC(IMAGE_PACKED, 0, "BZh"),
	MAGIC(IMAGE_PACKED, 0, "\x5d\0\0"),
	MAGIC(IMAGE_CPIO, 0, "070701"),
	MAGIC(IMAGE_CPIO, 0, "070702"),
	MAGIC(IMAGE_FDT, 0, "\xd0\x0d\xfe\xed"),
	MAGIC(IMAGE_UBOOT, 0, "\x27\x05\x19\x56"),
};

enum image_format image_format(const struct jhcfg_image *image)
{
	const char *bytes = image->bytes;

	for (size_t n = 0; bytes && n < sizeof(magics) / sizeof(magics[0]);
	     n++) {
		const struct magic *magic = &magics[n];

		if (image->size >= magic->offset + magic->size &&
		    !memcmp(bytes + magic->offset, magic->bytes, magic->size))
			return magic->format;
	}
	return IMAGE_UNKNOWN;
}

const char *image_format_name(enum image_format format)
{
	static const char *const names[] = {
		[IMAGE_UNKNOWN] = "something unknown",
		[IMAGE_ARM64] = "a kernel for arm64",
		[IMAGE_ARM] = "a kernel for 32-bit Arm",
		[IMAGE_X86] = "a kernel for x86",
		[IMAGE_ELF] = "an ELF file",
		[IMAGE_GZIP] = "a gzip file",
		[IMAGE_PACKED] = "a compressed file",
		[IMAGE_CPIO] = "a cpio archive",
		[IMAGE_FDT] = "a device tree",
		[IMAGE_UBOOT] = "an image for U-Boot",
	};

	return names[format];
}

uint64_t image_kernel_memory(const struct jhcfg_image *image)
{
	uint64_t size = (uint64_t)image->size * UNPACK_FACTOR;

	/* image_size, with what is zero at first */
	if (image_format(image) == IMAGE_ARM64)
		size = jhcfg_get_le((const uint8_t *)image->bytes + 16, 8);
	return size > image->size ? size : image->size;
}
