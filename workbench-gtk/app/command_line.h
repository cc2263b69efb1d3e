/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What works without a display: "--export DIR PROJECT", "--version". */
#ifndef JHW_COMMAND_LINE_H
#define JHW_COMMAND_LINE_H

#include <gio/gio.h>

/* Does what needs no display, if the arguments ask for such: TRUE with the
 * status to exit with. */
gboolean jhw_command_line_run(int argc, char **argv, int *status);
/* Names these options in the program's help. */
void jhw_command_line_add(GApplication *application);

#endif
