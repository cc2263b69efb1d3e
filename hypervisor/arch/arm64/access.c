// SPDX-License-Identifier: GPL-2.0-only
/*
 * Accesses to device registers that may not exist, or that a guest chose: a
 * synchronous external abort is no fault of ours then. It is taken to EL2,
 * where it overwrites what the exit of the guest has left in the registers.
 */
#include <hv/arch.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

#define OPERATION_WRITE 4U

struct guarded {
	u64 value;
	u64 ok;
};

/* operation: log2 of the size, + OPERATION_WRITE */
struct guarded arm64_guarded_access(void *address, u64 value,
				    unsigned int operation);

bool arch_device_access(void *address, u64 *value, unsigned int size,
			bool is_write)
{
	u64 elr = sysreg_read(elr_el2), spsr = sysreg_read(spsr_el2);
	u64 esr = sysreg_read(esr_el2), far = sysreg_read(far_el2);
	u64 hpfar = sysreg_read(hpfar_el2);
	unsigned int operation = (unsigned int)__builtin_ctz(size) |
				 (is_write ? OPERATION_WRITE : 0);
	struct guarded result =
		arm64_guarded_access(address, *value, operation);

	if (!result.ok) {
		sysreg_write(elr_el2, elr);
		sysreg_write(spsr_el2, spsr);
		sysreg_write(esr_el2, esr);
		sysreg_write(far_el2, far);
		sysreg_write(hpfar_el2, hpfar);
		return false;
	}
	if (!is_write)
		*value = result.value;
	return true;
}

bool arch_probe_read32(const void *address, u32 *value)
{
	u64 result = 0;

	if (!arch_device_access((void *)(uintptr_t)address, &result, 4, false))
		return false;
	*value = (u32)result;
	return true;
}
