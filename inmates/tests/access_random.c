/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate.h>

#include "access.h"
#include "access_arch.h"
#include "prng.h"

#define MAX_WINDOWS 8

struct window {
	u64 base, size;
};

static struct window windows[MAX_WINDOWS];
static unsigned int num_windows;

/* "B+S,B+S": the numbers are found by the parser of the command line. */
static void parse_windows(void)
{
	const char *text;
	size_t length;

	text = cmdline_find("win", &length);
	while (text && length > 0 && num_windows < MAX_WINDOWS) {
		struct window *window = &windows[num_windows];
		size_t used = cmdline_number(text, length, &window->base);

		if (used == 0 || used == length || text[used] != '+')
			return;
		text += used + 1;
		length -= used + 1;
		used = cmdline_number(text, length, &window->size);
		if (used == 0 || window->size < 8)
			return;
		num_windows++;
		if (used == length || text[used] != ',')
			return;
		text += used + 1;
		length -= used + 1;
	}
}

static unsigned int random_width(struct prng *prng)
{
	return 1U << prng_below(prng, access_num_widths);
}

/* A naturally aligned address in some window */
static u64 random_address(struct prng *prng, unsigned int width)
{
	const struct window *window = &windows[prng_below(prng, num_windows)];
	u64 offset = prng_next(prng) % (window->size - 7);

	return (window->base + offset) & ~(u64)(width - 1);
}

/* Width 0: any that the operation can have */
static const struct {
	const char *op;
	unsigned int width;
} memory_kinds[] = {
	{ "read", 0 },	    { "write", 0 },	{ "read", 0 },
	{ "write", 0 },	    { "exec", 4 },	{ "pair", 16 },
	{ "postindex", 8 }, { "exclusive", 8 }, { "zero", 64 },
	{ "walk", 4096 },
};

static bool foreign_memory(struct prng *prng, struct access *access)
{
	u64 kind = prng_below(prng, ARRAY_SIZE(memory_kinds));

	if (num_windows == 0)
		return false;
	access->op = access_op_find(memory_kinds[kind].op);
	access->width = memory_kinds[kind].width;
	if (access->width == 0)
		access->width = random_width(prng);
	access->addr = random_address(prng, access->width);
	return true;
}

static bool in_page(struct prng *prng, struct access *access, const char *key,
		    const char *op, unsigned int width)
{
	u64 page = cmdline_u64(key, 0);

	access->op = access_op_find(op);
	access->width = width;
	access->addr = page + prng_below(prng, 0x1000 / width) * width;
	return page != 0;
}

static bool read_only(struct prng *prng, struct access *access)
{
	return in_page(prng, access, "ro", "write", random_width(prng));
}

static bool not_executable(struct prng *prng, struct access *access)
{
	return in_page(prng, access, "nx", "exec", 4);
}

/* 1 or 2 bytes, as 8 would touch what is behind the register */
static bool wrong_width(struct prng *prng, struct access *access)
{
	access->addr = cmdline_u64("sub", 0);
	access->width = 1U << prng_below(prng, 2);
	access->op = access_op_find(prng_below(prng, 2) ? "read" : "write");
	return access->addr != 0;
}

static bool foreign_hvc(struct prng *prng, struct access *access)
{
	access->op = access_op_find("hvc");
	do {
		access->addr = prng_below(prng, 0x10000);
	} while (access->addr == JAILHOUSE_HVC_IMMEDIATE);
	return true;
}

/* Fast calls, 32 and 64 bit, of OEMs (3) and trusted OSes (50 to 63) */
static bool foreign_smc(struct prng *prng, struct access *access)
{
	u64 owner = prng_below(prng, 15);

	access->op = access_op_find("smc");
	access->addr = 1ULL << 31 | prng_below(prng, 2) << 30 |
		       (owner == 0 ? 3 : 49 + owner) << 24 |
		       prng_below(prng, 0x10000);
	return true;
}

static bool ungranted_reg(struct prng *prng, struct access *access)
{
	access->op = access_op_find(prng_below(prng, 2) ? ACCESS_REG_READ
							: ACCESS_REG_WRITE);
	access->addr = prng_below(prng, access_num_regs());
	return true;
}

/* Memory is most of what there is to get wrong, so it comes most often. */
static bool (*const kinds[])(struct prng *prng, struct access *access) = {
	foreign_memory, foreign_memory, foreign_memory, foreign_memory,
	foreign_memory, foreign_memory, read_only,	not_executable,
	wrong_width,	foreign_hvc,	foreign_smc,	ungranted_reg,
};

void access_random(u64 seed, struct access *access)
{
	struct prng prng;

	prng_seed(&prng, seed);
	access->value = prng_next(&prng);
	access->pci = seed % 2 && access_random_pci(&prng, access);
	if (access->pci)
		return;
	parse_windows();
	/* A kind that the command line has no address for is drawn again. */
	while (!kinds[prng_below(&prng, ARRAY_SIZE(kinds))](&prng, access))
		;
}
