// SPDX-License-Identifier: GPL-2.0-only
/* The module: its device, its place in sysfs, and the end of the machine */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/kobject.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/reboot.h>
#include <linux/suspend.h>
#include <linux/sysfs.h>

#include <jailhouse/image.h>

#include "console.h"
#include "enable.h"
#include "firmware.h"
#include "ioctl.h"
#include "jh.h"
#include "pci.h"
#include "sysfs.h"

struct jh_state jh = {
	.lock = __MUTEX_INITIALIZER(jh.lock),
	.gate = __RWSEM_INITIALIZER(jh.gate),
	.cells = LIST_HEAD_INIT(jh.cells),
};

char *jh_firmware_name = "jailhouse.bin";
module_param_named(firmware, jh_firmware_name, charp, 0444);
MODULE_PARM_DESC(firmware, "hypervisor image below /lib/firmware");

/* Both in microseconds, from the next enable on; 0 is the default of 10 s. */
ulong jh_rendezvous_us;
module_param_named(rendezvous_us, jh_rendezvous_us, ulong, 0644);
MODULE_PARM_DESC(rendezvous_us, "time-out of CPUs that wait for each other");

ulong jh_msg_reply_us;
module_param_named(msg_reply_us, jh_msg_reply_us, ulong, 0644);
MODULE_PARM_DESC(msg_reply_us, "time-out of cells that do not name one");

static const struct file_operations jh_fops = {
	.owner = THIS_MODULE,
	.open = jh_console_open,
	.release = jh_console_release,
	.read = jh_console_read,
	.unlocked_ioctl = jh_ioctl,
#ifdef CONFIG_COMPAT
	.compat_ioctl = jh_compat_ioctl,
#endif
	.llseek = noop_llseek,
};

static struct miscdevice jh_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "jailhouse",
	.fops = &jh_fops,
};

/*
 * Firmware and the next kernel expect EL2 as they left it. A command that is
 * under way (its process cannot be waited for without bound) wins.
 */
static int at_reboot(struct notifier_block *block, unsigned long event,
		     void *data)
{
	const unsigned int step_ms = 10, limit_ms = 10000;
	unsigned int waited;
	int err = -EBUSY;

	for (waited = 0; waited < limit_ms; waited += step_ms) {
		if (mutex_trylock(&jh.lock)) {
			err = jh.enabled ? jh_disable() : 0;
			mutex_unlock(&jh.lock);
			break;
		}
		msleep(step_ms);
	}
	if (err)
		jh_err("still enabled at reboot: error %d", err);
	return NOTIFY_DONE;
}

static struct notifier_block reboot_notifier = { .notifier_call = at_reboot };

/* A suspend would take CPUs and their EL2 state away from cells that run. */
static int before_suspend(struct notifier_block *block, unsigned long event,
			  void *data)
{
	if (event != PM_SUSPEND_PREPARE && event != PM_HIBERNATION_PREPARE)
		return NOTIFY_DONE;
	if (!READ_ONCE(jh.enabled))
		return NOTIFY_DONE;
	jh_err("no suspend while enabled: disable Jailhouse first");
	return notifier_from_errno(-EBUSY);
}

static struct notifier_block pm_notifier = { .notifier_call = before_suspend };

static int __init create_device(void)
{
	int err;

	jh.dev = root_device_register("jailhouse");
	if (IS_ERR(jh.dev))
		return PTR_ERR(jh.dev);
	err = sysfs_create_groups(&jh.dev->kobj, jh_sysfs_groups);
	if (err)
		goto unregister;
	jh.cells_dir = kobject_create_and_add("cells", &jh.dev->kobj);
	if (jh.cells_dir)
		return 0;

	err = -ENOMEM;
	sysfs_remove_groups(&jh.dev->kobj, jh_sysfs_groups);
unregister:
	root_device_unregister(jh.dev);
	return err;
}

static void remove_device(void)
{
	kobject_put(jh.cells_dir);
	sysfs_remove_groups(&jh.dev->kobj, jh_sysfs_groups);
	root_device_unregister(jh.dev);
}

static int __init jh_init(void)
{
	int err;

	err = create_device();
	if (err)
		return err;
	err = jh_pci_init();
	if (err)
		goto remove_device;
	err = register_reboot_notifier(&reboot_notifier);
	if (err)
		goto exit_pci;
	err = register_pm_notifier(&pm_notifier);
	if (err)
		goto unregister_reboot;
	err = misc_register(&jh_misc);
	if (err)
		goto unregister_pm;
	return 0;

unregister_pm:
	unregister_pm_notifier(&pm_notifier);
unregister_reboot:
	unregister_reboot_notifier(&reboot_notifier);
exit_pci:
	jh_pci_exit();
remove_device:
	remove_device();
	return err;
}

/* Not enabled: that holds a reference to the module. */
static void __exit jh_exit(void)
{
	misc_deregister(&jh_misc);
	unregister_pm_notifier(&pm_notifier);
	unregister_reboot_notifier(&reboot_notifier);
	jh_pci_exit();
	jh_firmware_release();
	remove_device();
}

module_init(jh_init);
module_exit(jh_exit);

MODULE_DESCRIPTION("Loader and control of the Jailhouse hypervisor");
MODULE_LICENSE("GPL");
