/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An output section of the network protocol: a ring as that of virtio (split
 * virtqueue, aligned to 64), then frames. And who of the frames is where.
 */
#ifndef JH_GUEST_NET_LAYOUT_H
#define JH_GUEST_NET_LAYOUT_H

#ifdef __KERNEL__
#include <linux/errno.h>
#include <linux/types.h>
#else
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
#endif

#define NET_ALIGN      64U
#define NET_MIN_FRAME  68U
#define NET_SLOT_EXTRA 18U
#define NET_MAX_RING   4096U
#define NET_MIN_RING   32U

/* Offsets in the section; the arrays of the avail and used rings begin 4 bytes
 * behind their start. */
struct net_layout {
	u32 size; /* of the section that is used */
	u32 num;  /* entries of the ring, a power of two */
	u32 avail;
	u32 used_event; /* behind the avail ring */
	u32 used;
	u32 avail_event; /* behind the used ring */
	u32 data;	 /* of frames, to the end */
};

/* -EINVAL if the section is too small for anything. */
int net_layout_init(struct net_layout *layout, u64 section_size);

/* Of the interface, without the Ethernet header */
u32 net_layout_default_mtu(const struct net_layout *layout);
u32 net_layout_max_mtu(const struct net_layout *layout);

/* Whether a frame that somebody else describes lies in the data area. */
bool net_layout_frame_fits(const struct net_layout *layout, u64 offset,
			   u32 length);

/*
 * The data area as a queue of frames: taken at its head, given back at its
 * tail in the same order. Each takes a slot in one piece.
 */
struct net_frames {
	u32 start, end; /* of the area */
	u32 head;	/* where the next slot begins, unless it wraps */
	u32 tail;	/* where the oldest one begins */
	u32 in_use;	/* slots */
};

void net_frames_init(struct net_frames *frames,
		     const struct net_layout *layout);

/* Offset of a slot for a frame of this length; 0 if there is no room now. */
u32 net_frames_take(struct net_frames *frames, u32 length);

/* The oldest is free; next is the offset of the one behind it, if any. */
void net_frames_give(struct net_frames *frames, u32 next);

/* Whether a frame of this length could be taken now. */
bool net_frames_has_room(const struct net_frames *frames, u32 length);

#endif
