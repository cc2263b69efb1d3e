// SPDX-License-Identifier: GPL-2.0-only
/* Files of the device */
#include <linux/device.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/sysfs.h>

#include <jailhouse/hypercall.h>

#include "arch.h"
#include "console.h"
#include "jh.h"
#include "sysfs.h"

long jh_ask(u32 code, unsigned long arg1, unsigned long arg2)
{
	long answer = -ENODEV;

	down_read(&jh.gate);
	if (jh.enabled)
		answer = jh_arch_hypercall(code, arg1, arg2);
	up_read(&jh.gate);
	return answer;
}

static ssize_t enabled_show(struct device *dev, struct device_attribute *attr,
			    char *buf)
{
	return sysfs_emit(buf, "%d\n", READ_ONCE(jh.enabled));
}
static DEVICE_ATTR_RO(enabled);

static ssize_t console_show(struct device *dev, struct device_attribute *attr,
			    char *buf)
{
	return jh_console_snapshot(buf, PAGE_SIZE);
}
static DEVICE_ATTR_RO(console);

/* Numbers that the hypervisor gives; 0 while there is none. */
static ssize_t info_show(struct device *dev, struct device_attribute *attr,
			 char *buf)
{
	struct dev_ext_attribute *info =
		container_of(attr, struct dev_ext_attribute, attr);
	long value = jh_ask(JAILHOUSE_HC_HYPERVISOR_GET_INFO,
			    (unsigned long)info->var, 0);

	return sysfs_emit(buf, "%ld\n", max(value, 0L));
}

#define INFO_ATTR(_name, _type)                                                \
	struct dev_ext_attribute dev_attr_##_name = {                          \
		.attr = __ATTR(_name, 0444, info_show, NULL),                  \
		.var = (void *)_type,                                          \
	}

static INFO_ATTR(mem_pool_size, JAILHOUSE_INFO_MEM_POOL_SIZE);
static INFO_ATTR(mem_pool_used, JAILHOUSE_INFO_MEM_POOL_USED);
static INFO_ATTR(remap_pool_size, JAILHOUSE_INFO_REMAP_POOL_SIZE);
static INFO_ATTR(remap_pool_used, JAILHOUSE_INFO_REMAP_POOL_USED);

static struct attribute *device_attrs[] = {
	&dev_attr_enabled.attr,
	&dev_attr_console.attr,
	&dev_attr_mem_pool_size.attr.attr,
	&dev_attr_mem_pool_used.attr.attr,
	&dev_attr_remap_pool_size.attr.attr,
	&dev_attr_remap_pool_used.attr.attr,
	NULL,
};

/* One hypercall's worth */
static ssize_t read_page(u32 call, u32 id, u64 *position, u64 *lost, char *dest,
			 size_t size, struct jailhouse_read_page *page)
{
	ssize_t count;

	page->position = *position;
	count = jh_ask(call, id, virt_to_phys(page));
	if (count < 0)
		return count;
	*lost = page->lost;
	count = min_t(size_t, count, sizeof(page->data));
	/* What does not fit is asked for again. */
	*position = page->position - count;
	count = min_t(size_t, count, size);
	*position += count;
	memcpy(dest, page->data, count);
	return count;
}

ssize_t jh_read_object(u32 call, u32 id, u64 *position, u64 *lost, char *dest,
		       size_t size)
{
	struct jailhouse_read_page *page = (void *)get_zeroed_page(GFP_KERNEL);
	ssize_t count = 0, done = 0;
	u64 gap = 0;

	if (!page)
		return -ENOMEM;
	*lost = 0;
	do {
		u64 before = *position;

		count = read_page(call, id, position, &gap, dest + done,
				  size - done, page);
		if (count > 0 && done > 0 && gap > 0) {
			/* The next read is to tell it. */
			*position = before;
			break;
		}
		if (count > 0) {
			*lost += gap;
			done += count;
		}
	} while (count > 0 && done < size);
	free_page((unsigned long)page);
	return done > 0 ? done : count;
}

static ssize_t config_read(struct file *file, struct kobject *kobj,
			   struct bin_attribute *attr, char *buf, loff_t offset,
			   size_t size)
{
	u64 position = offset, lost;

	return jh_read_object(JAILHOUSE_HC_READ_CONFIG, JAILHOUSE_READ_SYSTEM,
			      &position, &lost, buf, size);
}
static BIN_ATTR(config, 0400, config_read, NULL, 0);

static struct bin_attribute *device_bin_attrs[] = {
	&bin_attr_config,
	NULL,
};

static const struct attribute_group device_group = {
	.attrs = device_attrs,
	.bin_attrs = device_bin_attrs,
};

const struct attribute_group *jh_sysfs_groups[] = { &device_group, NULL };
