/* SPDX-License-Identifier: GPL-2.0-only */
/* Coming up on all CPUs, going away, and the time-outs that the user sets. */
#ifndef HV_ENTRY_H
#define HV_ENTRY_H

#include <hv/arch.h>
#include <jailhouse/image.h>

/* The image's header, filled by the driver. */
extern const struct jailhouse_image_header image_header;

/* Runs on each CPU that enters. 0, or the error that all CPUs return with;
 * then everything this CPU changed is undone. */
int hypervisor_enter(unsigned int cpu_id);

/* HYPERCALL DISABLE on a root CPU: 0 when the CPU is to leave. */
int hypervisor_disable(void);
/* A root CPU has left, or is about to: no cell can be created any more. */
bool hypervisor_is_disabling(void);

/* Time-outs, in microseconds; never 0. */
u64 rendezvous_timeout_us(void);
u64 message_timeout_us(const struct cell *cell);

/* Points in time, in ticks. */
u64 deadline_after_us(u64 us);
bool deadline_passed(u64 deadline);

#endif
