/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An Ethernet link over ivshmem. Each side writes its own output section only:
 * descriptors and avail ring of what it sends, used ring of what it received.
 * The peer's section is the other half of both queues, so that whatever is
 * read there may be wrong in any way and may change at any time: it is read
 * once, checked, and never a reason to touch memory outside of the section.
 */
#ifndef JH_GUEST_NET_H
#define JH_GUEST_NET_H

#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "ivshmem.h"
#include "net_layout.h"

/* Of one side, in the state table */
enum net_state {
	NET_RESET,
	NET_INIT,  /* its section is being set up */
	NET_READY, /* its section is set up */
	NET_RUN,   /* and it sends and receives */
};

/* Interrupt vectors, if there is more than one */
#define NET_VECTOR_STATE 0
#define NET_VECTOR_RINGS 1

/* What one frame ahead may take: Ethernet header with a VLAN tag */
#define NET_HEADER_MAX 18U

struct net_desc {
	__le64 addr; /* from the start of the section */
	__le32 len;
	__le16 flags;
	__le16 next;
};

struct net_used {
	__le32 id;
	__le32 len;
};

/* What we send. Guarded by the lock of the transmit queue. */
struct net_tx {
	struct net_frames frames;
	u32 *offset; /* of the frame of each descriptor */
	u16 head;    /* frames given to the peer, ever */
	u16 shown;   /* of them, in the avail ring's index */
	u16 tail;    /* frames that came back */
};

/* What the peer sends. Of the NAPI context alone. */
struct net_rx {
	u16 head; /* frames taken, ever */
	u16 seen; /* value of head when the peer last heard of it */
};

struct net_link {
	struct net_device *dev;
	struct ivshmem shm;
	u32 peer;
	int vectors;

	struct net_layout layout;
	u8 *memory; /* of the whole link */
	u8 *own;
	const u8 *theirs;
	const __le32 *table;

	struct napi_struct napi;
	struct net_tx tx;
	struct net_rx rx;

	/* Guards the state, up and running */
	struct mutex lock;
	enum net_state state;
	bool up;      /* the user wants the interface */
	bool running; /* queues are started */
	struct work_struct work;

	bool broken; /* the peer's rings made no sense */
	u32 noticed; /* state of the peer when the work was last asked for */

	/* Interrupts of one jiffy, roughly: handlers count without a lock */
	unsigned long storm_jiffy;
	unsigned int storm_count;
	struct timer_list calm;
};

/* --- memory
 * ----------------------------------------------------------------------- */

static inline __le16 *net_own16(const struct net_link *link, u32 offset)
{
	return (__le16 *)(link->own + offset);
}

static inline u16 net_their16(const struct net_link *link, u32 offset)
{
	return le16_to_cpu(READ_ONCE(*(const __le16 *)(link->theirs + offset)));
}

static inline void net_set_own16(const struct net_link *link, u32 offset,
				 u16 value)
{
	WRITE_ONCE(*net_own16(link, offset), cpu_to_le16(value));
}

/* Offset of the index in a ring, which follows its flags */
#define NET_RING_INDEX 2U
#define NET_RING_ARRAY 4U

/* Virtual I/O Device 1.2, 2.7.10: the index moved past what was asked for. */
static inline bool net_wants_event(u16 event, u16 now, u16 before)
{
	return (u16)(now - event - 1) < (u16)(now - before);
}

static inline void net_ring_doorbell(const struct net_link *link)
{
	u32 vector = link->vectors > 1 ? NET_VECTOR_RINGS : 0;

	writel(link->peer << 16 | vector, link->shm.regs + IVSHMEM_DOORBELL);
}

/* --- net_link.c
 * ------------------------------------------------------------------- */

/* What the peer says of itself */
u32 net_peer_state(const struct net_link *link);

/* Evaluates states; to be run whenever one of them may have changed. */
void net_link_work(struct work_struct *work);
void net_link_up(struct net_link *link);
void net_link_down(struct net_link *link);
/* For good: the device goes. */
void net_link_close(struct net_link *link);

/* The peer breaks the rules: starts the link anew. Any context. */
void net_link_broken(struct net_link *link, const char *what);

/* --- net_tx.c, net_rx.c
 * ----------------------------------------------------------- */

void net_tx_reset(struct net_link *link);
netdev_tx_t net_tx_xmit(struct sk_buff *skb, struct net_device *dev);
/* Lets the stack go on if frames came back. From NAPI. */
void net_tx_wake(struct net_link *link);

void net_rx_reset(struct net_link *link);
int net_rx_poll(struct napi_struct *napi, int budget);

#endif
