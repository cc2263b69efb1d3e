/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private contract between our driver and our firmware image: what the driver
 * puts where in the hypervisor's memory, and how a CPU enters it. Both must
 * agree on JAILHOUSE_IMAGE_ABI; nothing else may rely on this file.
 *
 * Hypervisor memory, from its physical start:
 *
 *   core          core_size bytes: the file, then zeroes (its bss)
 *   shared CPU    max_cpus * cpu_shared_size, rounded up to a page
 *   private CPU   max_cpus * cpu_private_size
 *   config        the system configuration, rounded up to a page
 *   pool          everything behind it
 *
 * The driver fills the header, copies core and config, zeroes the bss and the
 * CPU areas, and cleans and invalidates all of that to the point of coherency
 * before the first CPU enters, since entry happens with the EL2 MMU off. It
 * does not touch the pool.
 *
 * Entry, arm64: on each online CPU, all within the rendezvous time-out, with
 * DAIF masked: `hvc #0` to the kernel's hyp stub with
 *   x0 = HVC_SOFT_RESTART (1), x1 = phys_base + entry_offset,
 *   x2 = phys_base, x3 = logical CPU number, x4 = SPSR of the way back,
 *   x30 = EL1 virtual address of the way back.
 * The CPU comes back there at EL1 with x0 = 0 or a negated errno, the same on
 * all CPUs; x1-x17 are lost, x18-x29, SP and all EL1 system registers kept.
 * On failure every EL2 register has its former value again and the driver may
 * give the memory back. DISABLE (a hypercall on every root CPU) returns with
 * EL2 owned by the kernel's stub again.
 */
#ifndef JAILHOUSE_IMAGE_H
#define JAILHOUSE_IMAGE_H

#include <jailhouse/cell-config.h>

#define JAILHOUSE_IMAGE_SIGNATURE "JAILHOUS"
#define JAILHOUSE_IMAGE_ABI	  1
#define JAILHOUSE_PAGE_SIZE	  4096ULL
#define JAILHOUSE_VERSION_LEN	  32
/* Default of both time-outs that a user can set: 10 s */
#define JAILHOUSE_DEFAULT_TIMEOUT_US 10000000ULL

struct jailhouse_image_header {
	/* set when the image is built */
	char signature[8] JAILHOUSE_NONSTRING;
	__u32 abi;
	__u8 architecture; /* JAILHOUSE_ARM64, ... */
	__u8 padding[3];
	__u64 core_size;      /* bytes, multiple of the page size */
	__u64 entry_offset;   /* from the start of the image */
	__u64 console_offset; /* of the root-readable console page */
	__u32 cpu_shared_size;
	__u32 cpu_private_size; /* multiple of the page size */
	char version[JAILHOUSE_VERSION_LEN];

	/* filled by the driver */
	__u64 phys_base;
	__u64 region_size;   /* hypervisor_memory.size */
	__u64 config_size;   /* bytes of the system configuration */
	__u64 rendezvous_us; /* time-out, 0 = default */
	__u64 msg_reply_us;  /* default for cells that give none */
	__u32 max_cpus;	     /* highest CPU number of the root + 1 */
	__u32 online_cpus;   /* CPUs that are going to enter */
};

/* Offset of the private CPU areas from the start of the region. */
static inline __u64 jailhouse_image_private_offset(
	const struct jailhouse_image_header *header)
{
	__u64 shared = (__u64)header->max_cpus * header->cpu_shared_size;

	return header->core_size + ((shared + JAILHOUSE_PAGE_SIZE - 1) &
				    ~(JAILHOUSE_PAGE_SIZE - 1));
}

/* Offset of the system configuration from the start of the region. */
static inline __u64 jailhouse_image_config_offset(
	const struct jailhouse_image_header *header)
{
	return jailhouse_image_private_offset(header) +
	       (__u64)header->max_cpus * header->cpu_private_size;
}

/*
 * The hypervisor's console page, mapped read-only into the root if the system
 * configuration permits it. Byte n ever written lies at n % size. A reader
 * reads head, copies, and reads head again: the byte at head - size by then is
 * just being overwritten, and what is older was. size is 0 until the first
 * byte is written.
 */
struct jailhouse_console_page {
	__u64 head; /* bytes ever written */
	__u32 size; /* of content */
	__u32 padding;
	__u8 content[];
};

#endif
