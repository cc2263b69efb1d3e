/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Consoles: the hypervisor's, and those of cells. */
#ifndef JHCFG_CHECK_CONSOLES_H
#define JHCFG_CHECK_CONSOLES_H

#include "check/rule.h"

/* Registers of an 8250 in ports. */
#define CONSOLE_PORTS 8U

bool console_is_mmio(const struct jhcfg_console *console);
/* It is a UART or framebuffer behind ports or registers. */
bool console_is_device(const struct jhcfg_console *console);
/* "PL011" */
const char *console_type_name(uint16_t type);

/* Bytes of registers, or ports; at least one. */
uint64_t console_size(const struct jhcfg_console *console);

/* The board's UART with registers at this physical address; NULL: none. */
const struct jhcfg_hw_device *uart_at(const struct check *check, uint64_t phys);
/* Where the registers of a cell's console are, in physical addresses; those
 * of the guest if it has no region there. */
uint64_t console_phys(const struct check_cell *cell,
		      const struct jhcfg_console *console);
/* Its interrupt: from the board, or what PCs have; false: not known. */
bool console_irq(const struct check *check, const struct check_cell *cell,
		 uint32_t *number);

/* One of the two sets of consoles: each cell's, and, with the root, that of the
 * hypervisor in place of the root's own. */
const struct jhcfg_console *console_of(const struct check *check,
				       const struct check_cell *cell);
/* The place of that. */
struct found console_found(const struct check_cell *cell);
/* Puts another one in its place. */
int fix_set_console(const struct fix *fix, const struct jhcfg_console *console);

/* S04, S08 */
void check_console_type(struct check *check, const struct check_cell *cell);
int fix_console_type(struct fix *fix);
void check_framebuffer_mode(struct check *check, const struct check_cell *cell);
int fix_framebuffer_mode(struct fix *fix);
/* S05, S06 */
void check_uart_clock(struct check *check, const struct check_cell *cell);
void check_uart_user(struct check *check, const struct check_cell *cell);

#endif
