// SPDX-License-Identifier: GPL-2.0-only
#include <linux/etherdevice.h>

#include "net.h"

void net_rx_reset(struct net_link *link)
{
	link->rx = (struct net_rx){ 0 };
}

static u16 their_head(const struct net_link *link)
{
	return net_their16(link, link->layout.avail + NET_RING_INDEX);
}

/* The frame that a descriptor of the peer's names, into a buffer of ours. The
 * peer may go on to write there: what the stack sees is what was copied. */
static void take_frame(struct net_link *link, u32 offset, u32 length)
{
	struct net_device *dev = link->dev;
	struct sk_buff *skb;

	if (length < ETH_HLEN ||
	    length > READ_ONCE(dev->mtu) + NET_HEADER_MAX) {
		dev->stats.rx_length_errors++;
		dev->stats.rx_errors++;
		return;
	}
	skb = napi_alloc_skb(&link->napi, length);
	if (!skb) {
		dev->stats.rx_dropped++;
		return;
	}
	skb_put_data(skb, link->theirs + offset, length);
	skb->protocol = eth_type_trans(skb, dev);
	dev->stats.rx_packets++;
	dev->stats.rx_bytes += length;
	napi_gro_receive(&link->napi, skb);
}

/* Gives descriptor n back. */
static void give_back(struct net_link *link, u16 n)
{
	const struct net_layout *layout = &link->layout;
	struct net_used *entry =
		(struct net_used *)(link->own + layout->used + NET_RING_ARRAY) +
		(link->rx.head & (layout->num - 1));

	entry->id = cpu_to_le32(n);
	entry->len = cpu_to_le32(1);
	link->rx.head++;
}

/* One frame; false if the peer's ring makes no sense. */
static bool receive_one(struct net_link *link)
{
	const struct net_layout *layout = &link->layout;
	u32 at = link->rx.head & (layout->num - 1);
	const struct net_desc *desc;
	u16 n = net_their16(link, layout->avail + NET_RING_ARRAY +
					  at * (u32)sizeof(u16));
	u64 offset;
	u32 length;

	if (n >= layout->num)
		return false;
	desc = (const struct net_desc *)link->theirs + n;
	offset = le64_to_cpu(READ_ONCE(desc->addr));
	length = le32_to_cpu(READ_ONCE(desc->len));
	if (READ_ONCE(desc->flags) ||
	    !net_layout_frame_fits(layout, offset, length))
		return false;
	take_frame(link, (u32)offset, length);
	give_back(link, n);
	return true;
}

static int receive(struct net_link *link, int budget)
{
	int done = 0;
	u16 ready = their_head(link) - link->rx.head;

	if (ready > link->layout.num) {
		net_link_broken(link, "more frames are there than fit");
		return 0;
	}
	/* Pairs with the barrier between the peer's entries and its index. */
	virt_rmb();
	for (; done < budget && done < ready; done++) {
		if (receive_one(link))
			continue;
		net_link_broken(link, "a frame lies outside of its section");
		break;
	}
	return done;
}

/* Shows the peer what came back, and rings if it asked for that. */
static void show(struct net_link *link)
{
	const struct net_layout *layout = &link->layout;
	struct net_rx *rx = &link->rx;
	u16 before = rx->seen;

	if (rx->head == before)
		return;
	/* The peer sees the entries before the index, */
	virt_wmb();
	net_set_own16(link, layout->used + NET_RING_INDEX, rx->head);
	rx->seen = rx->head;
	/* and the index, or we see what it asks for. */
	virt_mb();
	if (net_wants_event(net_their16(link, layout->used_event), rx->head,
			    before))
		net_ring_doorbell(link);
}

int net_rx_poll(struct napi_struct *napi, int budget)
{
	struct net_link *link = container_of(napi, struct net_link, napi);
	int done = 0;

	/* budget 0: somebody (netconsole) wants to send, no more */
	if (budget && !READ_ONCE(link->broken)) {
		done = receive(link, budget);
		show(link);
	}
	net_tx_wake(link);
	if (done == budget || !napi_complete_done(napi, done) ||
	    READ_ONCE(link->broken))
		return done;

	/* Ask for the doorbell, then look again. Pairs with show() of the
	 * sender. */
	net_set_own16(link, link->layout.avail_event, link->rx.head);
	virt_mb();
	if (their_head(link) != link->rx.head)
		napi_schedule(napi);
	return done;
}
