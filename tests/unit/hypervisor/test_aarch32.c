// SPDX-License-Identifier: GPL-2.0-or-later
/* What the trap of a 32-bit guest leaves to software. Expectations are from the
 * tables of ARM DDI 0487, and so written out, not computed. */
#include "hv_test.h"

#include <asm/aarch32.h>

#define N (1U << 31)
#define Z (1U << 30)
#define C (1U << 29)

/* ITSTATE in SPSR */
#define IT(state)	    ((u32)((state) >> 2 & 0x3f) << 10 | (u32)((state)&3) << 25)
#define ISS_COND(condition) (1U << 24 | (u32)(condition) << 20)

/* Table F2-1: for each combination of flags (N Z C V as 3:0 of the index) */
static void test_aarch32_condition_follows_flags(void **state)
{
	/* Bit f: the condition holds with these flags. */
	static const u16 holds[16] = {
		/* EQ NE: Z in bit 2 of f */ 0xf0f0,
		0x0f0f,
		/* CS CC: bit 1 */ 0xcccc,
		0x3333,
		/* MI PL: bit 3 */ 0xff00,
		0x00ff,
		/* VS VC: bit 0 */ 0xaaaa,
		0x5555,
		/* HI: C and not Z; LS */ 0x0c0c,
		0xf3f3,
		/* GE: N == V; LT */ 0xaa55,
		0x55aa,
		/* GT: and not Z; LE */ 0x0a05,
		0xf5fa,
		/* AL, and once more */ 0xffff,
		0xffff,
	};

	(void)state;
	for (unsigned int condition = 0; condition < 16; condition++)
		for (unsigned int f = 0; f < 16; f++)
			assert_int_equal(aarch32_condition_passed(
						 (u32)f << 28 | AARCH32_SVC,
						 ISS_COND(condition)),
					 holds[condition] >> f & 1);
}

static void test_aarch32_condition_without_cv_is_always_in_a32(void **state)
{
	(void)state;
	/* COND is not valid, and A32 knows no IT block. */
	assert_true(aarch32_condition_passed(AARCH32_SVC, 0x0U << 20));
	assert_true(aarch32_condition_passed(AARCH32_SVC | IT(0x08), 0));
}

static void test_aarch32_condition_without_cv_is_that_of_it_block(void **state)
{
	const u32 eq = AARCH32_SVC | AARCH32_T | IT(0x08);
	const u32 ne = AARCH32_SVC | AARCH32_T | IT(0x18);

	(void)state;
	assert_true(aarch32_condition_passed(eq | Z, 0));
	assert_false(aarch32_condition_passed(eq, 0));
	assert_false(aarch32_condition_passed(ne | Z, 0));
	assert_true(aarch32_condition_passed(ne, 0));
	assert_true(aarch32_condition_passed(AARCH32_SVC | AARCH32_T, 0));
}

/* Table D1-24 */
static void test_aarch32_reg_of_each_mode(void **state)
{
	static const struct {
		u32 mode;
		unsigned int sp, lr, r8, r12;
	} modes[] = {
		{ AARCH32_USR, 13, 14, 8, 12 },	 { AARCH32_SYS, 13, 14, 8, 12 },
		{ AARCH32_IRQ, 17, 16, 8, 12 },	 { AARCH32_SVC, 19, 18, 8, 12 },
		{ AARCH32_ABT, 21, 20, 8, 12 },	 { AARCH32_UND, 23, 22, 8, 12 },
		{ AARCH32_FIQ, 29, 30, 24, 28 },
	};

	(void)state;
	for (unsigned int n = 0; n < sizeof(modes) / sizeof(modes[0]); n++) {
		assert_int_equal(aarch32_reg(modes[n].mode, 13), modes[n].sp);
		assert_int_equal(aarch32_reg(modes[n].mode, 14), modes[n].lr);
		assert_int_equal(aarch32_reg(modes[n].mode, 8), modes[n].r8);
		assert_int_equal(aarch32_reg(modes[n].mode, 12), modes[n].r12);
		for (unsigned int r = 0; r < 8; r++)
			assert_int_equal(aarch32_reg(modes[n].mode, r), r);
		/* as seen from AArch64 already, and the register of zeros */
		for (unsigned int r = 15; r < 32; r++)
			assert_int_equal(aarch32_reg(modes[n].mode, r), r);
	}
}

static void test_aarch32_skip_moves_by_size(void **state)
{
	struct aarch32_state guest = { .pc = 0x1000, .spsr = AARCH32_SVC | N };

	(void)state;
	aarch32_skip(&guest, 4);
	assert_int_equal(guest.pc, 0x1004);
	assert_int_equal(guest.spsr, AARCH32_SVC | N);
	guest.spsr |= AARCH32_T;
	aarch32_skip(&guest, 2);
	assert_int_equal(guest.pc, 0x1006);
	assert_int_equal(guest.spsr, AARCH32_SVC | AARCH32_T | N);
}

static void test_aarch32_skip_wraps_at_4_gib(void **state)
{
	struct aarch32_state guest = { .pc = 0xfffffffe, .spsr = AARCH32_T };

	(void)state;
	aarch32_skip(&guest, 2);
	assert_int_equal(guest.pc, 0);
}

/* F1.2.1: ITTE EQ is 0b00000110; its instructions see EQ, EQ, NE. */
static void test_aarch32_skip_advances_it_block(void **state)
{
	static const u32 states[] = { 0x06, 0x0c, 0x18, 0x00, 0x00 };
	const u32 rest = AARCH32_SVC | AARCH32_T | AARCH32_E | Z;
	struct aarch32_state guest = { .spsr = rest | IT(states[0]) };

	(void)state;
	for (unsigned int n = 0; n < 5; n++) {
		assert_int_equal(guest.spsr, rest | IT(states[n]));
		aarch32_skip(&guest, 2);
	}
}

static void test_aarch32_skip_leaves_it_bits_in_a32(void **state)
{
	struct aarch32_state guest = { .spsr = AARCH32_SVC | IT(0x0c) };

	(void)state;
	aarch32_skip(&guest, 4);
	assert_int_equal(guest.spsr, AARCH32_SVC | IT(0x0c));
}

static void test_aarch32_undefined_from_a32(void **state)
{
	struct aarch32_vectors vectors = { .vbar = 0x2000001f };
	struct aarch32_state guest = { .pc = 0x8000,
				       .spsr = AARCH32_USR | N | C };
	u32 lr, spsr = aarch32_take_undefined(&guest, &vectors, &lr);

	(void)state;
	assert_int_equal(guest.pc, 0x20000004);
	assert_int_equal(guest.spsr, AARCH32_UND | AARCH32_I | N | C);
	assert_int_equal(lr, 0x8004);
	assert_int_equal(spsr, AARCH32_USR | N | C);
}

static void test_aarch32_undefined_from_it_block_of_t32(void **state)
{
	struct aarch32_vectors vectors = { .vbar = 0x1000 };
	struct aarch32_state guest = {
		.pc = 0x8002,
		.spsr = AARCH32_USR | AARCH32_T | IT(0x06) | Z | AARCH32_F,
	};
	u32 lr, spsr = aarch32_take_undefined(&guest, &vectors, &lr);

	(void)state;
	assert_int_equal(guest.pc, 0x1004);
	assert_int_equal(guest.spsr, AARCH32_UND | AARCH32_I | AARCH32_F | Z);
	assert_int_equal(lr, 0x8004);
	assert_int_equal(spsr,
			 AARCH32_USR | AARCH32_T | IT(0x06) | Z | AARCH32_F);
}

/* The handler runs as SCTLR says: high vectors, T32, big-endian. */
static void test_aarch32_undefined_obeys_sctlr(void **state)
{
	struct aarch32_vectors vectors = {
		.vbar = 0x1000,
		.sctlr = AARCH32_SCTLR_V | AARCH32_SCTLR_TE | AARCH32_SCTLR_EE,
	};
	struct aarch32_state guest = { .spsr = AARCH32_USR | AARCH32_IL };
	u32 lr;

	(void)state;
	aarch32_take_undefined(&guest, &vectors, &lr);
	assert_int_equal(guest.pc, 0xffff0004);
	assert_int_equal(guest.spsr,
			 AARCH32_UND | AARCH32_I | AARCH32_T | AARCH32_E);
}

static void test_aarch32_undefined_leaves_big_endian(void **state)
{
	struct aarch32_vectors vectors = { 0 };
	struct aarch32_state guest = { .spsr = AARCH32_USR | AARCH32_E };
	u32 lr;

	(void)state;
	aarch32_take_undefined(&guest, &vectors, &lr);
	assert_int_equal(guest.spsr, AARCH32_UND | AARCH32_I);
}

static void test_aarch32_undefined_with_pan_and_ssbs(void **state)
{
	struct aarch32_vectors vectors = { .has_pan = true, .has_ssbs = true };
	struct aarch32_state guest = { .spsr = AARCH32_USR | AARCH32_SSBS };
	u32 lr;

	(void)state;
	aarch32_take_undefined(&guest, &vectors, &lr);
	assert_int_equal(guest.spsr, AARCH32_UND | AARCH32_I | AARCH32_PAN);
	guest.spsr = AARCH32_USR;
	vectors.sctlr = AARCH32_SCTLR_SPAN | AARCH32_SCTLR_DSSBS;
	aarch32_take_undefined(&guest, &vectors, &lr);
	assert_int_equal(guest.spsr, AARCH32_UND | AARCH32_I | AARCH32_SSBS);
}

/* DIT has another place in SPSR_und, where SPSR_EL2 has the software step. */
static void test_aarch32_undefined_moves_dit(void **state)
{
	struct aarch32_vectors vectors = { 0 };
	struct aarch32_state guest = {
		.spsr = AARCH32_USR | AARCH32_DIT | AARCH32_SS,
	};
	u32 lr;

	(void)state;
	assert_int_equal(aarch32_take_undefined(&guest, &vectors, &lr),
			 AARCH32_USR | 1U << 21);
	assert_int_equal(guest.spsr, AARCH32_UND | AARCH32_I | AARCH32_DIT);
}

static void test_aarch32_start_in_either_instruction_set(void **state)
{
	struct aarch32_state a32 = aarch32_start(0x40000000);
	struct aarch32_state t32 = aarch32_start(0x40000001);

	(void)state;
	assert_int_equal(a32.pc, 0x40000000);
	assert_int_equal(a32.spsr, 0x1d3);
	assert_int_equal(t32.pc, 0x40000000);
	assert_int_equal(t32.spsr, 0x1f3);
}

static void test_aarch32_data_order_of_each_size(void **state)
{
	(void)state;
	assert_int_equal(aarch32_data_order(AARCH32_SVC, 0x11223344, 4),
			 0x11223344);
	assert_int_equal(aarch32_data_order(AARCH32_E, 0x11223344, 4),
			 0x44332211);
	assert_int_equal(aarch32_data_order(AARCH32_E, 0x1122, 2), 0x2211);
	assert_int_equal(aarch32_data_order(AARCH32_E, 0x11, 1), 0x11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_aarch32_condition_follows_flags),
		cmocka_unit_test(
			test_aarch32_condition_without_cv_is_always_in_a32),
		cmocka_unit_test(
			test_aarch32_condition_without_cv_is_that_of_it_block),
		cmocka_unit_test(test_aarch32_reg_of_each_mode),
		cmocka_unit_test(test_aarch32_skip_moves_by_size),
		cmocka_unit_test(test_aarch32_skip_wraps_at_4_gib),
		cmocka_unit_test(test_aarch32_skip_advances_it_block),
		cmocka_unit_test(test_aarch32_skip_leaves_it_bits_in_a32),
		cmocka_unit_test(test_aarch32_undefined_from_a32),
		cmocka_unit_test(test_aarch32_undefined_from_it_block_of_t32),
		cmocka_unit_test(test_aarch32_undefined_obeys_sctlr),
		cmocka_unit_test(test_aarch32_undefined_leaves_big_endian),
		cmocka_unit_test(test_aarch32_undefined_with_pan_and_ssbs),
		cmocka_unit_test(test_aarch32_undefined_moves_dit),
		cmocka_unit_test(test_aarch32_start_in_either_instruction_set),
		cmocka_unit_test(test_aarch32_data_order_of_each_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
