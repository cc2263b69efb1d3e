/* SPDX-License-Identifier: GPL-2.0-only */
/* Physical memory and devices of the fake machine. */
#include <host/host.h>

#include <hv/page_pool.h>
#include <hv/paging.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MAX_DEVICES 32

struct host_mapping {
	phys_t phys;
	u64 size;
	void *memory;
};

static char *arena;
static struct host_mapping devices[MAX_DEVICES];
static unsigned int num_devices;
static unsigned long mem_bitmap[HOST_HV_SIZE / PAGE_SIZE / 64];
static unsigned long remap_bitmap[4];

struct jailhouse_image_header host_image_header;

/* The core was about to do what would bring a real machine down. */
static void __noreturn die(const char *what, u64 address)
{
	fprintf(stderr, "host: %s: 0x%llx\n", what, address);
	abort();
}

static void arena_reset(void)
{
	if (!arena) {
		arena = mmap(NULL, HOST_RAM_SIZE, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
			     0);
		if (arena == MAP_FAILED)
			die("no memory for RAM of size", HOST_RAM_SIZE);
	} else if (madvise(arena, HOST_RAM_SIZE, MADV_DONTNEED)) {
		die("cannot clear RAM of size", HOST_RAM_SIZE);
	}
}

static void devices_reset(void)
{
	while (num_devices > 0)
		free(devices[--num_devices].memory);
}

/* As if the driver had put an image of one page there. */
static void image_reset(void)
{
	host_image_header = (struct jailhouse_image_header){
		.abi = JAILHOUSE_IMAGE_ABI,
		.architecture = arch_id,
		.core_size = PAGE_SIZE,
		.cpu_shared_size =
			(__u32)ALIGN_UP(sizeof(struct cpu) + arch_cpu_size, 64),
		.cpu_private_size = PAGE_SIZE,
		.version = "host",
		.phys_base = HOST_HV_BASE,
		.region_size = HOST_HV_SIZE,
		.max_cpus = HOST_MAX_CPUS,
		.online_cpus = HOST_MAX_CPUS,
	};
}

void host_memory_reset(unsigned long mem_pages)
{
	u64 start, pages;

	arena_reset();
	devices_reset();
	image_reset();

	/* CELL_CONFIG_LIMIT: room for any system configuration */
	start = jailhouse_image_config_offset(&host_image_header) +
		CELL_CONFIG_LIMIT + PAGE_SIZE;
	pages = (HOST_HV_SIZE - start) >> PAGE_SHIFT;
	if (mem_pages && mem_pages < pages)
		pages = mem_pages;
	page_pool_init(&mem_pool,
		       arena + (HOST_HV_BASE - HOST_RAM_BASE) + start, pages,
		       mem_bitmap);
	page_pool_init(&remap_pool, (void *)0x100000000UL,
		       8 * sizeof(remap_bitmap), remap_bitmap);
}

void *host_config_place(void)
{
	u64 offset = jailhouse_image_config_offset(&host_image_header);

	return host_ram(HOST_HV_BASE + offset, CELL_CONFIG_LIMIT + PAGE_SIZE);
}

void *host_ram(phys_t phys, u64 size)
{
	if (phys < HOST_RAM_BASE || size > HOST_RAM_SIZE ||
	    phys - HOST_RAM_BASE > HOST_RAM_SIZE - size)
		die("access outside of RAM", phys);
	return arena + (phys - HOST_RAM_BASE);
}

void *host_device(phys_t phys, u64 size)
{
	struct host_mapping *device = devices;

	for (; device < devices + num_devices; device++)
		if (phys >= device->phys &&
		    phys - device->phys + size <= device->size)
			return (char *)device->memory + (phys - device->phys);
	if (num_devices == MAX_DEVICES)
		die("too many devices", phys);
	device->phys = phys;
	device->size = size;
	device->memory = calloc(1, size);
	if (!device->memory)
		die("no memory for device", phys);
	num_devices++;
	return device->memory;
}

/* In the place of page_free(), by the linker: whoever still uses the pages
 * finds pointers there that lead nowhere. */
void __real_page_free(void *start, unsigned long count);
void __wrap_page_free(void *start, unsigned long count);
void __wrap_page_free(void *start, unsigned long count)
{
	if (start)
		memset(start, 0xdb, count << PAGE_SHIFT);
	__real_page_free(start, count);
}

phys_t hv_virt_to_phys(const void *virt)
{
	u64 offset = (u64)((const char *)virt - arena);

	if (offset >= HOST_RAM_SIZE)
		die("no linear address", (u64)(size_t)virt);
	return HOST_RAM_BASE + offset;
}

void *hv_phys_to_virt(phys_t phys)
{
	if (phys < HOST_HV_BASE || phys - HOST_HV_BASE >= HOST_HV_SIZE)
		die("not in hypervisor memory", phys);
	return host_ram(phys, 1);
}

void *hv_map_device(phys_t phys, u64 size)
{
	return host_device(phys, size);
}

void *hv_map_temporary(phys_t phys, unsigned int pages, unsigned int flags)
{
	if ((phys & (PAGE_SIZE - 1)) || !pages || pages > HV_TEMP_PAGES)
		die("bad temporary mapping", phys);
	if (flags & PT_DEVICE)
		return host_device(phys, pages * PAGE_SIZE);
	return host_ram(phys, pages * PAGE_SIZE);
}
