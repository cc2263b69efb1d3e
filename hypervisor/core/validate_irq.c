/* SPDX-License-Identifier: GPL-2.0-only */
/* Judging interrupt chips: which interrupts a cell owns. */
#include "validate.h"

#define PINS_PER_CHIP 128U
#define GIC_PRIVATE   32U   /* SGIs and PPIs, each CPU has its own */
#define GIC_INTIDS    1024U /* ARM IHI 0048B 3.1.2; 1020 up are special */

/* The chip's pins as words of 32 INTIDs, word n beginning at pin_base. */
#define CHIP_WORDS (PINS_PER_CHIP / 32)

static int refuse_owned(const struct judge *judge, u32 intid,
			const struct cell *owner)
{
	return judge_refuse(judge, -EINVAL, "INTID %u is of cell \"%s\"", intid,
			    owner->config->name);
}

static int judge_spi_owner(struct judge *judge, u32 first, u32 pins)
{
	const struct config_context *context = judge->context;
	const struct cell *cell;
	u32 word = first / 32;
	u32 taken;

	for (cell = context->cells; cell; cell = cell->next) {
		taken = pins & cell->irqs[word];
		if (taken)
			return refuse_owned(
				judge, first + (u32)__builtin_ctz(taken), cell);
	}
	taken = pins & ~context->root->irqs[word];
	if (taken)
		judge_warn(judge, WARN_IRQ_NOT_ROOT,
			   "INTID %u is not the root's",
			   first + (u32)__builtin_ctz(taken));
	return 0;
}

static int judge_spis(struct judge *judge, u32 first, u32 pins)
{
	if (!pins)
		return 0;
	if (first < GIC_PRIVATE) {
		judge_warn(judge, WARN_IRQ_PRIVATE,
			   "has INTIDs below 32, which each CPU has anyway");
		return 0;
	}
	/* Root configurations list all that there could be. */
	if (!judge->is_root &&
	    first + 31 - (u32)__builtin_clz(pins) > judge->context->max_spi)
		judge_warn(judge, WARN_IRQ_BEYOND,
			   "has INTIDs beyond %u, the last of this GIC",
			   judge->context->max_spi);
	return judge->is_root ? 0 : judge_spi_owner(judge, first, pins);
}

static int judge_gic(struct judge *judge, const struct jailhouse_irqchip *chip)
{
	u64 gicd = judge->context->system->platform_info.arm.gicd_base;
	int err = 0;

	if (chip->address != gicd)
		return judge_refuse(judge, -EINVAL,
				    "address 0x%llx is not the GIC distributor "
				    "at 0x%llx",
				    chip->address, gicd);
	if (chip->pin_base % 32)
		return judge_refuse(judge, -EINVAL,
				    "pin base %u is no multiple of 32",
				    chip->pin_base);
	if (chip->pin_base > GIC_INTIDS - PINS_PER_CHIP)
		return judge_refuse(judge, -EINVAL,
				    "pin base %u: its last pin is beyond "
				    "INTID %u",
				    chip->pin_base, GIC_INTIDS - 1);
	for (unsigned int n = 0; !err && n < CHIP_WORDS; n++)
		err = judge_spis(judge, chip->pin_base + n * 32,
				 chip->pin_bitmap[n]);
	return err;
}

static int judge_ioapic(struct judge *judge,
			const struct jailhouse_irqchip *chip)
{
	if (chip->pin_base)
		return judge_refuse(judge, -EINVAL,
				    "pin base %u, an IOAPIC has 0",
				    chip->pin_base);
	return 0;
}

int judge_irqchips(struct judge *judge)
{
	const struct jailhouse_irqchip *chip =
		jailhouse_cell_irqchips(judge->config);
	int err = 0;

	judge->entry = ENTRY_IRQCHIP;
	for (judge->index = 0;
	     !err && judge->index < judge->config->num_irqchips;
	     judge->index++, chip++)
		err = is_arm(judge) ? judge_gic(judge, chip)
				    : judge_ioapic(judge, chip);
	return err;
}
