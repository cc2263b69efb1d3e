/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMPORT_LINUX_ARM_H
#define IMPORT_LINUX_ARM_H

#include "import/linux/linux.h"

/* A board of the machine's device tree. -ENOENT: it has none; -EINVAL,
 * -EFBIG: it is none; -ENOMEM. */
int linux_import_arm(struct linux_import *import, struct jhcfg_board **board);

/* GIC, CPUs and PSCI of machines with ACPI. */
void linux_add_gic(struct linux_import *import);
void linux_add_giccs(struct linux_import *import);

#endif
