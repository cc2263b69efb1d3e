// SPDX-License-Identifier: GPL-2.0-only
/*
 * Accesses to device registers that may not exist, or that a guest chose: a
 * synchronous external abort is no fault of ours then. It is taken to EL2,
 * where it overwrites what the exit of the guest has left in the registers.
 */
#include <hv/arch.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

#define OPERATION_WRITE	    4U
#define OPERATION_TRANSLATE 8U

struct guarded {
	u64 value;
	u64 ok;
};

/* operation: log2 of the size, + OPERATION_WRITE */
struct guarded arm64_guarded_access(void *address, u64 value,
				    unsigned int operation);

static bool access_guarded(void *address, u64 *value, unsigned int operation)
{
	u64 elr = sysreg_read(elr_el2), spsr = sysreg_read(spsr_el2);
	u64 esr = sysreg_read(esr_el2), far = sysreg_read(far_el2);
	u64 hpfar = sysreg_read(hpfar_el2);
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
	*value = result.value;
	return true;
}

bool arch_device_access(void *address, u64 *value, unsigned int size,
			bool is_write)
{
	unsigned int operation = (unsigned int)__builtin_ctz(size);
	u64 written = *value;

	if (is_write)
		return access_guarded(address, &written,
				      operation | OPERATION_WRITE);
	return access_guarded(address, value, operation);
}

bool arch_probe_read32(const void *address, u32 *value)
{
	u64 result = 0;

	if (!arch_device_access((void *)(uintptr_t)address, &result, 4, false))
		return false;
	*value = (u32)result;
	return true;
}

bool arm64_translate(u64 virt, u64 *ipa)
{
	u64 par = 0;

	if (!access_guarded((void *)virt, &par, OPERATION_TRANSLATE))
		return false;
	isb();
	par = sysreg_read(par_el1);
	*ipa = (par & PAR_ADDRESS) | (virt & 0xfff);
	return !(par & PAR_FAILED);
}
