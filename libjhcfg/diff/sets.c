// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is a set: CPUs, interrupt lines, ports. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff/diff.h"

#define NUM_LINES 2048U
#define NUM_PORTS 0x10000U

/* "1-3, 7": the bits that @a has and @b has not; NULL: none. */
static const char *number(struct jhcfg_diff *diff, size_t value, bool hex)
{
	return hex ? diff_text(diff, "0x%zx", value)
		   : diff_text(diff, "%zu", value);
}

static const char *only_in(struct jhcfg_diff *diff, const uint8_t *a,
			   const uint8_t *b, size_t count, bool hex)
{
	const char *text = NULL;

	for (size_t n = 0; n < count; n++) {
		size_t first = n;
		const char *range;

		while (n < count && a[n] && !b[n])
			n++;
		if (n == first)
			continue;
		range = number(diff, first, hex);
		if (n - first > 1)
			range = diff_text(diff, "%s-%s", range,
					  number(diff, n - 1, hex));
		text = text ? diff_text(diff, "%s, %s", text, range) : range;
	}
	return text;
}

static void tell(struct jhcfg_diff *diff, const char *object, const uint8_t *a,
		 const uint8_t *b, size_t count, bool hex)
{
	const char *removed = only_in(diff, a, b, count, hex);
	const char *added = only_in(diff, b, a, count, hex);

	if (removed)
		diff_add(diff, JHCFG_REMOVED, object, NULL, removed, NULL);
	if (added)
		diff_add(diff, JHCFG_ADDED, object, NULL, NULL, added);
}

/* Two sets of @count, a byte each. */
struct two_sets {
	uint8_t *a, *b;
};

static bool make(struct jhcfg_diff *diff, struct two_sets *sets, size_t count)
{
	sets->a = calloc(2 * count + 1, 1);
	sets->b = sets->a + count;
	diff->failed |= !sets->a;
	return sets->a;
}

/* --- CPUs --------------------------------------------------------------------
 */

static const struct jhcfg_cpu_set *set_of(const struct jhcfg_config *config,
					  const struct jhcfg_set_info *info)
{
	return (const void *)((const uint8_t *)&config->cell + info->offset);
}

static void fill_cpus(uint8_t *bits, const struct jhcfg_cpu_set *set)
{
	for (unsigned int n = 0; n < set->size * 8; n++)
		bits[n] = jhcfg_cpu_set_has(set, n);
}

void diff_cpus(struct jhcfg_diff *diff, const struct jhcfg_config *a,
	       const struct jhcfg_config *b)
{
	for (unsigned int n = 0; n < JHCFG_NUM_SETS; n++) {
		const struct jhcfg_set_info *info = &jhcfg_set_infos[n];
		const struct jhcfg_cpu_set *of_a = set_of(a, info);
		const struct jhcfg_cpu_set *of_b = set_of(b, info);
		size_t count =
			8 * (of_a->size > of_b->size ? of_a->size : of_b->size);
		struct two_sets sets;

		if (!make(diff, &sets, count))
			return;
		fill_cpus(sets.a, of_a);
		fill_cpus(sets.b, of_b);
		tell(diff, diff_text(diff, "%ss", info->one), sets.a, sets.b,
		     count, false);
		free(sets.a);
	}
}

/* --- interrupts --------------------------------------------------------------
 */

static void fill_lines(uint8_t *bits, const struct jhcfg_config *config,
		       uint64_t address, uint32_t id)
{
	const struct jhcfg_irqchip *chip;

	for (size_t n = 0;
	     (chip = jhcfg_cell_irqchip(jhcfg_config_cell(config), n)); n++) {
		if (chip->address != address || chip->id != id)
			continue;
		for (uint32_t pin = 0; pin < 128; pin++) {
			uint64_t line = (uint64_t)chip->pin_base + pin;

			if (chip->pin_bitmap[pin / 32] >> pin % 32 & 1 &&
			    line < NUM_LINES)
				bits[line] = 1;
		}
	}
}

static void diff_chip(struct jhcfg_diff *diff, const struct jhcfg_config *a,
		      const struct jhcfg_config *b,
		      const struct jhcfg_irqchip *chip)
{
	struct two_sets sets;

	if (!make(diff, &sets, NUM_LINES))
		return;
	fill_lines(sets.a, a, chip->address, chip->id);
	fill_lines(sets.b, b, chip->address, chip->id);
	tell(diff, diff_text(diff, "interrupts of 0x%" PRIx64, chip->address),
	     sets.a, sets.b, NUM_LINES, false);
	free(sets.a);
}

/* An entry before this one, of this or the other side, is of the same chip. */
static bool was_seen(const struct jhcfg_config *config, size_t count,
		     const struct jhcfg_irqchip *chip)
{
	const struct jhcfg_irqchip *other;

	for (size_t n = 0;
	     n < count &&
	     (other = jhcfg_cell_irqchip(jhcfg_config_cell(config), n));
	     n++)
		if (other->address == chip->address && other->id == chip->id)
			return true;
	return false;
}

/* Some entry has lines that no controller has. */
static bool has_odd_chip(const struct jhcfg_config *config)
{
	const struct jhcfg_irqchip *chip;

	for (size_t n = 0;
	     (chip = jhcfg_cell_irqchip(jhcfg_config_cell(config), n)); n++)
		if (chip->pin_base > NUM_LINES - 128)
			return true;
	return false;
}

void diff_irqs(struct jhcfg_diff *diff, const struct jhcfg_config *a,
	       const struct jhcfg_config *b)
{
	const struct jhcfg_irqchip *chip;

	if (has_odd_chip(a) || has_odd_chip(b)) {
		diff_list(diff, JHCFG_LIST_IRQCHIPS, a, b);
		return;
	}

	for (size_t n = 0; (chip = jhcfg_cell_irqchip(jhcfg_config_cell(a), n));
	     n++)
		if (!was_seen(a, n, chip))
			diff_chip(diff, a, b, chip);
	for (size_t n = 0; (chip = jhcfg_cell_irqchip(jhcfg_config_cell(b), n));
	     n++)
		if (!was_seen(b, n, chip) && !was_seen(a, SIZE_MAX, chip))
			diff_chip(diff, a, b, chip);
}

/* --- ports -------------------------------------------------------------------
 */

static void fill_ports(uint8_t *bits, const struct jhcfg_config *config)
{
	const struct jhcfg_pio *pio;

	for (size_t n = 0; (pio = jhcfg_cell_pio(jhcfg_config_cell(config), n));
	     n++)
		for (uint32_t i = 0;
		     i < pio->length && pio->base + i < NUM_PORTS; i++)
			bits[pio->base + i] = 1;
}

void diff_ports(struct jhcfg_diff *diff, const struct jhcfg_config *a,
		const struct jhcfg_config *b)
{
	struct two_sets sets;

	if (!jhcfg_cell_num_pio(jhcfg_config_cell(a)) &&
	    !jhcfg_cell_num_pio(jhcfg_config_cell(b)))
		return;
	if (!make(diff, &sets, NUM_PORTS))
		return;
	fill_ports(sets.a, a);
	fill_ports(sets.b, b);
	tell(diff, "ports", sets.a, sets.b, NUM_PORTS, true);
	free(sets.a);
}
