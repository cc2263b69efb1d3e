/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What is different for the hypervisor if a cell is of 32 bits: calls, how
 * accesses to registers are decoded, what a process may not do, interrupts and
 * CPUs. What a cell may do in general, policy-test has.
 *
 *   cpu=N   number of the CPU that runs this, as the hypervisor counts
 *   ticks=N of the timer that are waited for (5)
 *
 * The cell needs a second CPU.
 */
#include <inmate.h>
#include <inmate/gic.h>
#include <inmate/gicv3.h>

#include "aarch32_code.h"
#include "report.h"

#define MODE_SVC 0x13U
/* A, I and F masked */
#define IN_MODE(mode) (0x1c0U | (mode))

#define PPI_PRIORITY (GICD_IPRIORITYR + TIMER_IRQ)

/* --- calls ---------------------------------------------------------------- */

static const struct {
	const char *name;
	u32 code, arg1;
	long expected;
} hypercalls[] = {
	{ "hc-unknown", 0xff, 0, -ENOSYS },
	{ "hc-unknown-highest", 0xffffffff, 0, -ENOSYS },
	{ "hc-disable", JAILHOUSE_HC_DISABLE, 0, -EPERM },
	{ "hc-cell-create", JAILHOUSE_HC_CELL_CREATE, 0, -EPERM },
	{ "hc-info-bad-type", JAILHOUSE_HC_HYPERVISOR_GET_INFO, 99, -EINVAL },
	{ "hc-putc", JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, '\n', 0 },
};

static void test_hypercalls(void)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(hypercalls); n++)
		report_equal(hypercalls[n].name,
			     (u64)hypercall(hypercalls[n].code,
					    hypercalls[n].arg1, 0),
			     (u64)hypercalls[n].expected);
	report_true("hc-info-cells",
		    hypercall(JAILHOUSE_HC_HYPERVISOR_GET_INFO,
			      JAILHOUSE_INFO_NUM_CELLS, 0) >= 2,
		    "fewer than the root and this cell");
	report_equal("hc-cpu-own-state",
		     (u64)hypercall(JAILHOUSE_HC_CPU_GET_INFO,
				    cmdline_u64("cpu", 0),
				    JAILHOUSE_CPU_INFO_STATE),
		     JAILHOUSE_CPU_RUNNING);
	report_equal("hc-other-registers", code_hypercall_keeps(), 0);
}

static const struct {
	const char *name;
	u32 function, arg1;
	int expected;
} calls[] = {
	{ "psci-version", PSCI_VERSION, 0, 0x10001 },
	{ "psci-features", PSCI_FEATURES, PSCI_CPU_ON, 0 },
	{ "psci-unknown", 0x8400001f, 0, PSCI_NOT_SUPPORTED },
	{ "smccc-version", SMCCC_VERSION, 0, 0x10001 },
	{ "smccc-sip", 0x82000001, 0, PSCI_NOT_SUPPORTED },
	/* 64-bit calls are not for callers of 32 bits. */
	{ "psci-affinity-64", PSCI_AFFINITY_INFO_32 | PSCI_64_BITS, 0,
	  PSCI_NOT_SUPPORTED },
	{ "psci-on-64", PSCI_CPU_ON_32 | PSCI_64_BITS, 0, PSCI_NOT_SUPPORTED },
	{ "psci-on-foreign", PSCI_CPU_ON_32, 0, PSCI_DENIED },
};

static void test_firmware_calls(void)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(calls); n++)
		report_equal(
			calls[n].name,
			(u64)psci_call(calls[n].function, calls[n].arg1, 0, 0),
			(u64)calls[n].expected);
	report_equal("psci-on-own",
		     (u64)psci_call(PSCI_CPU_ON, cpu_mpidr(), 0, 0),
		     (u64)PSCI_ALREADY_ON);
	report_equal("smc-not-executed", code_smc_not(PSCI_VERSION),
		     PSCI_VERSION);
	report_equal("smc-conditional", code_smc_conditional(PSCI_VERSION),
		     0x10001);
	report_equal("smc-in-it-block", code_it_smc(PSCI_VERSION), 0x10001);
}

/* --- emulated registers ----------------------------------------------------
 */

static const struct {
	const char *sp_name, *lr_name;
	u32 mode;
} modes[] = {
	{ "load-fiq-sp", "load-fiq-lr", 0x11 },
	{ "load-irq-sp", "load-irq-lr", 0x12 },
	{ "load-abt-sp", "load-abt-lr", 0x17 },
	{ "load-und-sp", "load-und-lr", 0x1b },
	{ "load-sys-sp", "load-sys-lr", 0x1f },
};

static void test_modes(u32 addr, u32 expected)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(modes); n++) {
		u32 mode = IN_MODE(modes[n].mode);

		report_equal(modes[n].sp_name, code_load_sp_in_mode(addr, mode),
			     expected);
		report_equal(modes[n].lr_name, code_load_lr_in_mode(addr, mode),
			     expected);
	}
	report_equal("load-fiq-r8-r12",
		     code_load_fiq(addr, IN_MODE(modes[0].mode)), expected);
}

static u32 private_base(void)
{
	u64 frame;

	if (comm_region()->gic_version == 2)
		return (u32)comm_region()->gicd_base;
	if (gicv3_redistributor(cpu_mpidr(), &frame))
		return 0;
	return (u32)frame + GICR_SGI;
}

static void test_signs(u32 priority)
{
	u8 before = mmio_read8(priority);

	mmio_write8(priority, 0xa8);
	report_equal("load-byte", mmio_read8(priority), 0xa8);
	report_equal("load-signed-byte", code_load_signed_byte(priority),
		     0xffffffa8);
	report_equal("load-signed-byte-narrow",
		     code_load_signed_byte_narrow(priority), 0xffffffa8);
	mmio_write8(priority, 0x28);
	report_equal("load-positive-byte", code_load_signed_byte(priority),
		     0x28);
	mmio_write8(priority, before);
}

static void test_registers(void)
{
	u32 typer = (u32)comm_region()->gicd_base + GICD_TYPER;
	u32 expected = mmio_read32(typer);
	u32 priority = private_base() + PPI_PRIORITY;
	u8 before = mmio_read8(priority);

	report_true("typer", expected != 0, "is 0");
	report_equal("load-sp", code_load_sp(typer), expected);
	report_equal("load-lr", code_load_lr(typer), expected);
	report_equal("load-in-it-block", code_it_load(typer), expected);
	report_equal("load-in-it-block-wide", code_it_load_wide(typer),
		     expected);
	report_equal("load-big-endian", code_load_big_endian(typer),
		     __builtin_bswap32(expected));
	/* The lowest byte of the value is that of the highest address: of
	 * INTID 27, the only one of the four that is a cell's in any case. */
	code_store_big_endian(priority & ~3U, 0x98);
	report_equal("store-big-endian", mmio_read8(priority), 0x98);
	mmio_write8(priority, before);
	test_signs(priority);
	test_modes(typer, expected);
}

/* --- coprocessors ----------------------------------------------------------
 */

#define MRC(cp, opc1, crn, crm, opc2)                                          \
	({                                                                     \
		u32 value_ = ~0U;                                              \
		__asm__ volatile("mrc " #cp ", " #opc1 ", %0, " #crn ", " #crm \
				 ", " #opc2                                    \
				 : "=r"(value_)::"memory");                    \
		value_;                                                        \
	})

static struct exception_frame seen;

static bool keep_exception(struct exception_frame *frame)
{
	seen = *frame;
	frame->pc = (u32)code_back;
	frame->cpsr = IN_MODE(MODE_SVC);
	return true;
}

/*
 * What the exception says of the state before it is not looked at: QEMU (as of
 * 7.2) has another SPSR_und for a guest than the one that a hypervisor writes.
 */
static void test_user(const char *name, void (*code)(void), const char *insn,
		      u32 offset)
{
	memset(&seen, 0, sizeof(seen));
	code();
	if (seen.vector != VECTOR_UNDEFINED)
		report_fail(name, "vector 0x%02x", seen.vector);
	else
		report_equal(name, seen.pc, ((u32)insn & ~1U) + offset);
}

static void test_coprocessors(void)
{
	report_equal("actlr", MRC(p15, 0, c1, c0, 1), 0);
	report_equal("dbgoslsr", MRC(p14, 0, c1, c1, 4), 0);
	report_equal("dbgdscr", MRC(p14, 0, c0, c2, 2), 0);
	/* as an operating system does */
	__asm__ volatile("mcr p14, 0, %0, c1, c0, 4" ::"r"(0)); /* DBGOSLAR */
	report_pass("dbgoslar");

	if (map_range((u32)code_start, (size_t)(code_end - code_start),
		      MAP_RO | MAP_EXEC | MAP_USER)) {
		report_fail("user", "cannot map code");
		return;
	}
	exception_set_handler(keep_exception);
	test_user("user-arm", code_user_arm, code_user_arm_insn, 4);
	test_user("user-thumb", code_user_thumb, code_user_thumb_insn, 2);
	exception_set_handler(NULL);
}

/* --- interrupts and CPUs ---------------------------------------------------
 */

static volatile u32 ticks, sgis;

static void handle_irq(u32 irq)
{
	if (irq == TIMER_IRQ) {
		ticks++;
		timer_set_deadline(timer_ticks() + timer_frequency() / 100);
	} else if (irq == 5) {
		__atomic_add_fetch(&sgis, 1, __ATOMIC_RELAXED);
	}
}

static bool wait_for(const volatile u32 *value, u32 wanted)
{
	u64 deadline = timer_ticks() + timer_frequency();

	irq_enable();
	while (*value < wanted && timer_ticks() < deadline)
		cpu_relax();
	irq_disable();
	return *value >= wanted;
}

static void test_timer(void)
{
	u32 wanted = (u32)cmdline_u64("ticks", 5);

	timer_set_deadline(timer_ticks());
	report_true("timer", wait_for(&ticks, wanted), "too few ticks");
	timer_stop();
	irq_send_sgi(cpu_mpidr(), 5);
	report_true("sgi-to-self", wait_for(&sgis, 1), "it did not come");
}

static volatile u64 second_mpidr;
static volatile u32 second_sgi_seen;

static void second(void *first)
{
	second_mpidr = cpu_mpidr();
	if (irq_init(NULL))
		return;
	sgis = 0;
	irq_send_sgi(*(u64 *)first, 5);
	second_sgi_seen = 1;
}

static bool wait_off(u64 mpidr)
{
	u64 deadline = timer_ticks() + timer_frequency();

	while (psci_call(PSCI_AFFINITY_INFO, mpidr, 0, 0) != PSCI_AFFINITY_OFF)
		if (timer_ticks() > deadline)
			return false;
	return true;
}

static void test_second_cpu(void)
{
	static u8 stack[4096] __attribute__((aligned(16)));
	u64 own = cpu_mpidr(), other, cpus[2];
	int err;

	if (smp_find_cpus(cpus, 2) != 2) {
		report_fail("second-cpu", "the cell has none");
		return;
	}
	other = cpus[cpus[0] == own];
	err = smp_start(other, second, &own, stack, sizeof(stack));
	report_equal("cpu-on", (u64)err, 0);
	report_true("sgi-from-second", wait_for(&sgis, 1), "it did not come");
	report_equal("second-mpidr", second_mpidr, other);
	report_true("cpu-off", wait_off(other), "it does not go off");

	/* Bit 0 of the entry point asks for T32. */
	err = psci_call(PSCI_CPU_ON, other, (u32)code_thumb_entry,
			CODE_ARGUMENT);
	report_equal("cpu-on-thumb", (u64)err, 0);
	report_true("cpu-off-thumb", wait_off(other), "it does not go off");
}

void inmate_main(void)
{
	int err = irq_init(handle_irq);

	if (err) {
		report_fail("irq-init", "error %d", err);
		return;
	}
	irq_unmask(TIMER_IRQ);
	irq_unmask(5);
	printk("aarch32-test: in 32 bits\n");
	test_hypercalls();
	test_firmware_calls();
	test_registers();
	test_coprocessors();
	test_timer();
	test_second_cpu();
	report_done();
}
