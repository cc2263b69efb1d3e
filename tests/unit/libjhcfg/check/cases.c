// SPDX-License-Identifier: GPL-2.0-or-later
#include "cases.h"

const struct check_case *const check_cases[] = {
	cases_format,
	cases_cpus,
	cases_memory,
	cases_irq,
	NULL,
};
