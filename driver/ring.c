// SPDX-License-Identifier: GPL-2.0-only
#include "ring.h"

struct jh_ring_span jh_ring_next(__u64 head, __u32 size, __u64 pos, __u32 want)
{
	/*
	 * The writer stores a byte and then moves the head, so the slot of
	 * byte head - size may hold byte head already: that one is gone too.
	 */
	__u64 oldest = head >= size && size > 0 ? head - size + 1 : 0;
	struct jh_ring_span span = { .from = pos };

	if (size == 0 || pos > head)
		span.from = head;
	if (span.from < oldest) {
		span.missed = oldest - span.from;
		span.from = oldest;
	}
	span.count = want;
	if (want > head - span.from)
		span.count = head - span.from;
	return span;
}

void jh_ring_copy(char *dest, const __u8 *content, __u32 size, __u64 from,
		  __u32 count)
{
	__u32 offset = jh_modulo(from, size);
	__u32 first = size - offset;

	if (first > count)
		first = count;
	memcpy(dest, content + offset, first);
	memcpy(dest + first, content, count - first);
}

__u32 jh_ring_missed_line(char *dest, __u32 room, __u64 missed)
{
	char line[JH_MISSED_LINE_MAX];
	__u32 length;

	length = snprintf(line, sizeof(line),
			  "<missed %llu bytes of console log>\n", missed);
	if (length > room)
		length = room;
	memcpy(dest, line, length);
	return length;
}

static int find(const struct jh_follow *follow, const void *file)
{
	for (int n = 0; n < JH_FOLLOWERS; n++)
		if (follow->opener[n].file == file)
			return n;
	return -1;
}

__u64 jh_follow_position(struct jh_follow *follow, const void *file,
			 __u64 offset)
{
	int n = find(follow, file);

	if (n < 0)
		return offset;
	if (offset == 0)
		follow->opener[n].shift = 0;
	return offset + follow->opener[n].shift;
}

void jh_follow_set(struct jh_follow *follow, const void *file, __u64 offset,
		   __u64 position)
{
	int n = find(follow, file);

	if (n < 0) {
		n = follow->next;
		follow->next = (follow->next + 1) % JH_FOLLOWERS;
		follow->opener[n].file = file;
	}
	follow->opener[n].shift = position - offset;
}
