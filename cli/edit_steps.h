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

struct edit_step {
	const char *name;
	int num_arguments;
	/* 0; -errno after a message or finding */
	int (*run)(struct edit *edit, char **arguments);
};

/* NULL: there is none of this name. */
const struct edit_step *edit_find_step(const char *name);

#define EDIT_STEPS_HELP                                                        \
	"add-cell CELL, remove-cell CELL; "                                    \
	"give-cpu CELL CPU; "                                                  \
	"give-device CELL DEVICE (a name of the board, or a PCI function "     \
	"0000:00:02.0); "                                                      \
	"add-memory CELL SIZE[@ADDRESS[:GUEST-ADDRESS]], "                     \
	"remove-memory CELL NAME (or physical address); "                      \
	"add-irq CELL NUMBER, remove-irq CELL NUMBER; "                        \
	"add-link CELL PEER[:net|:SIZE], remove-link NAME; "                   \
	"set CELL KEY VALUE, where KEY is name, flags (+FLAG or no-FLAG), "    \
	"reset_address, vpci_irq_base or msg_reply_timeout."

#endif
