/* SPDX-License-Identifier: GPL-2.0-only */
/* What all files of the driver share: its state and its messages. */
#ifndef JH_JH_H
#define JH_JH_H

#include <linux/cpumask.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/rwsem.h>

struct device;
struct kobject;

/* Established log lines partly have the prefix and partly not, see the user
 * manual; everything that is new here has it. */
#define jh_err(format, ...)  pr_err("jailhouse: " format "\n", ##__VA_ARGS__)
#define jh_warn(format, ...) pr_warn("jailhouse: " format "\n", ##__VA_ARGS__)

struct jh_state {
	/*
	 * Lets one command run at a time; taken interruptibly by ioctls.
	 * Guards cells and root_cpus. Files of sysfs must not take it: who
	 * holds it may wait for their readers.
	 */
	struct mutex lock;

	/*
	 * Held for writing while the hypervisor comes or goes, for reading by
	 * whoever asks it something without holding lock. A hypercall that
	 * nobody answers would end in the kernel's hyp stub, which takes it
	 * for one of its own calls.
	 */
	struct rw_semaphore gate;

	/* Changed with both held, read with either */
	bool enabled;

	struct cpumask root_cpus; /* all that the root had at the start */
	struct list_head cells;	  /* of struct jh_cell; the root is first */

	/* Set when the module is loaded */
	struct device *dev;	   /* /sys/devices/jailhouse */
	struct kobject *cells_dir; /* cells/ in it */
};

extern struct jh_state jh;

/* Module parameters */
extern char *jh_firmware_name;
extern ulong jh_rendezvous_us;
extern ulong jh_msg_reply_us;

/* A hypercall from a context without jh.lock; -ENODEV while disabled. */
long jh_ask(u32 code, unsigned long arg1, unsigned long arg2);

#endif
