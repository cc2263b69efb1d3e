/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a user names on a command line to look at it: a project, one
 * configuration in any form, hardware, or what runs on a target.
 */
#ifndef CLI_SUBJECT_H
#define CLI_SUBJECT_H

#include <jhcfg/source.h>
#include <jhcfg/workspace.h>

#include "command.h"

struct subject {
	const char *words; /* "a project" */
	/* the system first, if there is one; they belong to the subject */
	const struct jhcfg_config **configs;
	size_t num_configs;
	const struct jhcfg_board *board; /* NULL: nothing is known of it */

	struct jhcfg_workspace *workspace; /* of a project, else NULL */
	struct jhcfg_source source;
	struct jhcfg_config **owned; /* of a target */
	size_t num_owned;
};

/*
 * Opens it, with messages if it cannot. @name is a path, "running" for what
 * runs on this machine, or a target such as "ssh://board".
 * @source may be NULL. 0 or -errno; subject_close() in any case.
 */
int subject_open(const char *name, const struct jhcfg_source_options *source,
		 struct subject *subject);
void subject_close(struct subject *subject);

/* For the help of commands that take one. */
#define SUBJECT_HELP                                                           \
	"a project (its system.json), a configuration (.cell, C source, "      \
	"project form), hardware (a device tree, a recorded or running "       \
	"Linux), \"running\" for what the driver runs on this machine, or "    \
	"a target such as ssh://board for what it runs there"

#endif
