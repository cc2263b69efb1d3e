/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMPORT_LINUX_IMPORT_H
#define IMPORT_LINUX_IMPORT_H

#include <jhcfg/board.h>

#include "import/linux/machine.h"

/* The machine, which stays the caller's, as a board; see
 * jhcfg_import_machine(). */
int linux_import_machine(struct machine *machine, struct jhcfg_diags *diags,
			 struct jhcfg_board **board);

#endif
