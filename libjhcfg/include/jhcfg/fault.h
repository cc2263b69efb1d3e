/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Faults: what the console of a hypervisor says when a cell did what it may
 * not do. Lines go in as they come, a fault comes out when its dump is
 * complete; what it means is told by the configurations that run.
 *
 * A console is a text that cells write as well: nothing in it is trusted.
 */
#ifndef JHCFG_FAULT_H
#define JHCFG_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/api.h>
#include <jhcfg/board.h>
#include <jhcfg/model.h>
#include <jhcfg/symbols.h>

/* --- lines of a console --------------------------------------------------- */

enum jhcfg_line {
	JHCFG_LINE_TEXT,    /* of a cell, or nothing that we know */
	JHCFG_LINE_EVENT,   /* "Started cell ...", "Activating hypervisor" */
	JHCFG_LINE_FAULT,   /* begins a fault, or says what it was */
	JHCFG_LINE_WHOLE,   /* a fault in one line, beside any dump */
	JHCFG_LINE_DUMP,    /* registers and stack */
	JHCFG_LINE_STOPPED, /* "Parking CPU ...": the dump is complete */
};

enum jhcfg_access {
	JHCFG_ACCESS_NONE,
	JHCFG_ACCESS_READ,
	JHCFG_ACCESS_WRITE,
	JHCFG_ACCESS_EXECUTE,
};

enum jhcfg_fault_kind {
	JHCFG_FAULT_MEMORY,	/* no region, or one that does not permit it */
	JHCFG_FAULT_REGISTERS,	/* a region of less than a page */
	JHCFG_FAULT_PCI,	/* of a function's configuration */
	JHCFG_FAULT_PORT,	/* x86 */
	JHCFG_FAULT_MSR,	/* x86 */
	JHCFG_FAULT_SYSREG,	/* a system register */
	JHCFG_FAULT_SMC,	/* a call of firmware */
	JHCFG_FAULT_HVC,	/* a call of some other hypervisor */
	JHCFG_FAULT_DMA,	/* of a device, stopped by its IOMMU */
	JHCFG_FAULT_TRAP,	/* anything else that a guest did */
	JHCFG_FAULT_HYPERVISOR, /* its own */
};

/* What a fault has beside its kind. */
enum jhcfg_fault_part {
	JHCFG_FAULT_ADDRESS = 1 << 0,  /* address */
	JHCFG_FAULT_SIZE = 1 << 1,     /* size */
	JHCFG_FAULT_CPU = 1 << 2,      /* cpu */
	JHCFG_FAULT_PC = 1 << 3,       /* pc, spsr; lr and el of arm64 */
	JHCFG_FAULT_SYNDROME = 1 << 4, /* esr; sp and elr of arm64 */
	JHCFG_FAULT_CLASS = 1 << 5,    /* exception_class */
	JHCFG_FAULT_FUNCTION = 1 << 6, /* bdf */
};

struct jhcfg_fault {
	enum jhcfg_fault_kind kind;
	enum jhcfg_access access;
	unsigned int has; /* JHCFG_FAULT_... */
	/* guest-physical (DMA: as the device sees it), a port, an MSR or a
	 * PCI register; SMC: the function; HVC: the immediate */
	uint64_t address;
	uint64_t size; /* bytes */
	uint16_t bdf;
	uint32_t stream;   /* DMA: of the device */
	unsigned int unit; /* DMA: index of the IOMMU */
	uint64_t times;	   /* DMA: that it did so in a row */
	unsigned int cpu;
	const char *cell; /* empty: not said */
	uint64_t pc, lr, sp, elr, spsr, esr;
	unsigned int el;
	unsigned int exception_class;
	uint64_t x[31];
	uint32_t x_known; /* bit n: x[n] */
	/* what the hypervisor found there, or the IOMMU's reason; or empty */
	const char *cause;
	const char *lines; /* as they came, each with its newline */
};

struct jhcfg_fault_reader;

/* NULL without memory. */
JHCFG_API struct jhcfg_fault_reader *jhcfg_fault_reader_new(void);
JHCFG_API void jhcfg_fault_reader_free(struct jhcfg_fault_reader *reader);
/*
 * Looks at the next line of the console, without its newline; a CR at its end
 * and a time stamp "[...] " at its start are passed over. Ends what
 * jhcfg_fault_reader_take() gave before.
 */
JHCFG_API enum jhcfg_line jhcfg_fault_reader_line(
	struct jhcfg_fault_reader *reader, const char *line, size_t length);
/* The fault that the last line completed, once; NULL: none. It belongs to the
 * reader. */
JHCFG_API const struct jhcfg_fault *jhcfg_fault_reader_take(
	struct jhcfg_fault_reader *reader);
/* At the end of a text: the fault whose dump is not complete; or NULL. */
JHCFG_API const struct jhcfg_fault *jhcfg_fault_reader_end(
	struct jhcfg_fault_reader *reader);

/* --- what it means -------------------------------------------------------- */

struct jhcfg_fault_context {
	/* that run, or ran: the system's and those of cells, in any order */
	const struct jhcfg_config *const *configs;
	size_t num_configs;
	const struct jhcfg_board *board; /* NULL: not known */
	/* of the program that runs in the cell; NULL: not known */
	const struct jhcfg_symbols *symbols;
};

/* Strings are empty where there is nothing to say. */
struct jhcfg_fault_meaning {
	const char *what; /* "cell "rtos", CPU 1: write of 4 bytes at ..." */
	const char *why;  /* "it has no region there" */
	const char *syndrome; /* "data abort: translation fault, level 2" */
	const char *function; /* "uart_write+0x14", of the PC */
	const char *device;   /* of the board: "pl011@9000000" */
	const char *owner;    /* cell that has the address; "root", "rtos" */
	size_t region;	      /* of the owner, or JHCFG_NO_INDEX */
	const char *rule;     /* that finds it beforehand: "M07" */
	const char *advice;   /* what to do */
};

/* -ENOMEM. For jhcfg_fault_meaning_free(). */
JHCFG_API int jhcfg_fault_explain(const struct jhcfg_fault *fault,
				  const struct jhcfg_fault_context *context,
				  struct jhcfg_fault_meaning **meaning);
JHCFG_API void jhcfg_fault_meaning_free(struct jhcfg_fault_meaning *meaning);
/* The same as lines for people, freed by free(); NULL without memory. */
JHCFG_API char *jhcfg_fault_meaning_text(
	const struct jhcfg_fault_meaning *meaning);

#endif
