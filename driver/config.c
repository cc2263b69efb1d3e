// SPDX-License-Identifier: GPL-2.0-only
#include "config.h"

int jh_refuse(struct jh_diag *diag, int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(diag->text, sizeof(diag->text), format, args);
	va_end(args);
	return err;
}

static int check_head(const char *signature, const char *expected,
		      const char *kind, __u16 revision, __u8 is_architecture,
		      __u8 architecture, struct jh_diag *diag)
{
	if (memcmp(signature, expected, strlen(expected)) != 0)
		return jh_refuse(diag, -EINVAL, "Not a %s configuration", kind);
	if (revision != JAILHOUSE_CONFIG_REVISION)
		return jh_refuse(
			diag, -EINVAL,
			"Configuration revision mismatch: file %u, driver %u",
			revision, JAILHOUSE_CONFIG_REVISION);
	if (is_architecture != architecture)
		return jh_refuse(
			diag, -EINVAL,
			"Configuration architecture mismatch: file %u, machine %u (0 x86, 1 arm, 2 arm64)",
			is_architecture, architecture);
	return 0;
}

static int check_cpu_set(const struct jailhouse_cell_desc *desc,
			 struct jh_diag *diag)
{
	if (desc->cpu_set_size > JH_MAX_CPU_SET)
		return jh_refuse(diag, -EINVAL,
				 "CPU set of %u bytes: at most %u are allowed",
				 desc->cpu_set_size, JH_MAX_CPU_SET);
	return 0;
}

int jh_config_check_kind(const struct jailhouse_system *head, __u8 architecture,
			 struct jh_diag *diag)
{
	return check_head(head->signature, JAILHOUSE_SYSTEM_SIGNATURE, "system",
			  head->revision, head->architecture, architecture,
			  diag);
}

int jh_config_system_size(const struct jailhouse_system *head, size_t *size,
			  struct jh_diag *diag)
{
	__u64 total;
	int err;

	err = check_cpu_set(&head->root_cell, diag);
	if (err)
		return err;

	total = sizeof(*head) - sizeof(head->root_cell) +
		jailhouse_cell_config_size64(&head->root_cell);
	if (total > JH_MAX_SYSTEM_SIZE)
		return jh_refuse(
			diag, -EINVAL,
			"System configuration of %llu bytes: at most %u are allowed",
			total, JH_MAX_SYSTEM_SIZE);
	*size = total;
	return 0;
}

int jh_config_check_cell(const struct jailhouse_cell_desc *desc,
			 __u8 architecture, size_t given, struct jh_diag *diag)
{
	__u64 total;
	int err;

	if (given < sizeof(*desc))
		return jh_refuse(diag, -EINVAL,
				 "Not a cell configuration: only %zu bytes",
				 given);
	err = check_head(desc->signature, JAILHOUSE_CELL_DESC_SIGNATURE, "cell",
			 desc->revision, desc->architecture, architecture,
			 diag);
	if (!err)
		err = check_cpu_set(desc, diag);
	if (err)
		return err;

	total = jailhouse_cell_config_size64(desc);
	if (total > given)
		return jh_refuse(
			diag, -EINVAL,
			"Cell configuration is cut off: %zu bytes of %llu",
			given, total);
	return 0;
}

int jh_config_next_cpu(const struct jailhouse_cell_desc *desc, int from)
{
	/* byte-wise: the set of a cell starts at no multiple of 8 */
	const __u8 *set = (const __u8 *)(desc + 1);
	int end = (int)(desc->cpu_set_size * 8);

	for (int cpu = from; cpu < end; cpu++)
		if (set[cpu / 8] & (1U << (cpu % 8)))
			return cpu;
	return -1;
}

int jh_config_find_target(const struct jailhouse_memory *regions,
			  unsigned int num_regions, __u64 target, __u64 size,
			  __u64 *phys, struct jh_diag *diag)
{
	const __u64 needed = JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_LOADABLE;
	const __u64 foreign = JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION;

	for (unsigned int n = 0; n < num_regions; n++) {
		const struct jailhouse_memory *region = &regions[n];
		__u64 offset = target - region->virt_start;

		if (target < region->virt_start || offset >= region->size)
			continue;
		if ((region->flags & needed) != needed ||
		    (region->flags & foreign) != 0)
			return jh_refuse(
				diag, -EINVAL,
				"image at 0x%llx: memory region %u is not loadable",
				target, n);
		if (size > region->size - offset)
			return jh_refuse(
				diag, -EINVAL,
				"image at 0x%llx of %llu bytes: memory region %u ends before",
				target, size, n);
		*phys = region->phys_start + offset;
		return 0;
	}
	return jh_refuse(diag, -EINVAL,
			 "image at 0x%llx: no memory region there", target);
}
