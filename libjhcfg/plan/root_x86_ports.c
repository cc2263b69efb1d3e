// SPDX-License-Identifier: LGPL-2.1-or-later
/* I/O ports of the root cell. */
#include <stdlib.h>
#include <string.h>

#include <jhcfg/edit.h>

#include "plan/root_x86.h"

#define CONFIG_PORTS	 0xcf8 /* emulated by the hypervisor */
#define CONFIG_PORTS_NUM 8

/*
 * What Linux has drivers for but the root does not get: 8237 and 8259 are
 * shared by the whole machine, and Linux leaves them alone once the IOAPIC
 * has taken over.
 */
static const char *const kept[] = { "PCI conf1",    "dma1", "dma2",
				    "dma page reg", "pic1", "pic2" };

/* What Linux uses but does not list: NMI status and speaker; the port that it
 * writes to for a delay. */
static const uint16_t unlisted[] = { 0x61, 0x80 };

static bool is_kept(const struct jhcfg_hw_port *port)
{
	for (size_t n = 0; n < sizeof(kept) / sizeof(kept[0]); n++)
		if (!strcmp(port->name, kept[n]))
			return true;
	return false;
}

/* Functions that the root does not have keep their ports. */
static void add_device_ports(struct x86_root *root, struct ranges *ports)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++)
		for (size_t i = 0; i < device->num_ports; i++)
			ranges_add(ports, device->ports[i].base,
				   device->ports[i].length);
}

static int insert(struct x86_root *root, const struct ranges *ports)
{
	int err = 0;

	for (size_t n = 0; !err && n < ports->count; n++) {
		uint64_t start = ports->items[n].start;
		uint64_t end = start + ports->items[n].size;

		if (end > 0x10000)
			end = 0x10000;
		/* a length has 16 bits */
		if (start < end && end - start > UINT16_MAX)
			end = start + UINT16_MAX;
		if (start < end)
			err = jhcfg_config_insert_pio(
				root->config, SIZE_MAX,
				&(struct jhcfg_pio){
					.base = (uint16_t)start,
					.length = (uint16_t)(end - start),
				});
	}
	return err;
}

int x86_add_ports(struct x86_root *root)
{
	struct ranges ports = { 0 }, without = { 0 };
	const struct jhcfg_hw_port *port;
	int err;

	ranges_add(&without, CONFIG_PORTS, CONFIG_PORTS_NUM);
	for (size_t n = 0; (port = jhcfg_board_port(root->board, n)); n++)
		ranges_add(is_kept(port) ? &without : &ports, port->base,
			   port->length);
	add_device_ports(root, &ports);
	ranges_merge(&ports);
	ranges_merge(&without);
	ranges_subtract(&ports, &without);
	for (size_t n = 0; n < sizeof(unlisted) / sizeof(unlisted[0]); n++)
		ranges_add(&ports, unlisted[n], 1);
	ranges_merge(&ports);
	root->ram.failed |= ports.failed || without.failed;
	err = insert(root, &ports);
	ranges_clear(&ports);
	ranges_clear(&without);
	return err;
}
