/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_STYLE_H
#define JHW_STYLE_H

/* Looks of the program, light or dark as the desktop says, also when that
 * changes. Needs a display. */
void jhw_style_load(void);

#endif
