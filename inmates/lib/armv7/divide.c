/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the compiler's library calls on a division by zero (ARM IHI 0043): its
 * own one wants an operating system to raise a signal. */
#include <jailhouse/types.h>

#include <inmate/run.h>
#include <jailhouse/comm-region.h>

long long __aeabi_ldiv0(long long result);
int __aeabi_idiv0(int result);

long long __aeabi_ldiv0(long long result)
{
	(void)result;
	inmate_stop(JAILHOUSE_CELL_FAILED);
}

int __aeabi_idiv0(int result)
{
	(void)result;
	inmate_stop(JAILHOUSE_CELL_FAILED);
}
