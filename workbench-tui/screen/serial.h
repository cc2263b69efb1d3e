/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TUI_SERIAL_H
#define TUI_SERIAL_H

/* Bytes that it carries a second if this is a serial line of this machine, as
 * opposed to a pseudo terminal or a keyboard and a screen; else 0. */
unsigned int tui_serial_bytes_s(int fd);

#endif
