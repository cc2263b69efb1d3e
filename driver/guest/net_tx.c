// SPDX-License-Identifier: GPL-2.0-only
#include <linux/etherdevice.h>

#include "net.h"

void net_tx_reset(struct net_link *link)
{
	struct net_tx *tx = &link->tx;

	net_frames_init(&tx->frames, &link->layout);
	tx->head = tx->shown = tx->tail = 0;
}

/* Frames that are in the ring */
static u16 in_flight(const struct net_tx *tx)
{
	return tx->head - tx->tail;
}

/* Takes back what the peer has received, which must be in order. */
static void reclaim(struct net_link *link)
{
	const struct net_layout *layout = &link->layout;
	struct net_tx *tx = &link->tx;
	u16 used = net_their16(link, layout->used + NET_RING_INDEX);
	u32 mask = layout->num - 1;

	if ((u16)(used - tx->tail) > (u16)(tx->shown - tx->tail)) {
		net_link_broken(link, "more frames came back than were sent");
		return;
	}
	/* Pairs with the barrier between the peer's entry and its index. */
	virt_rmb();
	while (tx->tail != used) {
		const struct net_used *entry =
			(const void *)(link->theirs + layout->used +
				       NET_RING_ARRAY +
				       (tx->tail & mask) * sizeof(*entry));

		if (le32_to_cpu(READ_ONCE(entry->id)) != (tx->tail & mask) ||
		    le32_to_cpu(READ_ONCE(entry->len)) != 1) {
			net_link_broken(link, "frames came back out of order");
			return;
		}
		tx->tail++;
		net_frames_give(&tx->frames, tx->offset[tx->tail & mask]);
	}
}

static u32 largest_frame(const struct net_link *link)
{
	return READ_ONCE(link->dev->mtu) + NET_HEADER_MAX;
}

static bool has_room(const struct net_link *link)
{
	return in_flight(&link->tx) < link->layout.num &&
	       net_frames_has_room(&link->tx.frames, largest_frame(link));
}

/* Shows the peer what is new, and rings if it asked for that. */
static void show(struct net_link *link)
{
	const struct net_layout *layout = &link->layout;
	struct net_tx *tx = &link->tx;
	u16 before = tx->shown;

	/* The peer sees the entries before the index. */
	virt_wmb();
	net_set_own16(link, layout->avail + NET_RING_INDEX, tx->head);
	tx->shown = tx->head;
	/* It sees the index, or we see what it asks for. Pairs with the
	 * barrier in net_rx_poll(). */
	virt_mb();
	if (net_wants_event(net_their16(link, layout->avail_event), tx->head,
			    before))
		net_ring_doorbell(link);
}

/* Asks to be told when half of what is under way has come back. */
static void ask_for_room(struct net_link *link)
{
	struct net_tx *tx = &link->tx;

	net_set_own16(link, link->layout.used_event,
		      tx->tail + in_flight(tx) / 2);
	/* It sees that, or we see what it gave back. */
	virt_mb();
}

/* The queue stops before the frame that would not fit. */
static void stop_if_full(struct net_link *link)
{
	if (has_room(link))
		return;
	netif_stop_queue(link->dev);
	ask_for_room(link);
	reclaim(link);
	if (has_room(link))
		netif_start_queue(link->dev);
}

static void put_frame(struct net_link *link, struct sk_buff *skb, u32 offset)
{
	const struct net_layout *layout = &link->layout;
	struct net_tx *tx = &link->tx;
	u32 n = tx->head & (layout->num - 1);
	struct net_desc *desc = (struct net_desc *)link->own + n;

	skb_copy_from_linear_data(skb, link->own + offset, skb->len);
	desc->addr = cpu_to_le64(offset);
	desc->len = cpu_to_le32(skb->len);
	desc->flags = 0;
	desc->next = 0;
	net_set_own16(link, layout->avail + NET_RING_ARRAY + n * sizeof(u16),
		      (u16)n);
	tx->offset[n] = offset;
	tx->head++;
}

netdev_tx_t net_tx_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct net_link *link = netdev_priv(dev);
	bool more = netdev_xmit_more();
	u32 offset = 0;

	reclaim(link);
	if (in_flight(&link->tx) < link->layout.num && !link->broken)
		offset = net_frames_take(&link->tx.frames, skb->len);
	if (offset) {
		put_frame(link, skb, offset);
		dev->stats.tx_packets++;
		dev->stats.tx_bytes += skb->len;
	} else {
		/* The queue was not stopped: larger than the MTU says. */
		dev->stats.tx_dropped++;
	}
	dev_consume_skb_any(skb);
	stop_if_full(link);
	if (link->tx.shown != link->tx.head &&
	    (!more || netif_queue_stopped(dev)))
		show(link);
	return NETDEV_TX_OK;
}

void net_tx_wake(struct net_link *link)
{
	struct netdev_queue *queue = netdev_get_tx_queue(link->dev, 0);

	if (!netif_tx_queue_stopped(queue))
		return;
	__netif_tx_lock(queue, smp_processor_id());
	reclaim(link);
	if (has_room(link))
		netif_wake_queue(link->dev);
	else
		ask_for_room(link);
	__netif_tx_unlock(queue);
}
