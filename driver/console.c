// SPDX-License-Identifier: GPL-2.0-only
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "console.h"
#include "jh.h"
#include "ring.h"

#define POLL_INTERVAL (HZ / 10)

/* What one open file has read */
struct reader {
	struct mutex lock; /* threads may share the file */
	u64 position;
	unsigned int session; /* of the page that position belongs to */
	bool started;	      /* position is valid */
};

static struct {
	struct mutex lock; /* guards the rest and the page's mapping */
	const struct jailhouse_console_page *page;
	size_t room;
	unsigned int session;
	bool permitted;
} console = { .lock = __MUTEX_INITIALIZER(console.lock) };

void jh_console_attach(const struct jailhouse_console_page *page, size_t room,
		       bool permitted)
{
	mutex_lock(&console.lock);
	console.page = page;
	console.room = room - sizeof(*page);
	console.permitted = permitted;
	console.session++;
	mutex_unlock(&console.lock);
}

void jh_console_detach(void)
{
	mutex_lock(&console.lock);
	console.page = NULL;
	mutex_unlock(&console.lock);
}

/* Size of the ring's content, 0 if there is none yet */
static u32 ring_size(void)
{
	u32 size = console.page ? READ_ONCE(console.page->size) : 0;

	return size <= console.room ? size : 0;
}

static u64 ring_head(void)
{
	/* pairs with the hypervisor's store-release of head */
	return smp_load_acquire(&console.page->head);
}

/*
 * Copies from *position on, or the line that says how much is gone, and moves
 * *position behind it.
 */
static u32 copy_text(u64 *position, char *dest, u32 want)
{
	u32 size = ring_size();
	struct jh_ring_span span, again;

	if (size == 0)
		return 0;
	span = jh_ring_next(ring_head(), size, *position, want);
	if (span.missed == 0) {
		jh_ring_copy(dest, console.page->content, size, span.from,
			     span.count);
		/* The copy is done before the head is looked at again. */
		smp_rmb();
		again = jh_ring_next(ring_head(), size, span.from, 0);
		if (again.missed == 0) {
			*position = span.from + span.count;
			return span.count;
		}
		span = again;
	}
	*position = span.from;
	return jh_ring_missed_line(dest, want, span.missed);
}

static u64 oldest_position(void)
{
	u32 size = ring_size();

	return size ? jh_ring_next(ring_head(), size, 0, 0).from : 0;
}

/* What one attempt to read gives: bytes, 0 for "nothing yet", or an error. */
static ssize_t fetch(struct reader *reader, char *dest, size_t want)
{
	ssize_t count = 0;

	mutex_lock(&console.lock);
	if (console.page && !console.permitted) {
		count = -EPERM;
	} else if (console.page) {
		if (!reader->started)
			reader->position = oldest_position();
		else if (reader->session != console.session)
			reader->position = 0;
		reader->started = true;
		reader->session = console.session;
		count = copy_text(&reader->position, dest, want);
	}
	mutex_unlock(&console.lock);
	return count;
}

static ssize_t read_once(struct reader *reader, char __user *buf, char *text,
			 size_t want)
{
	ssize_t count;

	if (mutex_lock_interruptible(&reader->lock))
		return -EINTR;
	count = fetch(reader, text, want);
	if (count > 0 && copy_to_user(buf, text, count))
		count = -EFAULT;
	mutex_unlock(&reader->lock);
	return count;
}

ssize_t jh_console_read(struct file *file, char __user *buf, size_t count,
			loff_t *offset)
{
	size_t want = min_t(size_t, count, PAGE_SIZE);
	ssize_t ret;
	char *text;

	if (want == 0)
		return 0;
	text = kmalloc(want, GFP_KERNEL);
	if (!text)
		return -ENOMEM;

	for (;;) {
		ret = read_once(file->private_data, buf, text, want);
		if (ret != 0)
			break;
		if (file->f_flags & O_NONBLOCK) {
			ret = READ_ONCE(jh.enabled) ? 0 : -EAGAIN;
			break;
		}
		/* Nobody tells us about new text: the hypervisor has no
		 * interrupt for it. */
		schedule_timeout_interruptible(POLL_INTERVAL);
		if (signal_pending(current)) {
			ret = -EINTR;
			break;
		}
	}
	kfree(text);
	return ret;
}

ssize_t jh_console_snapshot(char *dest, size_t size)
{
	ssize_t count = 0;
	u64 position;

	mutex_lock(&console.lock);
	if (READ_ONCE(jh.enabled)) {
		if (console.permitted) {
			position = oldest_position();
			count = copy_text(&position, dest, size);
		} else {
			count = -EPERM;
		}
	}
	mutex_unlock(&console.lock);
	return count;
}

int jh_console_open(struct inode *inode, struct file *file)
{
	struct reader *reader = kzalloc(sizeof(*reader), GFP_KERNEL);

	if (!reader)
		return -ENOMEM;
	mutex_init(&reader->lock);
	file->private_data = reader;
	return 0;
}

int jh_console_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}
