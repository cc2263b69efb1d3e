// SPDX-License-Identifier: GPL-2.0-only
#include "net_layout.h"

/* Split virtqueues, Virtual I/O Device 1.2, 2.7 */
#define DESC_SIZE      16U
#define RING_HEAD_SIZE 4U
#define AVAIL_SIZE     2U
#define USED_SIZE      8U
#define EVENT_SIZE     2U

static u32 round_up_64(u32 value)
{
	return (value + NET_ALIGN - 1) & ~(NET_ALIGN - 1);
}

static void place_rings(struct net_layout *layout, u32 num)
{
	layout->num = num;
	layout->avail = DESC_SIZE * num;
	layout->used_event = layout->avail + RING_HEAD_SIZE + AVAIL_SIZE * num;
	layout->used = round_up_64(layout->used_event + EVENT_SIZE);
	layout->avail_event = layout->used + RING_HEAD_SIZE + USED_SIZE * num;
	layout->data = round_up_64(layout->avail_event + EVENT_SIZE);
}

int net_layout_init(struct net_layout *layout, u64 section_size)
{
	u32 num = NET_MAX_RING;

	/* Offsets have 32 bits here; nobody needs more. */
	layout->size =
		section_size > 0x80000000U ? 0x80000000U : (u32)section_size;
	for (; num > NET_MIN_RING; num /= 2) {
		place_rings(layout, num);
		if (layout->data < layout->size / 8)
			break;
	}
	place_rings(layout, num);
	if (layout->size < layout->data + 4 * NET_MIN_FRAME)
		return -EINVAL;
	return 0;
}

static u32 smaller(u32 a, u32 b)
{
	return a < b ? a : b;
}

u32 net_layout_default_mtu(const struct net_layout *layout)
{
	u32 mtu = smaller(16384, (layout->size - layout->data) / 16);

	return mtu < NET_MIN_FRAME ? NET_MIN_FRAME : mtu;
}

u32 net_layout_max_mtu(const struct net_layout *layout)
{
	return smaller(65535, (layout->size - layout->data) / 4);
}

bool net_layout_frame_fits(const struct net_layout *layout, u64 offset,
			   u32 length)
{
	return offset >= layout->data && offset < layout->size &&
	       length <= layout->size - offset;
}

void net_frames_init(struct net_frames *frames, const struct net_layout *layout)
{
	frames->start = frames->head = frames->tail = layout->data;
	frames->end = layout->size;
	frames->in_use = 0;
}

/* Where a slot of this size would begin; 0 if nowhere */
static u32 find_room(const struct net_frames *frames, u32 slot)
{
	if (frames->in_use && frames->head <= frames->tail)
		return frames->tail - frames->head >= slot ? frames->head : 0;
	if (frames->end - frames->head >= slot)
		return frames->head;
	return frames->tail - frames->start >= slot ? frames->start : 0;
}

static u32 slot_size(u32 length)
{
	return round_up_64(length + NET_SLOT_EXTRA);
}

bool net_frames_has_room(const struct net_frames *frames, u32 length)
{
	return find_room(frames, slot_size(length));
}

u32 net_frames_take(struct net_frames *frames, u32 length)
{
	u32 offset = find_room(frames, slot_size(length));

	if (!offset)
		return 0;
	if (!frames->in_use)
		frames->tail = offset;
	frames->head = offset + slot_size(length);
	frames->in_use++;
	return offset;
}

void net_frames_give(struct net_frames *frames, u32 next)
{
	frames->in_use--;
	if (frames->in_use)
		frames->tail = next;
	else
		frames->head = frames->tail = frames->start;
}
