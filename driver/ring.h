/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arithmetic of console readers: positions count the bytes ever written, as
 * in struct jailhouse_console_page.
 */
#ifndef JH_RING_H
#define JH_RING_H

#include "pure.h"

/* Large enough for the line with any 64-bit number */
#define JH_MISSED_LINE_MAX 64

/* What a reader gets next */
struct jh_ring_span {
	__u64 from;   /* position of the first byte */
	__u64 missed; /* bytes before it that are gone */
	__u32 count;
};

/*
 * The span for a reader at pos who wants up to `want` bytes of a ring of size
 * bytes with the given head. A pos beyond the head counts as the head.
 */
struct jh_ring_span jh_ring_next(__u64 head, __u32 size, __u64 pos, __u32 want);

/* Copies count <= size bytes from position from. */
void jh_ring_copy(char *dest, const __u8 *content, __u32 size, __u64 from,
		  __u32 count);

/* Writes the line that stands for missed bytes, without a NUL, cut off at
 * room bytes. Returns its length. */
__u32 jh_ring_missed_line(char *dest, __u32 room, __u64 missed);

/*
 * A ring seen as a file without a size. A sysfs file has nothing of its own
 * for each opener, so the last few are remembered by the file's address; the
 * start of a read at offset 0 makes it a new one. An opener that fell out, or
 * never read at 0, has file offset = position.
 */
#define JH_FOLLOWERS 8

struct jh_follow {
	struct {
		const void *file;
		__u64 shift; /* position = offset + shift, modulo 2^64 */
	} opener[JH_FOLLOWERS];
	__u32 next; /* to be replaced */
};

/* The position that file reads at offset. */
__u64 jh_follow_position(struct jh_follow *follow, const void *file,
			 __u64 offset);

/* Tells that the byte at offset of file will be the one at position. */
void jh_follow_set(struct jh_follow *follow, const void *file, __u64 offset,
		   __u64 position);

#endif
