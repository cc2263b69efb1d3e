/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit that fails on demand, after all else of a new cell succeeded. */
#ifndef FAILING_UNIT_H
#define FAILING_UNIT_H

#include "machine.h"

extern int unit_error;		/* of the next cell; 0: none */
extern unsigned int unit_cells; /* which it has not seen go, without the root */

/* machine_setup() with a unit that does not fail. */
int failing_unit_setup(void **state);

#endif
