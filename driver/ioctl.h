/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef JH_IOCTL_H
#define JH_IOCTL_H

#include <linux/fs.h>

/* The ioctls of <jailhouse/driver.h>, one at a time */
long jh_ioctl(struct file *file, unsigned int command, unsigned long arg);
long jh_compat_ioctl(struct file *file, unsigned int command,
		     unsigned long arg);

#endif
