// SPDX-License-Identifier: GPL-2.0-only
#include "layout.h"

/* Bounds that keep all sums below far from a wrap-around. */
#define MAX_CORE_SIZE (64U << 20)
#define MAX_CPU_SIZE  (1U << 20)
#define MAX_CPUS      32768

static bool page_aligned(__u64 value)
{
	return (value & (JAILHOUSE_PAGE_SIZE - 1)) == 0;
}

int jh_layout_check_image(const struct jailhouse_image_header *header,
			  __u64 file_size, __u8 architecture,
			  struct jh_diag *diag)
{
	if (file_size < sizeof(*header) ||
	    memcmp(header->signature, JAILHOUSE_IMAGE_SIGNATURE,
		   sizeof(header->signature)) != 0)
		return jh_refuse(diag, -EINVAL, "not a hypervisor image");
	if (header->abi != JAILHOUSE_IMAGE_ABI)
		return jh_refuse(
			diag, -EINVAL,
			"image interface %u, this driver has %u: install driver and image of one version",
			header->abi, JAILHOUSE_IMAGE_ABI);
	if (header->architecture != architecture)
		return jh_refuse(diag, -EINVAL,
				 "image for architecture %u, machine has %u",
				 header->architecture, architecture);

	if (!page_aligned(header->core_size) || header->core_size < file_size ||
	    header->core_size > MAX_CORE_SIZE)
		return jh_refuse(diag, -EINVAL,
				 "core size 0x%llx for a file of 0x%llx bytes",
				 header->core_size, file_size);
	if ((header->entry_offset & 3) != 0 ||
	    header->entry_offset >= file_size)
		return jh_refuse(diag, -EINVAL, "entry at offset 0x%llx",
				 header->entry_offset);
	if (!page_aligned(header->console_offset) ||
	    header->console_offset >= header->core_size)
		return jh_refuse(diag, -EINVAL, "console page at offset 0x%llx",
				 header->console_offset);
	if (!page_aligned(header->cpu_private_size) ||
	    header->cpu_private_size > MAX_CPU_SIZE ||
	    header->cpu_shared_size > MAX_CPU_SIZE)
		return jh_refuse(diag, -EINVAL, "CPU areas of 0x%x and 0x%x",
				 header->cpu_shared_size,
				 header->cpu_private_size);
	return 0;
}

int jh_layout_check_memory(__u64 phys, __u64 size, __u64 limit,
			   struct jh_diag *diag)
{
	if (size == 0 || !page_aligned(phys) || !page_aligned(size) ||
	    phys >= limit || size > limit - phys)
		return jh_refuse(
			diag, -EINVAL,
			"hypervisor memory at 0x%llx of size 0x%llx: empty, misaligned or out of the CPU's reach",
			phys, size);
	return 0;
}

int jh_layout_place(const struct jailhouse_image_header *header,
		    struct jh_layout *layout, struct jh_diag *diag)
{
	__u64 config, pool;

	if (header->max_cpus > MAX_CPUS)
		return jh_refuse(diag, -EINVAL, "%u CPUs", header->max_cpus);
	config = jailhouse_image_config_offset(header);
	pool = (config + header->config_size + JAILHOUSE_PAGE_SIZE - 1) &
	       ~(JAILHOUSE_PAGE_SIZE - 1);
	if (pool >= header->region_size)
		return jh_refuse(
			diag, -EINVAL,
			"hypervisor memory of 0x%llx bytes is too small: image, %u CPUs and configuration need 0x%llx, and pages behind that",
			header->region_size, header->max_cpus, pool);
	layout->config = config;
	layout->pool = pool;
	return 0;
}
