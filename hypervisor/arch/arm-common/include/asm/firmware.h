/* SPDX-License-Identifier: GPL-2.0-only */
/* Which calls of a guest go on to the firmware. */
#ifndef ASM_FIRMWARE_H
#define ASM_FIRMWARE_H

#include <jailhouse/cell-config.h>
#include <hv/types.h>

/**
 * firmware_call_granted - does the board let the root call this function?
 * @root: configuration of the root
 * @function: of the call, in its first register
 *
 * The services of a chip's maker ("SiP", ARM DEN0028E table 6-2) set clocks,
 * power and pins that no register is for, and Linux on some chips does not get
 * far without. But they act with the rights of the firmware: one that writes a
 * register, loads an FPGA or takes the address of a buffer reaches other cells
 * and the hypervisor, if the root means it to. Therefore
 *
 * - no cell but the root gets at them: a cell is what shall not reach others;
 * - the root calls those that its configuration lists, one by one if need be:
 *   who writes it knows the chip, and whether a hostile root is a concern. No
 *   list, and the root, however broken, changes nothing behind our back;
 * - a service is not hidden by what we implement ourselves: only fast calls of
 *   this owner are looked for. The firmware runs with interrupts masked until
 *   it is done, as it does without a hypervisor.
 */
bool firmware_call_granted(const struct jailhouse_cell_desc *root,
			   u32 function);

#endif
