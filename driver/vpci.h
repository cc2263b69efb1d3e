/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The virtual PCI host: how the root's kernel finds its ivshmem devices on
 * machines whose ECAM window exists only in the hypervisor.
 */
#ifndef JH_VPCI_H
#define JH_VPCI_H

#include <linux/kconfig.h>
#include <linux/types.h>

struct jailhouse_system;

#if IS_ENABLED(CONFIG_PCI) && IS_ENABLED(CONFIG_OF)
/*
 * Notes what the configuration says of the host and adds it if the root has
 * devices there. What goes wrong is said in the log and leaves the devices
 * out; the hypervisor works without them. With jh.lock, while enabled.
 */
void jh_vpci_start(const struct jailhouse_system *system);

/* Takes devices and host away, while the hypervisor still answers for them. */
void jh_vpci_remove(void);

/* Adds them again, after the hypervisor did not want to leave. */
void jh_vpci_add(void);
#else
static inline void jh_vpci_start(const struct jailhouse_system *system)
{
}

static inline void jh_vpci_remove(void)
{
}

static inline void jh_vpci_add(void)
{
}
#endif

#endif
