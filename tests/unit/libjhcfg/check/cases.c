// SPDX-License-Identifier: GPL-2.0-or-later
#include "cases.h"

/* clang-format off */
const struct check_case *const check_cases[] = {
	cases_format,
	cases_cpus,
	cases_hypervisor,
	cases_memory,
	cases_boot,
	cases_serial,
	cases_irq,
	cases_pci,
	cases_virtual,
	cases_other,
	NULL,
};
/* clang-format on */
