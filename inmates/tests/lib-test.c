/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The inmate library itself: exceptions, mappings, locks, interrupts.
 *
 *   scratch=N   4 MiB of RAM, 2 MiB aligned, that the image is not in
 *   fault       at the end: an exception that nobody handles
 */
#include <inmate.h>

#include "report.h"

#define BLOCK 0x200000UL

/* Exception classes: ARM DDI 0487, D19.2.37 */
#define EC_BRK		0x3cU
#define EC_ABORT_FETCH	0x21U
#define EC_ABORT_DATA	0x25U
#define FSC(esr)	((esr)&0x3c)
#define FSC_TRANSLATION 0x04U
#define FSC_PERMISSION	0x0cU

static struct {
	u64 esr, far, count;
} last;

/* Where a fetch that fails goes on: back to its caller */
static bool note_exception(struct exception_frame *frame)
{
	last.esr = frame->esr;
	last.far = frame->far;
	last.count++;
	if (ESR_EC(frame->esr) == EC_ABORT_FETCH)
		frame->elr = frame->x[30];
	else
		frame->elr += 4;
	return true;
}

static bool faults(u32 class, u32 status, u64 addr)
{
	bool as_expected = last.count == 1 && ESR_EC(last.esr) == class &&
			   FSC(last.esr) == status && last.far == addr;

	last.count = 0;
	return as_expected;
}

/* Handler and registers: what is not named by the exception is kept. */
static void test_exception_returns(void)
{
	register u64 kept __asm__("x20") = 0x1234;

	__asm__ volatile("brk #7" : "+r"(kept) : : "memory");
	report_true("exception-returns", last.count == 1 && kept == 0x1234,
		    "not taken once, or a register is lost");
	report_equal("exception-class", ESR_EC(last.esr), EC_BRK);
	last.count = 0;
}

static void test_map_refuses_nonsense(void)
{
	report_equal("map-empty", (u64)map_range(0x1000, 0, MAP_RAM),
		     (u64)-EINVAL);
	report_equal("map-wraps", (u64)map_range(~0ULL, 2, MAP_RAM),
		     (u64)-EINVAL);
	report_equal("map-end", (u64)map_range(MAP_END - 1, 2, MAP_RAM),
		     (u64)-EINVAL);
}

/* Blocks are split, and the rest of them stays as it was. */
static void test_map_changes_one_page(u64 scratch)
{
	u64 page = scratch + BLOCK + 0x3000;

	mmio_read32(scratch);
	report_true("map-not-there",
		    faults(EC_ABORT_DATA, FSC_TRANSLATION, scratch),
		    "no translation fault");
	report_equal("map-blocks", (u64)map_range(scratch, 2 * BLOCK, MAP_RAM),
		     0);
	mmio_write64(page, 0xaffe);
	report_equal("map-readonly", (u64)map_range(page, 8, MAP_RAM | MAP_RO),
		     0);
	mmio_write64(page, 0);
	report_true("map-readonly-write",
		    faults(EC_ABORT_DATA, FSC_PERMISSION, page),
		    "no permission fault");
	report_equal("map-readonly-read", mmio_read64(page), 0xaffe);
	mmio_write64(page - 8, 1);
	mmio_write64(page + 0x1000, 1);
	mmio_write64(scratch + 2 * BLOCK - 8, 1);
	report_equal("map-neighbours", last.count, 0);
	last.count = 0;
}

static void test_map_execute(u64 scratch)
{
	u64 page = scratch + 0x5000;
	void (*function)(void) = (void (*)(void))page;

	mmio_write32(page, 0xd65f03c0); /* ret */
	__asm__ volatile("dc cvau, %0\n\tdsb ish\n\tic ivau, %0\n\tdsb ish\n\t"
			 "isb" ::"r"(page)
			 : "memory");
	function();
	report_true("map-no-execute",
		    faults(EC_ABORT_FETCH, FSC_PERMISSION, page),
		    "no permission fault");
	report_equal("map-execute", (u64)map_range(page, 4, MAP_RAM | MAP_EXEC),
		     0);
	function();
	report_equal("map-executes", last.count, 0);
	last.count = 0;
}

/* The pool of tables is finite: an error, and what was there still works. */
static void test_map_runs_out(u64 scratch)
{
	u64 addr = scratch;
	int err;

	do {
		addr += 1ULL << 30;
		err = map_range(addr, 1, MAP_DEVICE);
	} while (!err && addr + (1ULL << 30) < MAP_END);
	report_equal("map-runs-out", (u64)err, (u64)-ENOMEM);
	report_equal("map-after-that", (u64)map_range(scratch, 8, MAP_RAM), 0);
	mmio_write64(scratch, 0x600d);
	report_equal("map-still-there", mmio_read64(scratch), 0x600d);
}

static void test_irq_state_nests(void)
{
	unsigned long outer, inner;

	irq_enable();
	outer = irq_save();
	inner = irq_save();
	irq_restore(inner);
	report_equal("irq-inner-keeps-masked", sysreg_read(daif) & 0x80, 0x80);
	irq_restore(outer);
	report_equal("irq-outer-unmasks", sysreg_read(daif) & 0x80, 0);
	irq_disable();
}

void inmate_main(void)
{
	u64 scratch = cmdline_u64("scratch", 0);

	exception_set_handler(note_exception);
	test_exception_returns();
	test_map_refuses_nonsense();
	if (scratch) {
		test_map_changes_one_page(scratch);
		test_map_execute(scratch);
		test_map_runs_out(scratch);
	} else {
		report_skip("map", "no scratch= memory given");
	}
	test_irq_state_nests();
	report_done();

	exception_set_handler(NULL);
	if (cmdline_bool("fault", false))
		__asm__ volatile("mov x7, #0x77\n\tbrk #1" ::: "x7");
}
