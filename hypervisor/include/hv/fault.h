/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HV_FAULT_H
#define HV_FAULT_H

#include <hv/cell.h>

enum fault_access {
	FAULT_READ,
	FAULT_WRITE,
	FAULT_EXECUTE
};

/* Prints what lies at the address that a cell must not access: its own region
 * with the missing right, the region of another cell, hypervisor memory, a
 * reserved window, or nothing. size is in bytes; 0: the hardware does not tell.
 */
void fault_describe(const struct cell *cell, u64 gpa, enum fault_access access,
		    unsigned int size);

#endif
