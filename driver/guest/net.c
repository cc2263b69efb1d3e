// SPDX-License-Identifier: GPL-2.0-only
/* The network device, its memory and its interrupts; see net.h. */
#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "compat.h"
#include "net.h"

/* Honest peers ring at most once for each time they are looked at. */
#define STORM_LIMIT 256

/* --- interrupts
 * ------------------------------------------------------------------- */

/* True if the peer rings for the sake of it: then it has to wait. */
static bool is_storm(struct net_link *link)
{
	if (link->storm_jiffy != jiffies) {
		link->storm_jiffy = jiffies;
		link->storm_count = 0;
	}
	if (++link->storm_count < STORM_LIMIT)
		return false;
	writel(0, link->shm.regs + IVSHMEM_INT_CTRL);
	mod_timer(&link->calm, jiffies + 1);
	return true;
}

static void look_around(struct net_link *link)
{
	if (net_peer_state(link) != READ_ONCE(link->noticed))
		schedule_work(&link->work);
	napi_schedule(&link->napi);
}

/* Interrupts while they were off are lost, but not their reasons. */
static void calm_down(struct timer_list *timer)
{
	struct net_link *link = container_of(timer, struct net_link, calm);

	writel(1, link->shm.regs + IVSHMEM_INT_CTRL);
	look_around(link);
}

/* One line for states and rings */
static irqreturn_t handle_both(int irq, void *arg)
{
	struct net_link *link = arg;

	if (!is_storm(link))
		look_around(link);
	return IRQ_HANDLED;
}

static irqreturn_t handle_state(int irq, void *arg)
{
	struct net_link *link = arg;

	if (!is_storm(link) && net_peer_state(link) != READ_ONCE(link->noticed))
		schedule_work(&link->work);
	return IRQ_HANDLED;
}

static irqreturn_t handle_rings(int irq, void *arg)
{
	struct net_link *link = arg;

	if (!is_storm(link))
		napi_schedule(&link->napi);
	return IRQ_HANDLED;
}

static void free_irqs(struct net_link *link)
{
	int n;

	for (n = 0; n < link->vectors; n++)
		free_irq(pci_irq_vector(link->shm.pci, n), link);
	pci_free_irq_vectors(link->shm.pci);
}

static int request_irqs(struct net_link *link)
{
	struct pci_dev *pci = link->shm.pci;
	const char *name = netdev_name(link->dev);
	int err;

	/* Two of a kind that counts, or one line. */
	link->vectors = pci_alloc_irq_vectors(pci, 2, 2, PCI_IRQ_MSIX);
	if (link->vectors < 0 && !pci->msix_cap)
		link->vectors =
			pci_alloc_irq_vectors(pci, 1, 1, PCI_IRQ_ALL_TYPES);
	if (link->vectors < 0) {
		pci_err(pci, "no interrupt can be had: error %d\n",
			link->vectors);
		return link->vectors;
	}
	err = request_irq(pci_irq_vector(pci, 0),
			  link->vectors > 1 ? handle_state : handle_both,
			  IRQF_SHARED, name, link);
	if (err)
		goto free_vectors;
	if (link->vectors == 1)
		return 0;
	err = request_irq(pci_irq_vector(pci, NET_VECTOR_RINGS), handle_rings,
			  IRQF_SHARED, name, link);
	if (!err)
		return 0;
	free_irq(pci_irq_vector(pci, 0), link);
free_vectors:
	pci_free_irq_vectors(pci);
	return err;
}

/* --- the interface
 * ---------------------------------------------------------------- */

static int open_interface(struct net_device *dev)
{
	/* Until the peer is there, too */
	netif_stop_queue(dev);
	netif_carrier_off(dev);
	net_link_up(netdev_priv(dev));
	return 0;
}

static int stop_interface(struct net_device *dev)
{
	net_link_down(netdev_priv(dev));
	return 0;
}

static const struct net_device_ops interface_ops = {
	.ndo_open = open_interface,
	.ndo_stop = stop_interface,
	.ndo_start_xmit = net_tx_xmit,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
};

static const struct ethtool_ops interface_ethtool_ops = {
	.get_link = ethtool_op_get_link,
};

static void set_up_interface(struct net_link *link)
{
	struct net_device *dev = link->dev;

	SET_NETDEV_DEV(dev, &link->shm.pci->dev);
	dev->netdev_ops = &interface_ops;
	dev->ethtool_ops = &interface_ethtool_ops;
	dev->min_mtu = ETH_MIN_MTU;
	dev->max_mtu = net_layout_max_mtu(&link->layout);
	dev->mtu = min(net_layout_default_mtu(&link->layout), dev->max_mtu);
	eth_hw_addr_random(dev);
	netif_napi_add(dev, &link->napi, net_rx_poll);
	netif_carrier_off(dev);
}

/* --- the device
 * ------------------------------------------------------------------- */

static int map_memory(struct net_link *link)
{
	struct ivshmem *shm = &link->shm;
	u64 outputs = shm->state_size + shm->rw_size;

	link->memory = memremap(shm->base, ivshmem_total(shm), MEMREMAP_WB);
	if (!link->memory)
		return -ENOMEM;
	link->table = (const __le32 *)link->memory;
	link->own = link->memory + outputs + shm->id * shm->output_size;
	link->theirs = link->memory + outputs + link->peer * shm->output_size;
	return 0;
}

static int open_link(struct net_link *link, struct pci_dev *pci)
{
	int err = ivshmem_open(&link->shm, pci);

	if (err)
		return err;
	if (link->shm.peers != 2) {
		pci_err(pci, "%u peers: a network link has 2\n",
			link->shm.peers);
		return -EINVAL;
	}
	if ((link->shm.state_size | link->shm.rw_size | link->shm.output_size) %
	    NET_ALIGN) {
		pci_err(pci, "sizes of sections are not multiples of %u\n",
			NET_ALIGN);
		return -EINVAL;
	}
	link->peer = !link->shm.id;
	/* What another driver may have left */
	writel(NET_RESET, link->shm.regs + IVSHMEM_STATE);
	err = net_layout_init(&link->layout, link->shm.output_size);
	if (err) {
		pci_err(pci, "sections of %llu bytes are too small\n",
			link->shm.output_size);
		return err;
	}
	link->tx.offset = devm_kcalloc(&pci->dev, link->layout.num,
				       sizeof(*link->tx.offset), GFP_KERNEL);
	return link->tx.offset ? 0 : -ENOMEM;
}

/* The peer may have been there for long: nothing says so but its state. */
static void begin(struct net_link *link)
{
	writel(1, link->shm.regs + IVSHMEM_INT_CTRL);
	schedule_work(&link->work);
}

static void end(struct net_link *link)
{
	writel(0, link->shm.regs + IVSHMEM_INT_CTRL);
	free_irqs(link);
	/* It turns them on again, and nobody starts it any more. */
	timer_delete_sync(&link->calm);
	writel(0, link->shm.regs + IVSHMEM_INT_CTRL);
	cancel_work_sync(&link->work);
}

static int probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct net_link));
	struct net_link *link;
	int err;

	if (!dev)
		return -ENOMEM;
	link = netdev_priv(dev);
	link->dev = dev;
	mutex_init(&link->lock);
	INIT_WORK(&link->work, net_link_work);
	timer_setup(&link->calm, calm_down, 0);
	err = open_link(link, pci);
	if (err)
		goto free_dev;
	err = map_memory(link);
	if (err)
		goto free_dev;
	ivshmem_set_one_shot(&link->shm, false);
	set_up_interface(link);
	err = register_netdev(dev);
	if (err)
		goto unmap;
	err = request_irqs(link);
	if (err)
		goto unregister;
	pci_set_drvdata(pci, link);
	begin(link);
	return 0;

unregister:
	unregister_netdev(dev);
	cancel_work_sync(&link->work);
	net_link_close(link);
unmap:
	memunmap(link->memory);
free_dev:
	free_netdev(dev);
	return err;
}

static void remove(struct pci_dev *pci)
{
	struct net_link *link = pci_get_drvdata(pci);

	unregister_netdev(link->dev);
	end(link);
	net_link_close(link);
	memunmap(link->memory);
	free_netdev(link->dev);
}

/* Class 0xff, protocol 1 */
static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(IVSHMEM_VENDOR, IVSHMEM_DEVICE), .class = 0xff0001,
	  .class_mask = 0xffffff },
	{},
};
MODULE_DEVICE_TABLE(pci, ids);

static struct pci_driver ivshmem_net_driver = {
	.name = "ivshmem-net",
	.id_table = ids,
	.probe = probe,
	.remove = remove,
};
module_pci_driver(ivshmem_net_driver);

MODULE_DESCRIPTION("Ethernet link to another cell over ivshmem");
MODULE_LICENSE("GPL");
