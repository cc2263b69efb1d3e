// SPDX-License-Identifier: GPL-2.0-only
#include <linux/device.h>
#include <linux/firmware.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/sysfs.h>

#include "arch.h"
#include "console.h"
#include "firmware.h"
#include "jh.h"
#include "layout.h"
#include "memory.h"

/*
 * The claimed memory; map is NULL if there is none. It stays after disable,
 * for the console's last words and the core file. Guarded by jh.lock.
 */
static struct {
	phys_addr_t base;
	u64 size;
	void *map; /* of what the driver fills, not of the pool */
	struct jailhouse_image_header header;
} memory;

static ssize_t core_read(struct file *file, struct kobject *kobj,
			 struct bin_attribute *attr, char *buf, loff_t offset,
			 size_t count)
{
	return memory_read_from_buffer(buf, count, &offset, memory.map,
				       memory.header.core_size);
}

/* Created and removed with the mapping: removal waits for readers. */
static struct bin_attribute core_attr = {
	.attr = { .name = "core", .mode = 0400 },
	.read = core_read,
};

static int check_image(const struct firmware *fw, struct jh_diag *diag)
{
	if (fw->size < sizeof(memory.header))
		return jh_refuse(diag, -EINVAL, "only %zu bytes", fw->size);
	memcpy(&memory.header, fw->data, sizeof(memory.header));
	return jh_layout_check_image(&memory.header, fw->size, JH_ARCHITECTURE,
				     diag);
}

static int load_image(const struct firmware **fw)
{
	struct jh_diag diag;
	int err;

	err = request_firmware_direct(fw, jh_firmware_name, jh.dev);
	if (err == -ENOENT)
		jh_err("Missing hypervisor image %s: install it in /lib/firmware",
		       jh_firmware_name);
	else if (err)
		jh_err("hypervisor image %s cannot be read: error %d",
		       jh_firmware_name, err);
	if (err)
		return err;
	err = check_image(*fw, &diag);
	if (err) {
		jh_err("hypervisor image %s: %s", jh_firmware_name, diag.text);
		release_firmware(*fw);
	}
	return err;
}

/* Completes memory.header with what only this run knows. */
static int plan(const struct jailhouse_system *system, size_t size,
		unsigned int max_cpus, unsigned int online_cpus,
		struct jh_layout *layout)
{
	const struct jailhouse_memory *range = &system->hypervisor_memory;
	struct jailhouse_image_header *header = &memory.header;
	struct jh_diag diag;
	int err;

	header->phys_base = range->phys_start;
	header->region_size = range->size;
	header->config_size = size;
	header->rendezvous_us = READ_ONCE(jh_rendezvous_us);
	header->msg_reply_us = READ_ONCE(jh_msg_reply_us);
	header->max_cpus = max_cpus;
	header->online_cpus = online_cpus;

	err = jh_layout_check_memory(range->phys_start, range->size,
				     jh_arch_phys_limit(), &diag);
	if (!err)
		err = jh_layout_place(header, layout, &diag);
	if (err)
		jh_err("%s", diag.text);
	return err;
}

static int claim(u64 map_size)
{
	const struct jailhouse_image_header *header = &memory.header;
	u64 end = header->phys_base + header->region_size;
	int err = -EINVAL;

	if (!request_mem_region(header->phys_base, header->region_size,
				"Jailhouse hypervisor")) {
		jh_err("request_mem_region failed for hypervisor memory. Keep Linux out of [mem 0x%llx-0x%llx]: \"mem=\" on the kernel command line if it lies above Linux's memory, else a reserved-memory node with no-map in the device tree",
		       header->phys_base, end - 1);
		return err;
	}
	memory.map = jh_memory_map(header->phys_base, map_size);
	if (!memory.map) {
		jh_err("hypervisor memory [mem 0x%llx-0x%llx] cannot be mapped",
		       header->phys_base, end - 1);
		goto release_region;
	}
	core_attr.size = header->core_size;
	err = sysfs_create_bin_file(&jh.dev->kobj, &core_attr);
	if (err)
		goto unmap;
	memory.base = header->phys_base;
	memory.size = header->region_size;
	return 0;

unmap:
	memunmap(memory.map);
	memory.map = NULL;
release_region:
	release_mem_region(header->phys_base, header->region_size);
	return err;
}

/* Fills all up to the page pool, in the order of image.h. */
static void fill(const struct firmware *fw,
		 const struct jailhouse_system *system, size_t size,
		 const struct jh_layout *layout)
{
	memcpy(memory.map, fw->data, fw->size);
	memcpy(memory.map, &memory.header, sizeof(memory.header));
	memset(memory.map + fw->size, 0, layout->config - fw->size);
	memcpy(memory.map + layout->config, system, size);
	memset(memory.map + layout->config + size, 0,
	       layout->pool - layout->config - size);
	/* CPUs enter with the MMU of EL2 off. */
	jh_arch_clean_to_memory(memory.map, layout->pool);
	jh_arch_sync_instructions();
}

int jh_firmware_place(const struct jailhouse_system *system, size_t size,
		      unsigned int max_cpus, unsigned int online_cpus)
{
	const struct firmware *fw;
	struct jh_layout layout;
	int err;

	jh_firmware_release();
	err = load_image(&fw);
	if (err)
		return err;
	err = plan(system, size, max_cpus, online_cpus, &layout);
	if (!err)
		err = claim(layout.pool);
	if (!err)
		fill(fw, system, size, &layout);
	release_firmware(fw);
	return err;
}

phys_addr_t jh_firmware_base(void)
{
	return memory.base;
}

phys_addr_t jh_firmware_entry(void)
{
	return memory.base + memory.header.entry_offset;
}

void jh_firmware_show_console(bool permitted)
{
	const struct jailhouse_image_header *header = &memory.header;
	const void *page = memory.map + header->console_offset;

	/* What was fetched into the caches since fill() may be older than
	 * what the hypervisor wrote before it had its MMU on. */
	jh_arch_clean_to_memory(page, JAILHOUSE_PAGE_SIZE);
	jh_console_attach(page, JAILHOUSE_PAGE_SIZE, permitted);
}

void jh_firmware_release(void)
{
	if (!memory.map)
		return;
	jh_console_detach();
	sysfs_remove_bin_file(&jh.dev->kobj, &core_attr);
	memunmap(memory.map);
	memory.map = NULL;
	release_mem_region(memory.base, memory.size);
}
