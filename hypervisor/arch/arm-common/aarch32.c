// SPDX-License-Identifier: GPL-2.0-only
/* See asm/aarch32.h. */
#include <asm/aarch32.h>

#define ISS_CV	      (1U << 24)
#define ISS_COND(iss) ((iss) >> 20 & 0xf)
#define COND_ALWAYS   0xeU

/* ITSTATE: bits 7:2 in 15:10, bits 1:0 in 26:25 */
#define SPSR_IT_MASK 0x0600fc00U

static u32 it_state(u32 spsr)
{
	return (spsr >> 10 & 0x3f) << 2 | (spsr >> 25 & 3);
}

static u32 with_it_state(u32 spsr, u32 it)
{
	return (spsr & ~SPSR_IT_MASK) | (it >> 2 & 0x3f) << 10 | (it & 3) << 25;
}

unsigned int aarch32_reg(u32 spsr, unsigned int n)
{
	/* Of each mode with its own: where its LR is; SP is the next one. */
	static const u8 lr_of[32] = {
		[AARCH32_IRQ] = 16,
		[AARCH32_SVC] = 18,
		[AARCH32_ABT] = 20,
		[AARCH32_UND] = 22,
	};
	u32 mode = AARCH32_MODE(spsr);

	if (mode == AARCH32_FIQ && n >= 8 && n <= 14)
		return n + 16;
	if (lr_of[mode] && (n == 13 || n == 14))
		return lr_of[mode] + (14 - n);
	return n;
}

/* The lowest bit negates, all ones is "always" once more: F2.3.1. */
static bool condition_holds(u32 spsr, u32 condition)
{
	bool n = spsr >> 31 & 1, z = spsr >> 30 & 1;
	bool c = spsr >> 29 & 1, v = spsr >> 28 & 1;
	bool holds[8] = { z, c, n, v, c && !z, n == v, n == v && !z, true };

	if (condition >= COND_ALWAYS)
		return true;
	return holds[condition >> 1] != (condition & 1);
}

bool aarch32_condition_passed(u32 spsr, u32 iss)
{
	if (iss & ISS_CV)
		return condition_holds(spsr, ISS_COND(iss));
	/* Only T32 leaves it open: the IT block has it, if there is one. */
	if (!(spsr & AARCH32_T) || !it_state(spsr))
		return true;
	return condition_holds(spsr, it_state(spsr) >> 4);
}

/* ITAdvance(), F1.2.1: 2:0 all zero was the block's last instruction. */
static u32 next_it_state(u32 it)
{
	return it & 7 ? (it & 0xe0) | (it << 1 & 0x1f) : 0;
}

void aarch32_skip(struct aarch32_state *state, unsigned int size)
{
	state->pc += size;
	if (state->spsr & AARCH32_T)
		state->spsr = with_it_state(
			state->spsr, next_it_state(it_state(state->spsr)));
}

/* SPSR_und is as AArch32 has it: DIT at 21, and no software step. */
static u32 spsr_for_aarch32(u32 spsr)
{
	u32 dit = spsr & AARCH32_DIT;

	return (spsr & ~(AARCH32_DIT | AARCH32_SS)) | dit >> 3;
}

/* AArch32.EnterMode(), J1.3.3 */
u32 aarch32_take_undefined(struct aarch32_state *state,
			   const struct aarch32_vectors *vectors, u32 *lr)
{
	u32 old = state->spsr, sctlr = vectors->sctlr;
	u32 spsr = with_it_state(old, 0);

	spsr &= ~(0x1fU | AARCH32_T | AARCH32_E | AARCH32_IL | AARCH32_SS);
	spsr |= AARCH32_UND | AARCH32_I;
	if (sctlr & AARCH32_SCTLR_TE)
		spsr |= AARCH32_T;
	if (sctlr & AARCH32_SCTLR_EE)
		spsr |= AARCH32_E;
	if (vectors->has_pan && !(sctlr & AARCH32_SCTLR_SPAN))
		spsr |= AARCH32_PAN;
	if (vectors->has_ssbs)
		spsr = (spsr & ~AARCH32_SSBS) |
		       (sctlr & AARCH32_SCTLR_DSSBS ? AARCH32_SSBS : 0);

	*lr = state->pc + (old & AARCH32_T ? 2 : 4);
	state->spsr = spsr;
	state->pc = (sctlr & AARCH32_SCTLR_V ? 0xffff0000U
					     : vectors->vbar & ~0x1fU) +
		    4;
	return spsr_for_aarch32(old);
}

struct aarch32_state aarch32_start(u64 entry)
{
	struct aarch32_state state = {
		.pc = (u32)entry & ~1U,
		.spsr = AARCH32_SVC | AARCH32_A | AARCH32_I | AARCH32_F,
	};

	if (entry & 1)
		state.spsr |= AARCH32_T;
	return state;
}

u64 aarch32_data_order(u32 spsr, u64 value, unsigned int size)
{
	return spsr & AARCH32_E ? __builtin_bswap64(value) >> (64 - 8 * size)
				: value;
}
