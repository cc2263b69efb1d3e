// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The hypervisor's judgement of configurations. Whatever it accepts must keep
 * what isolation rests on, which is checked here anew, in the simplest way;
 * whatever it says must be bounded.
 *
 * First byte of an input: bit 0 a system instead of a cell, bit 1 patches of a
 * valid configuration (offset u16, length u8, bytes) instead of a whole one.
 */
#include "../unit/hypervisor/validate_fixture.h"
#include "fuzz.h"

#define IS_SYSTEM 1
#define IS_PATCH  2

#define MAX_LINES 32

static struct fixture fixture;

static void __attribute__((format(printf, 1, 2), noreturn))
fault(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	abort();
}

/* Bytes that the region takes of physical memory; 0 if none. */
static u64 phys_size(const struct jailhouse_memory *mem)
{
	return mem->flags & JAILHOUSE_MEM_COMM_REGION ? 0 : mem->size;
}

static bool touches(u64 a, u64 a_size, u64 b, u64 b_size)
{
	return a_size && b_size && a <= b + (b_size - 1) &&
	       b <= a + (a_size - 1);
}

static void check_region(const struct jailhouse_memory *mem)
{
	u64 size = phys_size(mem);
	u64 hv = fixture.system.head.hypervisor_memory.phys_start;

	if (!size)
		return;
	if (mem->phys_start + (size - 1) < mem->phys_start ||
	    mem->virt_start + (size - 1) < mem->virt_start)
		fault("accepted: a region that wraps around\n");
	if (touches(mem->phys_start, size, hv,
		    fixture.system.head.hypervisor_memory.size))
		fault("accepted: a region in hypervisor memory\n");
	if (touches(mem->phys_start, size,
		    fixture.system.head.platform_info.arm.gicd_base, 0x10000))
		fault("accepted: a region on the distributor\n");
	if (!((mem->virt_start | size) & 0xfff) && (mem->phys_start & 0xfff))
		fault("accepted: whole pages at 0x%llx\n", mem->phys_start);
}

static void check_against_other(const struct jailhouse_memory *mem)
{
	for (size_t n = 0; n < ARRAY_SIZE(fixture.other.mem); n++) {
		const struct jailhouse_memory *other = &fixture.other.mem[n];

		if (touches(mem->phys_start, phys_size(mem), other->phys_start,
			    phys_size(other)) &&
		    !(mem->flags & other->flags & JAILHOUSE_MEM_ROOTSHARED))
			fault("accepted: memory of another cell\n");
	}
}

static void check_accepted(const struct jailhouse_cell_desc *config,
			   size_t size, bool is_root)
{
	const struct jailhouse_memory *mem = jailhouse_cell_mem_regions(config);
	unsigned int comm_regions = 0;
	struct cpu_set set;

	if (jailhouse_cell_config_size64(config) > size)
		fault("accepted: beyond its end\n");
	for (u32 n = 0; n < config->num_memory_regions; n++, mem++) {
		check_region(mem);
		if (!is_root)
			check_against_other(mem);
		comm_regions += !!(mem->flags & JAILHOUSE_MEM_COMM_REGION);
	}
	if (comm_regions > !is_root)
		fault("accepted: %u communication regions\n", comm_regions);
	config_cpu_set(config, &set);
	/* CPU 0 creates, CPU 2 is of another cell, 4 and up do not exist. */
	if (!is_root && (set.word[0] & ~0xaULL || !set.word[0]))
		fault("accepted: CPUs 0x%llx\n", set.word[0]);
}

static void check_output(int err)
{
	unsigned int lines = 0;

	for (const char *c = host_console_text(); *c; c++)
		lines += *c == '\n';
	if (lines > MAX_LINES)
		fault("%u lines\n", lines);
	if (err && !strstr(host_console_text(), "Refused: "))
		fault("refused with %d, but not said why\n", err);
}

static void judge(uint8_t *config, size_t size, bool is_system)
{
	size_t root = offsetof(struct jailhouse_system, root_cell);
	int err;

	host_console_reset();
	err = is_system ? validate_system_bytes(&fixture, config, size)
			: validate_cell_bytes(&fixture, config, size);
	check_output(err);
	if (err)
		return;
	if (is_system)
		memcpy(&fixture.system.head, config,
		       sizeof(fixture.system.head));
	if (is_system)
		check_accepted((void *)(config + root), size - root, true);
	else
		check_accepted((void *)config, size, false);
}

/* A whole configuration, of which only the signature is given. */
static void judge_whole(const uint8_t *data, size_t size, bool is_system)
{
	uint8_t *config = malloc(size ? size : 1);
	const void *head =
		is_system ? (void *)&fixture.system : (void *)&fixture.cell;

	if (!config)
		exit(1);
	memcpy(config, data, size);
	memcpy(config, head, MIN(size, (size_t)8));
	judge(config, size, is_system);
	free(config);
}

static void judge_patched(const uint8_t *data, size_t size, bool is_system)
{
	size_t total =
		is_system ? sizeof(fixture.system) : sizeof(fixture.cell);
	uint8_t *config = malloc(total);

	if (!config)
		exit(1);
	if (is_system)
		memcpy(config, &fixture.system, total);
	else
		memcpy(config, &fixture.cell, total);
	while (size >= 3) {
		size_t offset = (data[0] | (size_t)data[1] << 8) % total;
		size_t length = data[2] % 9;

		data += 3;
		size -= 3;
		length = MIN(length, MIN(size, total - offset));
		memcpy(config + offset, data, length);
		data += length;
		size -= length;
	}
	judge(config, total, is_system);
	free(config);
}

int fuzz_target(const uint8_t *data, size_t size)
{
	if (size < 1 || size > CELL_CONFIG_LIMIT + 4096)
		return 0;
	validate_init(&fixture);
	if (data[0] & IS_PATCH)
		judge_patched(data + 1, size - 1, data[0] & IS_SYSTEM);
	else
		judge_whole(data + 1, size - 1, data[0] & IS_SYSTEM);
	return 0;
}
