/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The changes that "config edit" knows. */
#ifndef CLI_EDIT_STEPS_H
#define CLI_EDIT_STEPS_H

#include <jhcfg/workspace.h>

struct edit {
	struct jhcfg_workspace *workspace;
	struct jhcfg_diags *diags;
	const char *file;
};

typedef int edit_run(struct edit *edit, char **arguments);

/* clang-format off */
/*
 * The changes: name, number of words behind it, those words, what else there
 * is to say, and the function: 0, or -errno after a message or finding. Help,
 * the manual and completion are made of it, too.
 */
#define EDIT_STEPS(ROW) \
	ROW("add-cell", 1, "CELL", "", edit_add_cell) \
	ROW("remove-cell", 1, "CELL", "", edit_remove_cell) \
	ROW("give-cpu", 2, "CELL CPU", "", edit_give_cpu) \
	ROW("give-device", 2, "CELL DEVICE", \
	    " (a name of the board, or a PCI function 0000:00:02.0)", \
	    edit_give_device) \
	ROW("add-memory", 2, "CELL SIZE[@ADDRESS[:GUEST-ADDRESS]]", "", \
	    edit_add_memory) \
	ROW("remove-memory", 2, "CELL NAME", " (or physical address)", \
	    edit_remove_memory) \
	ROW("add-irq", 2, "CELL NUMBER", "", edit_add_irq) \
	ROW("remove-irq", 2, "CELL NUMBER", "", edit_remove_irq) \
	ROW("add-link", 2, "CELL PEER[:net|:SIZE]", "", edit_add_link) \
	ROW("remove-link", 1, "NAME", "", edit_remove_link) \
	ROW("add-to-scenario", 2, "NAME CELL", \
	    " (the first one makes the scenario)", edit_add_to_scenario) \
	ROW("remove-from-scenario", 2, "NAME CELL", \
	    " (with the last one it goes)", edit_remove_from_scenario) \
	ROW("remove-scenario", 1, "NAME", "", edit_remove_scenario) \
	ROW("waive", 3, "RULE OBJECT REASON", \
	    " (a finding as \"config check\" names it; OBJECT all: everywhere)", \
	    edit_waive) \
	ROW("unwaive", 2, "RULE OBJECT", "", edit_unwaive) \
	ROW("set", 3, "CELL KEY VALUE", \
	    ", where KEY is name, flags (+FLAG or no-FLAG), reset_address, " \
	    "vpci_irq_base or msg_reply_timeout", edit_set)
/* clang-format on */

struct edit_step {
	const char *name;
	int num_arguments;
	edit_run *run;
};

/* NULL: there is none of this name, or not so many. */
const struct edit_step *edit_find_step(const char *name);
const struct edit_step *edit_step_at(size_t index);

/* "add-cell CELL; ..." */
#define EDIT_STEP_HELP(name, count, words, more, run) name " " words more "; "
#define EDIT_STEPS_HELP				      EDIT_STEPS(EDIT_STEP_HELP)

#define EDIT_STEP_DECLARE(name, count, words, more, run) edit_run run;
EDIT_STEPS(EDIT_STEP_DECLARE)

/* --- what they share ------------------------------------------------------ */

/* Key of the cell with this name; 0 after a message. */
uint32_t edit_find_cell(const struct edit *edit, const char *name);
/* Ends the step that was begun, or cancels it if there is an error. */
int edit_end(struct edit *edit, int err);

#endif
