/* SPDX-License-Identifier: GPL-2.0-only */
/* What differs between the kernels that these drivers are for, 6.1 and later */
#ifndef JH_GUEST_COMPAT_H
#define JH_GUEST_COMPAT_H

#include <linux/mm.h>
#include <linux/timer.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
/* In mmap() of a driver the lock of the address space is held for writing. */
static inline void vm_flags_clear(struct vm_area_struct *vma,
				  unsigned long flags)
{
	vma->vm_flags &= ~flags;
}
#endif

/* Of write() of a terminal: its result and how much there is */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
typedef int tty_count;
typedef int tty_size;
#else
typedef ssize_t tty_count;
typedef size_t tty_size;
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define timer_delete_sync(timer) del_timer_sync(timer)
#endif

#endif
