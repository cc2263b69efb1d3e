/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Plans: what giving something to a cell takes. A plan is a list of operations
 * in their order, each with its reason, and of notes on what stays as it is;
 * making one changes nothing. It is applied as one undoable step, or shown to
 * somebody who is about to drop a device on a cell.
 */
#ifndef JHCFG_PLAN_H
#define JHCFG_PLAN_H

#include <jhcfg/diag.h>
#include <jhcfg/pool.h>
#include <jhcfg/workspace.h>

enum jhcfg_plan_kind {
	JHCFG_PLAN_NOTE,    /* changes nothing: what somebody should know */
	JHCFG_PLAN_WARNING, /* the same, of what may not work */
	JHCFG_PLAN_ADD_CELL,
	JHCFG_PLAN_ADD_CPU,
	JHCFG_PLAN_REMOVE_CPU,
	JHCFG_PLAN_ADD_MEMORY,
	JHCFG_PLAN_REMOVE_MEMORY,
	JHCFG_PLAN_ADD_IRQ,
	JHCFG_PLAN_REMOVE_IRQ,
	JHCFG_PLAN_ADD_STREAM_ID,
	JHCFG_PLAN_REMOVE_STREAM_ID,
	JHCFG_PLAN_ADD_PORTS, /* x86 */
	JHCFG_PLAN_REMOVE_PORTS,
	JHCFG_PLAN_ADD_PCI,
	JHCFG_PLAN_REMOVE_PCI,
	JHCFG_PLAN_SET_CONSOLE,
	JHCFG_PLAN_SET_FLAGS,
	JHCFG_PLAN_SET_RESET_ADDRESS,
	JHCFG_PLAN_SET_VPCI_BASE,
	JHCFG_PLAN_SET_HYPERVISOR_MEMORY,
	JHCFG_PLAN_SET_LINK,
	JHCFG_PLAN_REMOVE_LINK,
};

/* One operation. Pointers belong to the plan. */
struct jhcfg_plan_op {
	enum jhcfg_plan_kind kind;
	/* Key of the cell that it is about. A cell that the plan adds has the
	 * key that it will get if nothing else is added before. */
	uint32_t cell;
	union {
		unsigned int cpu;
		struct jhcfg_memory memory;
		uint32_t irq; /* INTID, global system interrupt */
		struct jhcfg_stream_id stream_id;
		struct jhcfg_pio ports;
		/* with the capabilities of the root's entry */
		struct jhcfg_pci_device pci;
		struct jhcfg_console console;
		uint32_t flags;
		uint64_t address;
		uint32_t vpci_base;
		struct jhcfg_link link;
	};
	const char *what;   /* "SPI 33 (INTID 65)" */
	const char *reason; /* "interrupt of uart1" */
};

struct jhcfg_plan;

JHCFG_API void jhcfg_plan_free(struct jhcfg_plan *plan);
/* The name of the step: "Give uart1 to rtos". */
JHCFG_API const char *jhcfg_plan_name(const struct jhcfg_plan *plan);
/* Operation @index in their order, NULL behind the last one. */
JHCFG_API const struct jhcfg_plan_op *jhcfg_plan_op(
	const struct jhcfg_plan *plan, size_t index);
/* "add memory", "note": what the kind does. */
JHCFG_API const char *jhcfg_plan_kind_name(enum jhcfg_plan_kind kind);

/*
 * Does all of it as one step of the workspace that the plan was made for, and
 * that must have the contents it had then. On failure nothing is changed:
 * -ENOMEM; -ESTALE: the contents are others.
 */
JHCFG_API int jhcfg_plan_apply(struct jhcfg_workspace *workspace,
			       const struct jhcfg_plan *plan);

/*
 * Makers. Each judges the cells of @scenario (NULL: all) as running together;
 * @cell is a key. On success *@plan is new and to be freed; if there is nothing
 * to do it has notes only. Errors, with their reason in @diags:
 * -EBUSY: somebody else has it; -ENOENT: no such cell, device or CPU; -ENOSPC:
 * no room; -EPERM: it cannot be given away; -ENOMEM.
 */

/* Takes the CPU from whoever has it; JHCFG_ROOT_KEY gives it back. */
JHCFG_API int jhcfg_plan_move_cpu(const struct jhcfg_workspace *workspace,
				  uint32_t cell, unsigned int cpu,
				  struct jhcfg_diags *diags,
				  struct jhcfg_plan **plan);

/*
 * Gives a device of the board, by index, with all that belongs to it: register
 * windows (whole pages where it is alone in them), ports, interrupts, stream
 * ids. The
 * clocks, resets and pins that it depends on are named, and so is who else is
 * in its pages. Another cell that has it loses it. JHCFG_ROOT_KEY takes it
 * back. -EPERM for what the hypervisor keeps: interrupt controllers, IOMMUs.
 */
JHCFG_API int jhcfg_plan_assign_device(const struct jhcfg_workspace *workspace,
				       uint32_t cell, size_t device,
				       struct jhcfg_diags *diags,
				       struct jhcfg_plan **plan);

/* The same for a PCI function that the root's configuration has, with
 * capabilities and BARs. */
JHCFG_API int jhcfg_plan_assign_pci(const struct jhcfg_workspace *workspace,
				    uint32_t cell, uint16_t domain,
				    uint16_t bdf, struct jhcfg_diags *diags,
				    struct jhcfg_plan **plan);

/* What memory is for. */
enum jhcfg_plan_memory_use {
	JHCFG_PLAN_RAM,	   /* program and data, loadable */
	JHCFG_PLAN_SHARED, /* with the root */
};

struct jhcfg_plan_memory {
	enum jhcfg_plan_memory_use use;
	uint64_t size;	  /* bytes, made a multiple of the page size */
	const char *name; /* note of the region; NULL: by its use */
	bool fixed_phys;  /* at phys, nowhere else */
	uint64_t phys;
	bool identity; /* guest-physical as physical; else at virt */
	uint64_t virt;
};

/* Chooses RAM that Linux does not use, or that can be reserved. */
JHCFG_API int jhcfg_plan_add_memory(const struct jhcfg_workspace *workspace,
				    uint32_t cell, const char *scenario,
				    const struct jhcfg_plan_memory *memory,
				    struct jhcfg_diags *diags,
				    struct jhcfg_plan **plan);

/* One link of a request. */
struct jhcfg_plan_link {
	const char *name;     /* NULL: "link0", ... */
	const char *peer;     /* name of the cell at the other end */
	uint16_t protocol;    /* JAILHOUSE_SHMEM_PROTO_... */
	uint64_t rw_size;     /* common section; may be 0 */
	uint64_t output_size; /* of each peer; may be 0 if rw_size is not */
};

/* A network link: what both ends of ivshmem-net expect. */
#define JHCFG_PLAN_NET_OUTPUT 0x7f000ULL

/* Links the cell to another: chooses memory, a slot, and interrupts for ends
 * that have none yet. */
JHCFG_API int jhcfg_plan_add_link(const struct jhcfg_workspace *workspace,
				  uint32_t cell, const char *scenario,
				  const struct jhcfg_plan_link *link,
				  struct jhcfg_diags *diags,
				  struct jhcfg_plan **plan);

/* A cell that somebody wants. */
struct jhcfg_plan_request {
	const char *name;
	const char *scenario;	  /* NULL: together with all cells */
	const unsigned int *cpus; /* these; NULL: any num_cpus */
	size_t num_cpus;
	uint64_t memory_size;
	const char *const *devices; /* names, or PCI functions "0000:01:00.0" */
	size_t num_devices;
	const struct jhcfg_plan_link *links;
	size_t num_links;
	bool linux_guest; /* RAM where it is, and a loader in front of it */
	uint64_t image_address; /* guest-physical, where the image is loaded */
	uint64_t reset_address; /* of the image; mostly the same */
	/* NULL: as the library's own */
	const struct jhcfg_firmware *firmware;
};

/*
 * Plans the cell: chooses CPUs (whole clusters first), memory, addresses,
 * interrupts, PCI slots; enlarges hypervisor memory if its pool would not do.
 * What the kernel's command line or device tree has to say is in the notes.
 * If it cannot be done, @diags names the fewest wishes that cannot hold
 * together, and why.
 */
JHCFG_API int jhcfg_plan_cell(const struct jhcfg_workspace *workspace,
			      const struct jhcfg_plan_request *request,
			      struct jhcfg_diags *diags,
			      struct jhcfg_plan **plan);

/*
 * What keeps Linux from the memory of hypervisor, cells and links, as a new
 * string that the caller frees: parameters of the kernel ("mem=768M"), or a
 * node for /reserved-memory where those cannot say it. Empty if Linux has no
 * such memory at all. NULL without memory.
 */
JHCFG_API char *jhcfg_plan_reservation(const struct jhcfg_workspace *workspace,
				       const char *scenario);

#endif
