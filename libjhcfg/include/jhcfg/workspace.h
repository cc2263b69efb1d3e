/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A workspace: a project that somebody works on. The system with its cells,
 * the board, links, scenarios and waivers; every change is an undoable step.
 *
 * The contents form an immutable state. An edit makes a new state that shares
 * what it did not change, so undo and redo only move between states and cost
 * nothing but the objects that differ: they are not limited in number.
 *
 * Objects are named by keys that stay the same from state to state and are
 * never used again: 1 is the root cell; cells and links get theirs when they
 * are added.
 */
#ifndef JHCFG_WORKSPACE_H
#define JHCFG_WORKSPACE_H

#include <jhcfg/board.h>
#include <jhcfg/diag.h>
#include <jhcfg/edit.h>

#define JHCFG_ROOT_KEY	1U
#define JHCFG_MAX_PEERS 12U

/* One shared-memory link, described once. Everything that the ends'
 * configurations say about it (regions, indices, ids, bdf, interrupts) is
 * derived when they are asked for. */
struct jhcfg_link {
	uint32_t key;
	const char *name;  /* "net0" */
	uint16_t bdf;	   /* of the device in every cell */
	uint16_t protocol; /* JAILHOUSE_SHMEM_PROTO_..., of peer 0 */
	uint64_t base;	   /* physical, page-aligned */
	uint64_t state_size, rw_size, output_size;
	unsigned int num_peers;		 /* slots, some may be free */
	uint32_t peers[JHCFG_MAX_PEERS]; /* keys of cells by id, 0: free */
	uint16_t num_msix_vectors;	 /* 0: INTx */
};

/* Cells that are meant to run together. */
struct jhcfg_scenario {
	const char *name;
	const uint32_t *cells; /* keys, ascending, without the root */
	size_t num_cells;
};

/* A finding that somebody accepts. */
struct jhcfg_waiver {
	const char *rule;   /* "M08" */
	const char *object; /* as findings name it, empty: everywhere */
	const char *reason;
};

struct jhcfg_workspace;

/* An empty system for this board (may be NULL: none known). */
JHCFG_API struct jhcfg_workspace *jhcfg_workspace_new(
	uint8_t architecture, struct jhcfg_board *board);
JHCFG_API void jhcfg_workspace_free(struct jhcfg_workspace *workspace);
/* Another workspace with the same contents and no history, to try things in.
 * It costs little, since both share what neither changes. NULL without memory.
 * Not inside a step. */
JHCFG_API struct jhcfg_workspace *jhcfg_workspace_fork(
	const struct jhcfg_workspace *workspace);

/*
 * Reads a project: system.json and what it names, relative to its directory.
 * Links are recognized in the ends' devices. -EINVAL and others: see @diags.
 */
JHCFG_API int jhcfg_workspace_load(const char *path, struct jhcfg_diags *diags,
				   struct jhcfg_workspace **workspace);
/*
 * The same also of files that a newer version wrote: what is understood of them
 * is there, what is not is told as warnings, and the workspace can only be
 * looked at: jhcfg_workspace_save() refuses it.
 */
JHCFG_API int jhcfg_workspace_look(const char *path, struct jhcfg_diags *diags,
				   struct jhcfg_workspace **workspace);
/* Why it cannot be saved, for people; NULL: it can. Lives as long as it. */
JHCFG_API const char *jhcfg_workspace_read_only(
	const struct jhcfg_workspace *workspace);
/* Makes one of configurations that came from elsewhere (.cell, C). Takes over
 * none of them. */
JHCFG_API int jhcfg_workspace_from_configs(
	const struct jhcfg_config *system,
	const struct jhcfg_config *const *cells, size_t num_cells,
	struct jhcfg_board *board, struct jhcfg_diags *diags,
	struct jhcfg_workspace **workspace);
/*
 * Writes all files that differ, each atomically; @path NULL: where it came
 * from. Nothing is left half done. Elsewhere it becomes a project of its own,
 * beside the original, too, which keeps its files. What it names goes over no
 * file that is not of the project, or of the one at @path that it replaces: a
 * cell or board whose name is somebody's gets another one, with a finding.
 * -EROFS: jhcfg_workspace_read_only() says why; or what writing said.
 */
JHCFG_API int jhcfg_workspace_save(struct jhcfg_workspace *workspace,
				   const char *path, struct jhcfg_diags *diags);

/*
 * The same in three parts, for a program that must not wait for a file system.
 * Begin takes down what is to be written, and end, after a write that returned
 * 0, makes that what is saved; both where the workspace is used, which may
 * change in between. Write touches nothing else and may run in any thread. A
 * save is freed where the workspace is used.
 */
struct jhcfg_saving;

JHCFG_API int jhcfg_workspace_save_begin(struct jhcfg_workspace *workspace,
					 const char *path,
					 struct jhcfg_diags *diags,
					 struct jhcfg_saving **saving);
JHCFG_API int jhcfg_saving_write(struct jhcfg_saving *saving,
				 struct jhcfg_diags *diags);
JHCFG_API void jhcfg_workspace_save_end(struct jhcfg_workspace *workspace,
					struct jhcfg_saving *saving);
JHCFG_API void jhcfg_saving_free(struct jhcfg_saving *saving);
/* Its contents differ from those that were loaded or saved. */
JHCFG_API bool jhcfg_workspace_is_modified(
	const struct jhcfg_workspace *workspace);

/* --- reading the current state -------------------------------------------- */

/* All pointers live until the next change, undo or redo. */
JHCFG_API const struct jhcfg_board *jhcfg_workspace_board(
	const struct jhcfg_workspace *workspace);
/* Number of cells with the root, which is the first. */
JHCFG_API size_t
jhcfg_workspace_num_cells(const struct jhcfg_workspace *workspace);
JHCFG_API uint32_t
jhcfg_workspace_cell_key(const struct jhcfg_workspace *workspace, size_t index);
/* The configuration of a cell (for the root the system), with what its links
 * add; NULL: no such key, or no memory. */
JHCFG_API const struct jhcfg_config *jhcfg_workspace_cell(
	const struct jhcfg_workspace *workspace, uint32_t key);
/* The file it is kept in, relative to the project; empty: none yet. Lives
 * until the next save, too. */
JHCFG_API const char *jhcfg_workspace_cell_file(
	const struct jhcfg_workspace *workspace, uint32_t key);

JHCFG_API size_t
jhcfg_workspace_num_links(const struct jhcfg_workspace *workspace);
JHCFG_API const struct jhcfg_link *jhcfg_workspace_link(
	const struct jhcfg_workspace *workspace, size_t index);
JHCFG_API size_t
jhcfg_workspace_num_scenarios(const struct jhcfg_workspace *workspace);
JHCFG_API const struct jhcfg_scenario *jhcfg_workspace_scenario(
	const struct jhcfg_workspace *workspace, size_t index);
JHCFG_API size_t
jhcfg_workspace_num_waivers(const struct jhcfg_workspace *workspace);
JHCFG_API const struct jhcfg_waiver *jhcfg_workspace_waiver(
	const struct jhcfg_workspace *workspace, size_t index);

/* Changes with each state: whoever shows the contents compares it. */
JHCFG_API uint64_t
jhcfg_workspace_serial(const struct jhcfg_workspace *workspace);

/* --- changing --------------------------------------------------------------
 */

/*
 * Changes come in steps: begin, any number of the calls below, end. A step has
 * a name for the Undo menu ("Move UART1 to rtos"). Steps nest: an inner one
 * becomes part of the outer. Cancel takes everything since begin back. A step
 * that changed nothing, or ends with contents equal to those it began with,
 * leaves no trace.
 */
JHCFG_API int jhcfg_workspace_begin(struct jhcfg_workspace *workspace,
				    const char *name);
JHCFG_API void jhcfg_workspace_end(struct jhcfg_workspace *workspace);
JHCFG_API void jhcfg_workspace_cancel(struct jhcfg_workspace *workspace);

/* The configuration of the cell, without its links, to be edited until the
 * next call for this workspace. NULL without memory, outside of a step, or if
 * there is no such cell. */
JHCFG_API struct jhcfg_config *jhcfg_workspace_edit_cell(
	struct jhcfg_workspace *workspace, uint32_t key);

/*
 * Interrupts of the cell by the numbers that boards have for them: INTIDs, or
 * global ones on x86, where I/O APICs count pins from 0 each. What is added at
 * an I/O APIC names it as the root does. Inside of a step. -ENOMEM: also if
 * there is no such cell; -EINVAL: no such line.
 */
JHCFG_API bool jhcfg_workspace_has_irq(const struct jhcfg_workspace *workspace,
				       uint32_t key, uint32_t number);
JHCFG_API int jhcfg_workspace_add_irq(struct jhcfg_workspace *workspace,
				      uint32_t key, uint32_t number);
JHCFG_API int jhcfg_workspace_remove_irq(struct jhcfg_workspace *workspace,
					 uint32_t key, uint32_t number);
/* Adds a copy. 0 with *@key set; -EEXIST: the name is taken. */
JHCFG_API int jhcfg_workspace_add_cell(struct jhcfg_workspace *workspace,
				       const struct jhcfg_config *config,
				       uint32_t *key);
/* With its ends of links and its place in scenarios. */
JHCFG_API int jhcfg_workspace_remove_cell(struct jhcfg_workspace *workspace,
					  uint32_t key);
/* key 0 adds a link (*@key set), others replace it. */
JHCFG_API int jhcfg_workspace_set_link(struct jhcfg_workspace *workspace,
				       const struct jhcfg_link *link,
				       uint32_t *key);
JHCFG_API int jhcfg_workspace_remove_link(struct jhcfg_workspace *workspace,
					  uint32_t key);
/* By name; num_cells 0 removes it. */
JHCFG_API int jhcfg_workspace_set_scenario(
	struct jhcfg_workspace *workspace,
	const struct jhcfg_scenario *scenario);
/* By rule and object; reason NULL removes it. */
JHCFG_API int jhcfg_workspace_set_waiver(struct jhcfg_workspace *workspace,
					 const struct jhcfg_waiver *waiver);
JHCFG_API int jhcfg_workspace_set_board(struct jhcfg_workspace *workspace,
					struct jhcfg_board *board);

/* Names of the steps that undo and redo would take; NULL: none. */
JHCFG_API const char *jhcfg_workspace_undo_name(
	const struct jhcfg_workspace *workspace);
JHCFG_API const char *jhcfg_workspace_redo_name(
	const struct jhcfg_workspace *workspace);
/* -ENOENT: nothing to undo or redo; -EBUSY: inside a step. */
JHCFG_API int jhcfg_workspace_undo(struct jhcfg_workspace *workspace);
JHCFG_API int jhcfg_workspace_redo(struct jhcfg_workspace *workspace);

#endif
