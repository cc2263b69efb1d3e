// SPDX-License-Identifier: GPL-2.0-only
/* Start-up, and what the core asks of the architecture at any time. */
#include <hv/entry.h>
#include <hv/gicv3.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

/* Offsets that the assembler parts use. */
_Static_assert(offsetof(struct jailhouse_image_header, core_size) ==
		       HEADER_CORE_SIZE,
	       "");
_Static_assert(offsetof(struct jailhouse_image_header, cpu_shared_size) ==
		       HEADER_SHARED_SIZE,
	       "");
_Static_assert(offsetof(struct jailhouse_image_header, cpu_private_size) ==
		       HEADER_PRIVATE_SIZE,
	       "");
_Static_assert(offsetof(struct jailhouse_image_header, max_cpus) ==
		       HEADER_MAX_CPUS,
	       "");
_Static_assert(sizeof(struct jailhouse_image_header) == 128, "");
_Static_assert(offsetof(struct arm64_private, times) == PRIV_TIMES, "");
_Static_assert(PRIVATE_DATA == PRIVATE_STACK_TOP, "times are found from there");
_Static_assert(offsetof(struct guest_regs, entered) == GUEST_REGS_ENTERED, "");
_Static_assert(offsetof(struct arm64_private, callee_regs) == PRIV_CALLEE_REGS,
	       "");
_Static_assert(offsetof(struct arm64_private, spsr) == PRIV_SPSR, "");
_Static_assert(offsetof(struct arm64_private, pc) == PRIV_PC, "");
_Static_assert(offsetof(struct arm64_private, saved.sctlr) == PRIV_SCTLR, "");
_Static_assert(offsetof(struct arm64_private, saved.vbar) == PRIV_VBAR, "");
_Static_assert(sizeof(struct arm64_private) <= PRIVATE_ROOT - PRIVATE_DATA,
	       "private data reach into the root table");
_Static_assert(sizeof(struct guest_regs) == GUEST_REGS_SIZE, "");
_Static_assert(TRAP_ALL_REGS == 1, "as vectors.S has it");

const u8 arch_id = JAILHOUSE_ARM64;
const size_t arch_cpu_size = 0;
const size_t arch_cell_size = sizeof(struct arch_cell);
const unsigned int arch_num_stats = JAILHOUSE_CPU_STAT_VMEXITS_SMCCC + 1;

_Static_assert(sizeof(struct cpu) <= CPU_SHARED_SIZE, "raise CPU_SHARED_SIZE");

u64 arch_ticks(void)
{
	isb(); /* else it may be read early (ARM DDI 0487 D12.2.2) */
	return sysreg_read(cntpct_el0);
}

u64 arch_ticks_per_second(void)
{
	return sysreg_read(cntfrq_el0);
}

void arch_cpu_relax(void)
{
	asm volatile("yield" : : : "memory");
}

int arch_init_early(void)
{
	int err = arm64_map_linear();

	return err ? err : arm64_stage2_init();
}

void arch_cpu_share_mappings(void)
{
	arm64_adopt_mappings();
}

void arch_config_context(struct config_context *context)
{
	static struct reserved_range reserved[16];
	static unsigned int num_reserved;
	static unsigned int max_spi;
	const struct jailhouse_system *system = system_config;

	/* Asks the hardware once, on the first CPU. */
	if (!num_reserved) {
		u64 gicr_size =
			system->platform_info.arm.gic_version == 2
				? 0
				: gicv3_redistributors_size(
					  system->platform_info.arm.gicr_base);

		max_spi = gic_max_intid(system->platform_info.arm.gicd_base);
		num_reserved = config_reserved_ranges(
			system, gicr_size, reserved,
			sizeof(reserved) / sizeof(reserved[0]));
	}
	context->system = system;
	context->reserved = reserved;
	context->num_reserved = num_reserved;
	context->architecture = arch_id;
	context->num_cpus = image_header.max_cpus;
	for (u32 id = 0; id < image_header.max_cpus; id++)
		if (cpu_find(id) && cpu_find(id)->has_aarch32)
			cpu_set_add(&context->aarch32_cpus, id);
	context->max_cell_id = 0xff;
	context->max_spi = max_spi;
	context->max_address = 1UL << arm64_ipa_bits;
}

/* Called by the entry code on each CPU, on its own stack. */
int arm64_entered(phys_t phys_base, unsigned int cpu_id)
{
	/* The private area is known by its physical address only to entry
	 * code; compute it as that did. */
	arm64_private.private_phys =
		phys_base + jailhouse_image_private_offset(&image_header) +
		(u64)cpu_id * HV_PRIVATE_SIZE;
	return hypervisor_enter(cpu_id);
}
