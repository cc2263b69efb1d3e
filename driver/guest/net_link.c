// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a link: each side tells its state, and what a side may do
 * depends on both. Whenever one of them may have changed, the work looks at
 * both and takes the one step that the table permits, until there is none.
 */
#include "net.h"

u32 net_peer_state(const struct net_link *link)
{
	return le32_to_cpu(READ_ONCE(link->table[link->peer]));
}

/* Under the lock. The register tells the peer, too. */
static void set_state(struct net_link *link, enum net_state state)
{
	link->state = state;
	/* What was written to our section is there when the peer sees it. */
	virt_mb();
	writel(state, link->shm.regs + IVSHMEM_STATE);
}

static void stop_queues(struct net_link *link)
{
	if (!link->running)
		return;
	netif_carrier_off(link->dev);
	/* First what might wake up the other. */
	napi_disable(&link->napi);
	netif_tx_disable(link->dev);
	link->running = false;
}

static void start_queues(struct net_link *link)
{
	link->running = true;
	napi_enable(&link->napi);
	netif_start_queue(link->dev);
}

/* Looks for what came before somebody listened. */
static void look(struct net_link *link)
{
	local_bh_disable();
	napi_schedule(&link->napi);
	local_bh_enable();
}

static void set_up_section(struct net_link *link)
{
	memset(link->own, 0, link->layout.size);
	net_tx_reset(link);
	net_rx_reset(link);
	WRITE_ONCE(link->broken, false);
}

/* RESET: both start together. */
static bool step_reset(struct net_link *link, u32 peer)
{
	if (peer != NET_RESET && peer != NET_INIT)
		return false;
	set_state(link, NET_INIT);
	return true;
}

static bool step_init(struct net_link *link, u32 peer)
{
	if (peer == NET_RESET)
		return false;
	set_up_section(link);
	set_state(link, NET_READY);
	return true;
}

/* READY and RUN */
static bool step_ready(struct net_link *link, u32 peer)
{
	if (peer == NET_RESET || READ_ONCE(link->broken)) {
		stop_queues(link);
		set_state(link, NET_RESET);
		return true;
	}
	if (!link->up || (peer != NET_READY && peer != NET_RUN))
		return false;
	if (!link->running) {
		start_queues(link);
		set_state(link, NET_RUN);
		look(link);
	}
	if (peer == NET_RUN && !netif_carrier_ok(link->dev)) {
		netif_carrier_on(link->dev);
		look(link);
	} else if (peer != NET_RUN) {
		netif_carrier_off(link->dev);
	}
	return false;
}

static bool (*const steps[])(struct net_link *link, u32 peer) = {
	[NET_RESET] = step_reset,
	[NET_INIT] = step_init,
	[NET_READY] = step_ready,
	[NET_RUN] = step_ready,
};

/* Under the lock. A peer that changes its mind all the time is looked at
 * again when it says so. */
static void evaluate(struct net_link *link)
{
	int n;

	for (n = 0; n < 4; n++) {
		u32 peer = net_peer_state(link);

		WRITE_ONCE(link->noticed, peer);
		if (!steps[link->state](link, peer))
			return;
	}
}

void net_link_work(struct work_struct *work)
{
	struct net_link *link = container_of(work, struct net_link, work);

	mutex_lock(&link->lock);
	evaluate(link);
	mutex_unlock(&link->lock);
}

void net_link_up(struct net_link *link)
{
	mutex_lock(&link->lock);
	link->up = true;
	evaluate(link);
	mutex_unlock(&link->lock);
}

void net_link_down(struct net_link *link)
{
	mutex_lock(&link->lock);
	link->up = false;
	stop_queues(link);
	set_state(link, NET_RESET);
	mutex_unlock(&link->lock);
	/* From here to READY again, for when the peer comes or the user. */
	schedule_work(&link->work);
}

void net_link_close(struct net_link *link)
{
	mutex_lock(&link->lock);
	stop_queues(link);
	set_state(link, NET_RESET);
	mutex_unlock(&link->lock);
}

void net_link_broken(struct net_link *link, const char *what)
{
	if (READ_ONCE(link->broken))
		return;
	WRITE_ONCE(link->broken, true);
	if (net_ratelimit())
		netdev_err(link->dev,
			   "the peer is broken: %s; starting the link anew\n",
			   what);
	schedule_work(&link->work);
}
