/* SPDX-License-Identifier: GPL-2.0-only */
/* The hypervisor's merged console, as read from /dev/jailhouse and sysfs. */
#ifndef JH_CONSOLE_H
#define JH_CONSOLE_H

#include <linux/fs.h>

#include <jailhouse/image.h>

/*
 * Gives readers a new console page, of which room bytes can be mapped at
 * most. They may read it if permitted. Stays until the next call of attach or
 * detach, also while disabled.
 */
void jh_console_attach(const struct jailhouse_console_page *page, size_t room,
		       bool permitted);
void jh_console_detach(void);

/* File operations of /dev/jailhouse */
int jh_console_open(struct inode *inode, struct file *file);
int jh_console_release(struct inode *inode, struct file *file);
ssize_t jh_console_read(struct file *file, char __user *buf, size_t count,
			loff_t *offset);

/* Copies what the ring holds now, up to size bytes. -EPERM if not permitted;
 * 0 while disabled. */
ssize_t jh_console_snapshot(char *dest, size_t size);

#endif
