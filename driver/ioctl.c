// SPDX-License-Identifier: GPL-2.0-only
/*
 * From user space's structures to commands. Each is read once; padding is not
 * looked at, since existing programs do not clear it.
 */
#include <linux/compat.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include <jailhouse/driver.h>

#include "arch.h"
#include "cell.h"
#include "config.h"
#include "enable.h"
#include "ioctl.h"
#include "jh.h"
#include "loader.h"

static int lock_commands(void)
{
	return mutex_lock_interruptible(&jh.lock) ? -EINTR : 0;
}

static void unlock_commands(void)
{
	mutex_unlock(&jh.lock);
}

/*
 * Copies the fixed part of a system configuration. What it is comes first:
 * another file may well be shorter.
 */
static int copy_head(struct jailhouse_system *head, size_t *size,
		     const char __user *arg)
{
	struct jh_diag diag;
	int err;

	if (copy_from_user(head, arg, JH_KIND_SIZE))
		return -EFAULT;
	err = jh_config_check_kind(head, JH_ARCHITECTURE, &diag);
	if (err)
		goto refuse;
	if (copy_from_user((char *)head + JH_KIND_SIZE, arg + JH_KIND_SIZE,
			   sizeof(*head) - JH_KIND_SIZE))
		return -EFAULT;
	err = jh_config_system_size(head, size, &diag);
	if (err)
		goto refuse;
	return 0;

refuse:
	jh_err("%s", diag.text);
	return err;
}

/* Copies a system configuration, whose size only its head tells. */
static int copy_system(struct jailhouse_system **system, size_t *size,
		       const char __user *arg)
{
	struct jailhouse_system head;
	void *whole;
	int err;

	err = copy_head(&head, size, arg);
	if (err)
		return err;
	whole = kvmalloc(*size, GFP_KERNEL);
	if (!whole)
		return -ENOMEM;
	/* Copying the head again might give another one. */
	memcpy(whole, &head, sizeof(head));
	if (copy_from_user(whole + sizeof(head), arg + sizeof(head),
			   *size - sizeof(head))) {
		kvfree(whole);
		return -EFAULT;
	}
	*system = whole;
	return 0;
}

static int ioctl_enable(void __user *arg)
{
	struct jailhouse_system *system;
	size_t size;
	int err;

	err = copy_system(&system, &size, arg);
	if (err)
		return err;
	err = lock_commands();
	if (!err) {
		err = jh_enable(system, size);
		unlock_commands();
	}
	kvfree(system);
	return err;
}

static int ioctl_disable(void __user *arg)
{
	int err = lock_commands();

	if (err)
		return err;
	err = jh_disable();
	unlock_commands();
	return err;
}

static int create_locked(struct jailhouse_cell_desc *desc)
{
	int err = lock_commands();

	if (err)
		return err;
	if (jh.enabled) {
		err = jh_cell_create(desc);
	} else {
		jh_err("cell \"%.*s\": Jailhouse is not enabled",
		       JAILHOUSE_CELL_NAME_MAXLEN, desc->name);
		err = -EINVAL;
	}
	unlock_commands();
	return err;
}

/* The hypervisor gets no size, so that only the driver can see them. */
static void warn_trailing(const struct jailhouse_cell_desc *desc, size_t given)
{
	size_t used = jailhouse_cell_config_size64(desc);

	if (used < given)
		jh_warn("cell \"%.*s\": %zu bytes behind its last array are ignored",
			JAILHOUSE_CELL_NAME_MAXLEN, desc->name, given - used);
}

static int ioctl_cell_create(void __user *arg)
{
	struct jailhouse_cell_create request;
	struct jailhouse_cell_desc *desc;
	struct jh_diag diag;
	size_t size;
	int err;

	if (copy_from_user(&request, arg, sizeof(request)))
		return -EFAULT;
	size = request.config_size;
	if (size > JH_MAX_CELL_SIZE) {
		jh_err("cell configuration of %zu bytes: at most %u are allowed",
		       size, JH_MAX_CELL_SIZE);
		return -E2BIG;
	}
	/* contiguous and page-aligned, since the hypervisor gets its physical
	 * address */
	desc = alloc_pages_exact(max(size, sizeof(*desc)),
				 GFP_KERNEL | __GFP_NOWARN);
	if (!desc)
		return -ENOMEM;
	err = -EFAULT;
	if (!copy_from_user(desc, u64_to_user_ptr(request.config_address),
			    size)) {
		err = jh_config_check_cell(desc, JH_ARCHITECTURE, size, &diag);
		if (err) {
			jh_err("%s", diag.text);
		} else {
			warn_trailing(desc, size);
			err = create_locked(desc);
		}
	}
	free_pages_exact(desc, max(size, sizeof(*desc)));
	return err;
}

/* What an ioctl does with the cell that its argument starts with */
typedef int (*cell_command)(struct jh_cell *cell, void __user *arg);

static int on_cell(void __user *arg, cell_command run)
{
	struct jailhouse_cell_id id;
	struct jh_cell *cell;
	int err;

	if (copy_from_user(&id, arg, sizeof(id)))
		return -EFAULT;
	id.name[JAILHOUSE_CELL_ID_NAMELEN] = 0;
	err = lock_commands();
	if (err)
		return err;
	cell = jh_cell_find(&id);
	if (!jh.enabled)
		err = -EINVAL;
	else if (!cell)
		err = -ENOENT;
	else if (cell->id == 0)
		err = -EINVAL; /* the root runs, and stays */
	else
		err = run(cell, arg);
	unlock_commands();
	return err;
}

static int load(struct jh_cell *cell, void __user *arg)
{
	struct jailhouse_cell_load __user *request = arg;
	struct jailhouse_preload_image image;
	u32 n, count;
	int err;

	if (get_user(count, &request->num_preload_images))
		return -EFAULT;
	err = jh_cell_set_loadable(cell);
	for (n = 0; n < count && !err; n++) {
		if (copy_from_user(&image, &request->image[n], sizeof(image)))
			err = -EFAULT;
		else
			err = jh_load_image(cell, &image);
	}
	jh_load_finish();
	return err;
}

static int start(struct jh_cell *cell, void __user *arg)
{
	return jh_cell_start(cell);
}

static int destroy(struct jh_cell *cell, void __user *arg)
{
	return jh_cell_destroy(cell);
}

static int ioctl_cell_load(void __user *arg)
{
	return on_cell(arg, load);
}

static int ioctl_cell_start(void __user *arg)
{
	return on_cell(arg, start);
}

static int ioctl_cell_destroy(void __user *arg)
{
	return on_cell(arg, destroy);
}

static const struct {
	unsigned int command;
	int (*run)(void __user *arg);
} commands[] = {
	{ JAILHOUSE_ENABLE, ioctl_enable },
	{ JAILHOUSE_DISABLE, ioctl_disable },
	{ JAILHOUSE_CELL_CREATE, ioctl_cell_create },
	{ JAILHOUSE_CELL_LOAD, ioctl_cell_load },
	{ JAILHOUSE_CELL_START, ioctl_cell_start },
	{ JAILHOUSE_CELL_DESTROY, ioctl_cell_destroy },
};

long jh_ioctl(struct file *file, unsigned int command, unsigned long arg)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(commands); n++)
		if (commands[n].command == command)
			return commands[n].run((void __user *)arg);
	return -EINVAL;
}

#ifdef CONFIG_COMPAT
/* The size of a pointer is a part of ENABLE's number. */
#define JAILHOUSE_ENABLE_32 _IOW(0, 0, compat_uptr_t)

long jh_compat_ioctl(struct file *file, unsigned int command, unsigned long arg)
{
	if (command == JAILHOUSE_ENABLE_32)
		command = JAILHOUSE_ENABLE;
	return jh_ioctl(file, command, (unsigned long)compat_ptr(arg));
}
#endif
