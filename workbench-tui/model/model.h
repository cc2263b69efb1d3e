/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of a target at one moment, and what happened to it before:
 * plain values for whoever shows them. No I/O, no clock and no terminal in
 * here; session.h brings new values in.
 *
 * What is not known is TUI_NO_VALUE, TUI_NOBODY, an empty text or an empty
 * array: it is shown as "-", and nothing is ever made up for it. All texts
 * are UTF-8 without control characters, whatever the target said; their width
 * is for the screen to find out. Arrays and pointers are the model's and hold
 * until the next dispatch of its session.
 */
#ifndef TUI_MODEL_H
#define TUI_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/model.h>
#include <jhcfg/status.h>

#define TUI_NO_VALUE	JHCFG_NO_VALUE
#define TUI_MAX_REASONS 32
#define TUI_HISTORY	128 /* refreshes that a sparkline can look back */
#define TUI_NAME	64  /* bytes of a cell's name, with the NUL */
#define TUI_TEXT	192 /* bytes of a line of text, with the NUL */
#define TUI_MAX_VECTORS 16  /* of an ivshmem device that are told apart */
#define TUI_MAX_END	16  /* peers of a link that are shown */
#define TUI_CPU_TEXT	64  /* "0-3,8", cut at its end if it is longer */

/* --- owners ---------------------------------------------------------------
 *
 * Who has a CPU, memory or an interrupt: a cell's index in model->cells, or
 * one of these.
 */
enum {
	TUI_NOBODY = -1, /* free, or not known */
	TUI_HYPERVISOR = -2,
	TUI_SHARED = -3, /* by several cells: a link */
};

/* --- counters ------------------------------------------------------------- */

/* Rates are in thousandths a second, so that a slow one is not none. */
struct tui_counter {
	uint64_t total;	     /* since the cell was created */
	uint64_t rate_milli; /* unknown at the first sight, and after a reset */
	uint64_t peak_milli; /* highest rate that was seen */
};

/* The last refreshes, the youngest one at age 0. For graphs: more than four
 * millions a second are as many. */
struct tui_history {
	uint32_t rate_milli[TUI_HISTORY]; /* UINT32_MAX: not known */
	unsigned int next, count;
};

/* TUI_NO_VALUE: not known, or further back than there is history. */
uint64_t tui_history_at(const struct tui_history *history, unsigned int age);

/* A reason of exits. Index 0 is always all of them ("total"). */
struct tui_reason {
	char counter[48]; /* "vmexits_mmio" */
	char name[40];	  /* "mmio": for options, budgets, JSON */
	char title[16];	  /* "MMIO/s": for headers */
};

/* --- cells ---------------------------------------------------------------- */

enum tui_over {
	TUI_BUDGET_NONE, /* there is no budget */
	TUI_BUDGET_KEPT,
	TUI_BUDGET_EXCEEDED,
};

struct tui_cell_cpu {
	unsigned int cpu;
	bool failed;
	struct tui_counter *counters; /* of model->reasons */
};

struct tui_cell {
	unsigned int id;
	/* Tells the lives of cells apart: an id may be used again, a serial is
	 * not. 1 and up. */
	uint32_t serial;
	char name[TUI_NAME];
	enum jhcfg_cell_state state;
	char state_name[TUI_NAME];
	char state_letter; /* R, L, S, F, M, or '?' */

	struct tui_cell_cpu *cpus; /* ascending */
	size_t num_cpus;
	char cpus_text[TUI_CPU_TEXT];	/* "0-1,3" */
	char failed_text[TUI_CPU_TEXT]; /* of failed CPUs */
	size_t num_failed;

	uint64_t ram; /* bytes, from its configuration */
	struct tui_counter counters[TUI_MAX_REASONS];
	struct tui_history history; /* of all exits */
	uint64_t since_ms;	    /* last change of its state, by clock_ms;
				       unknown if we did not see it */
	uint64_t budget_milli[TUI_MAX_REASONS]; /* TUI_NO_VALUE: no budget */
	enum tui_over over[TUI_MAX_REASONS];	/* at this refresh */
	enum tui_over over_any;

	/* what the driver was given, if the target lets us read it; else NULL
	 */
	const struct jhcfg_config *config;
};

/* --- the machine ---------------------------------------------------------- */

enum tui_attach {
	TUI_CONNECTING,
	TUI_LOST, /* see model->reason */
	TUI_NO_DRIVER,
	TUI_DISABLED,
	TUI_ENABLED,
};

struct tui_gauge {
	uint64_t used, size;
};

/* A stretch of the bar of memory: in the order of addresses. */
struct tui_segment {
	int owner;
	uint64_t bytes;
};

struct tui_cpu {
	unsigned int cpu;
	int owner; /* TUI_NOBODY: not online, or free */
	bool failed;
};

/* --- links and interrupts ------------------------------------------------- */

struct tui_link_end {
	char cell[TUI_NAME]; /* empty: no cell that we know of has it */
	int owner;	     /* of the cell if it exists, else TUI_NOBODY */
	bool up;	     /* as far as we can tell from this side */
};

enum tui_link_state {
	TUI_LINK_UNKNOWN,
	TUI_LINK_WAITING, /* for a peer */
	TUI_LINK_UP,
	TUI_LINK_DOWN, /* taken down on this side */
};

/* An ivshmem device of the root. */
struct tui_link {
	char name[TUI_NAME]; /* "net0", "uio1" or the device's address */
	char bdf[16];	     /* "0001:00:00.0" */
	char driver[32];     /* "ivshmem-net"; empty: none is bound */
	char kind[24];	     /* "net", "uio", "console", "0x4001" */
	struct tui_link_end ends[TUI_MAX_END]; /* by id; root is one */
	size_t num_ends;		       /* 0: not known */
	size_t peers_up; /* TUI_NO_VALUE as size_t: not known */
	enum tui_link_state state;
	/* interrupts that this side took: all, and by vector */
	struct tui_counter irqs;
	struct tui_counter vectors[TUI_MAX_VECTORS];
	size_t num_vectors;
	struct tui_counter rx_bytes, tx_bytes; /* net only */
	struct tui_history history;	       /* of irqs */
};

struct tui_irq {
	unsigned int number; /* hardware's: INTID or GSI */
	int owner;
	char name[TUI_NAME];	  /* device or action, as the root calls it */
	struct tui_counter count; /* known for the root's only */
};

/* --- what happened -------------------------------------------------------- */

enum tui_event_kind {
	TUI_EVENT_ATTACH, /* driver or hypervisor came or went */
	TUI_EVENT_CELL,	  /* created, destroyed, changed its state */
	TUI_EVENT_CPU,	  /* failed, or is back */
	TUI_EVENT_POOL,	  /* above 90 % */
	TUI_EVENT_BUDGET, /* exceeded, or kept again */
	TUI_EVENT_FAULT,  /* the console tells of one */
	TUI_EVENT_ACTION, /* something that was asked for here */
};

enum tui_severity {
	TUI_INFO,
	TUI_WARNING,
	TUI_ERROR,
};

struct tui_event {
	uint64_t serial; /* 1 and up, without gaps */
	int64_t time_ms; /* since 1970 */
	enum tui_event_kind kind;
	enum tui_severity severity;
	uint32_t cell_serial; /* 0: of no cell */
	char text[TUI_TEXT];
};

/* A line of the hypervisor's console. */
struct tui_line {
	uint64_t serial;	/* 1 and up, without gaps */
	int64_t time_ms;	/* when it was seen, since 1970 */
	bool fault;		/* it tells of one, */
	char meaning[TUI_TEXT]; /* which is this: device, owner, rule */
	char text[TUI_TEXT];
};

struct tui_playback {
	bool replay; /* else all below is 0 */
	bool paused;
	unsigned int speed_milli; /* 1000: as it was */
	uint64_t position_ms, length_ms;
};

struct tui_budget; /* see budget.h */

/* --- all of it ------------------------------------------------------------ */

struct tui_model {
	uint64_t refreshes; /* number of those that brought values */
	int64_t time_ms;    /* of the last one, since 1970 */
	uint64_t clock_ms;  /* the same, since the session or recording began */
	const char *target; /* as it was opened */

	enum tui_attach attach;
	char reason[TUI_TEXT];		       /* why it is lost; what to do */
	uint64_t attach_since_ms;	       /* clock_ms of the last change */
	char board[TUI_NAME];		       /* name of the root cell */
	char arch[16];			       /* "arm64" */
	char irqchip[16];		       /* "GICv3" */
	char version[TUI_NAME];		       /* of the hypervisor */
	struct tui_gauge mem_pool, remap_pool; /* pages */
	struct tui_gauge memory;	       /* of the root, bytes */
	uint64_t load_milli[3];		       /* 1, 5 and 15 minutes */
	struct tui_counter console_bytes;      /* of the hypervisor's console */

	const struct tui_segment *segments;
	size_t num_segments;
	const struct tui_cpu *cpus; /* ascending */
	size_t num_cpus;

	const struct tui_reason *reasons; /* those that this machine has */
	size_t num_reasons;
	const struct tui_cell *cells; /* by id: the root comes first */
	size_t num_cells;

	const struct tui_link *links;
	size_t num_links;
	const struct tui_irq *irqs; /* by number */
	size_t num_irqs;

	uint64_t num_events; /* that there ever were: serials 1 to this */
	uint64_t num_lines;
	uint64_t budgets_exceeded; /* times that a budget was, ever */
	struct tui_playback playback;
};

/* The event or line with this serial; NULL: it is not there any more, or not
 * yet. */
const struct tui_event *tui_model_event(const struct tui_model *model,
					uint64_t serial);
const struct tui_line *tui_model_line(const struct tui_model *model,
				      uint64_t serial);
/* Index of the cell in model->cells; -1: it is gone. */
int tui_model_find_cell(const struct tui_model *model, uint32_t serial);
/* Index in model->reasons; -1: this machine does not have it. */
int tui_model_find_reason(const struct tui_model *model, const char *name);

#endif
