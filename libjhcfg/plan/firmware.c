// SPDX-License-Identifier: LGPL-2.1-or-later
/* What images say of themselves. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <jailhouse/image.h>
#include <jhcfg/pool.h>

/* As driver/layout.c bounds them. */
#define MAX_CORE_SIZE (64U << 20)
#define MAX_CPU_SIZE  (1U << 20)

/* Measured on what this tree builds, with room to grow; a system test compares
 * them with the image that runs. */
static const struct jhcfg_firmware defaults[] = {
	{
		.architecture = JAILHOUSE_ARM64,
		.core_size = 128 << 10,
		.cpu_shared_size = 384,
		.cpu_private_size = 3 * JAILHOUSE_PAGE_SIZE,
		.version = "",
	},
};

const struct jhcfg_firmware *jhcfg_firmware_default(uint8_t architecture)
{
	for (size_t n = 0; n < sizeof(defaults) / sizeof(defaults[0]); n++)
		if (defaults[n].architecture == architecture)
			return &defaults[n];
	return NULL;
}

static int refuse(struct jhcfg_diags *diags, const char *text)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "T04", "firmware", "",
			"install jailhouse.bin of the same version", "%s",
			text);
	return -EINVAL;
}

static bool is_page_aligned(uint64_t value)
{
	return !(value & (JAILHOUSE_PAGE_SIZE - 1));
}

int jhcfg_firmware_read(const void *data, size_t size,
			struct jhcfg_diags *diags,
			struct jhcfg_firmware *firmware)
{
	struct jailhouse_image_header header;

	if (size < sizeof(header))
		return refuse(diags, "the file is too short for an image");
	memcpy(&header, data, sizeof(header));
	if (memcmp(header.signature, JAILHOUSE_IMAGE_SIGNATURE,
		   sizeof(header.signature)))
		return refuse(diags, "this is no image of the hypervisor");
	if (header.abi != JAILHOUSE_IMAGE_ABI)
		return refuse(diags, "the image is of another version");
	if (!header.core_size || header.core_size > MAX_CORE_SIZE ||
	    header.cpu_shared_size > MAX_CPU_SIZE ||
	    header.cpu_private_size > MAX_CPU_SIZE ||
	    !is_page_aligned(header.core_size) ||
	    !is_page_aligned(header.cpu_private_size))
		return refuse(diags, "the image is damaged: sizes make no "
				     "sense");
	*firmware = (struct jhcfg_firmware){
		.architecture = header.architecture,
		.core_size = header.core_size,
		.cpu_shared_size = header.cpu_shared_size,
		.cpu_private_size = header.cpu_private_size,
	};
	memcpy(firmware->version, header.version, sizeof(header.version));
	return 0;
}
