// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Devicetree Specification v0.4, 2.4: the interrupt tree. A specifier goes
 * from controller to controller: through "interrupt-map", and through
 * controllers that stand before the GIC with a line for each line.
 */
#include "import/irq.h"

#include <string.h>

#define MAX_HOPS      16
#define MAX_SPECIFIER DT_MAX_CELLS
/* Unit address and specifier */
#define MAX_KEY (2 * DT_MAX_CELLS)

struct specifier {
	uint32_t parent; /* node that the cells are for */
	uint32_t cells[MAX_SPECIFIER];
	uint32_t num_cells;
};

/* Bindings arm,gic.yaml, arm,gic-v3.yaml and those that say "compatible to a
 * GIC". GICv1 is as GICv2 here, without the virtualisation registers. */
static const struct dt_match gics[] = {
	{ "arm,gic-400", JHCFG_HW_GICV2 },
	{ "arm,cortex-a15-gic", JHCFG_HW_GICV2 },
	{ "arm,cortex-a7-gic", JHCFG_HW_GICV2 },
	{ "arm,cortex-a9-gic", JHCFG_HW_GICV2 },
	{ "arm,cortex-a5-gic", JHCFG_HW_GICV2 },
	{ "arm,eb11mp-gic", JHCFG_HW_GICV2 },
	{ "arm,tc11mp-gic", JHCFG_HW_GICV2 },
	{ "arm,arm11mp-gic", JHCFG_HW_GICV2 },
	{ "arm,arm1176jzf-devchip-gic", JHCFG_HW_GICV2 },
	{ "arm,pl390", JHCFG_HW_GICV2 },
	{ "brcm,brahma-b15-gic", JHCFG_HW_GICV2 },
	{ "nvidia,tegra210-agic", 0 }, /* an audio DSP's, behind the GIC */
	{ "qcom,msm-qgic2", JHCFG_HW_GICV2 },
	{ "qcom,msm-8660-qgic", JHCFG_HW_GICV2 },
	{ "hisilicon,hip04-intc", JHCFG_HW_GICV2 },
	{ "arm,gic-v3", JHCFG_HW_GICV3 },
	{ "arm,gic-v4", JHCFG_HW_GICV3 },
	{ "qcom,msm8996-gic-v3", JHCFG_HW_GICV3 },
	{ NULL, 0 },
};

int dt_gic_kind(const struct dt_tree *tree, uint32_t node)
{
	return dt_match(tree, node, gics, 0);
}

/* Controllers before the GIC (wake-up, power management, polarity) whose lines
 * are the GIC's. */
enum passing {
	PASS_NOT,
	PASS_SPECIFIER, /* theirs is that of the GIC */
	PASS_SPI,	/* one or two cells: SPI number, flags */
};

static const struct dt_match passing[] = {
	{ "fsl,imx6q-gpc", PASS_SPECIFIER },
	{ "fsl,imx6sx-gpc", PASS_SPECIFIER },
	{ "fsl,imx6ul-gpc", PASS_SPECIFIER },
	{ "fsl,imx7d-gpc", PASS_SPECIFIER },
	{ "fsl,imx8mq-gpc", PASS_SPECIFIER },
	{ "fsl,imx8mm-gpc", PASS_SPECIFIER },
	{ "fsl,imx8mn-gpc", PASS_SPECIFIER },
	{ "fsl,imx8mp-gpc", PASS_SPECIFIER },
	{ "ti,omap4-wugen-mpu", PASS_SPECIFIER },
	{ "ti,omap5-wugen-mpu", PASS_SPECIFIER },
	{ "nvidia,tegra20-ictlr", PASS_SPECIFIER },
	{ "nvidia,tegra30-ictlr", PASS_SPECIFIER },
	{ "nvidia,tegra210-ictlr", PASS_SPECIFIER },
	{ "mediatek,mt6577-sysirq", PASS_SPECIFIER },
	{ "fsl,vf610-mscm-ir", PASS_SPI },
	{ NULL, 0 },
};

static bool read_specifier(const struct dt_prop *prop, size_t index,
			   uint32_t count, struct specifier *spec)
{
	if (count > MAX_SPECIFIER || count > dt_num_cells(prop) ||
	    index > dt_num_cells(prop) - count)
		return false;
	spec->num_cells = count;
	for (uint32_t n = 0; n < count; n++)
		spec->cells[n] = dt_cell(prop, index + n);
	return true;
}

static uint32_t interrupt_cells(const struct dt_tree *tree, uint32_t node)
{
	return dt_u32(tree, node, "#interrupt-cells", 0);
}

/* Upwards to what has "#interrupt-cells", along "interrupt-parent" where it is
 * given. A cycle ends when every node was passed. */
static uint32_t interrupt_parent(const struct dt_tree *tree, uint32_t node)
{
	for (uint32_t n = 0; n < tree->num_nodes; n++) {
		const struct dt_prop *prop =
			dt_prop(tree, node, "interrupt-parent");

		node = prop ? dt_find_phandle(tree, dt_cell(prop, 0))
			    : tree->nodes[node].parent;
		if (node == DT_NONE || dt_prop(tree, node, "#interrupt-cells"))
			return node;
	}
	return DT_NONE;
}

/* --- interrupt-map ----------------------------------------------------------
 */

struct key {
	uint32_t cells[MAX_KEY];
	uint32_t count;
};

static bool matches(const struct dt_prop *map, size_t index,
		    const struct dt_prop *mask, const struct key *key)
{
	for (uint32_t n = 0; n < key->count; n++) {
		uint32_t bits = mask ? dt_cell(mask, n) : UINT32_MAX;

		if ((dt_cell(map, index + n) ^ key->cells[n]) & bits)
			return false;
	}
	return true;
}

/* An entry: unit address, specifier, phandle, parent's unit address, parent's
 * specifier. Returns its length, 0 if it makes no sense. */
static size_t map_entry(const struct dt_tree *tree, const struct dt_prop *map,
			size_t index, uint32_t key_cells, struct specifier *to)
{
	size_t at = index + key_cells;
	uint32_t address_cells, parent;

	if (at >= dt_num_cells(map))
		return 0;
	parent = dt_find_phandle(tree, dt_cell(map, at));
	if (parent == DT_NONE)
		return 0;
	/* Without the property an interrupt parent has none here. */
	address_cells = dt_prop(tree, parent, "#address-cells")
				? tree->nodes[parent].address_cells
				: 0;
	at += 1 + address_cells;
	to->parent = parent;
	if (!read_specifier(map, at, interrupt_cells(tree, parent), to))
		return 0;
	return at + to->num_cells - index;
}

static bool follow_map(const struct dt_tree *tree, uint32_t nexus,
		       const struct key *key, struct specifier *spec)
{
	const struct dt_prop *map = dt_prop(tree, nexus, "interrupt-map");
	const struct dt_prop *mask = dt_prop(tree, nexus, "interrupt-map-mask");
	struct specifier to;
	size_t index = 0, length;

	while ((length = map_entry(tree, map, index, key->count, &to))) {
		if (matches(map, index, mask, key)) {
			*spec = to;
			return true;
		}
		index += length;
	}
	return false;
}

/* The unit address that the map compares: of the node whose interrupt it is,
 * or of the nexus that was passed last. */
static void make_key(const struct dt_tree *tree, uint32_t nexus, uint32_t unit,
		     const struct specifier *spec, struct key *key)
{
	const struct dt_prop *reg = dt_prop(tree, unit, "reg");

	key->count = 0;
	for (uint32_t n = 0; n < tree->nodes[nexus].address_cells; n++)
		key->cells[key->count++] = dt_cell(reg, n);
	for (uint32_t n = 0; n < spec->num_cells; n++)
		key->cells[key->count++] = spec->cells[n];
}

/* --- one specifier to where it ends ------------------------------------------
 */

static bool pass(const struct dt_tree *tree, uint32_t node,
		 struct specifier *spec)
{
	int how = dt_match(tree, node, passing, PASS_NOT);
	uint32_t above;

	if (how == PASS_NOT)
		return false;
	above = interrupt_parent(tree, node);
	if (above == DT_NONE)
		return false;
	if (how == PASS_SPI) {
		spec->cells[2] = spec->num_cells > 1 ? spec->cells[1] : 4;
		spec->cells[1] = spec->cells[0];
		spec->cells[0] = 0;
		spec->num_cells = 3;
	}
	spec->parent = above;
	return spec->num_cells == interrupt_cells(tree, above);
}

/* Binding arm,gic.yaml: type, number, flags. */
static const struct {
	uint32_t first, count; /* INTIDs */
	bool per_cpu;
} gic_types[] = {
	{ 32, 988, false },    /* SPI */
	{ 16, 16, true },      /* PPI */
	{ 4096, 1024, false }, /* extended SPI: ARM IHI 0069H, 2.2.1 */
	{ 1056, 64, true },    /* extended PPI */
};

static enum jhcfg_hw_trigger trigger_of(uint32_t flags)
{
	if (flags & 3)
		return JHCFG_TRIGGER_EDGE;
	return flags & 12 ? JHCFG_TRIGGER_LEVEL : JHCFG_TRIGGER_UNKNOWN;
}

static bool decode_gic(const struct specifier *spec, struct dt_irq *irq)
{
	uint32_t type = spec->cells[0];

	if (spec->num_cells < 3 ||
	    type >= sizeof(gic_types) / sizeof(gic_types[0]) ||
	    spec->cells[1] >= gic_types[type].count)
		return false;
	irq->number = gic_types[type].first + spec->cells[1];
	irq->per_cpu = gic_types[type].per_cpu;
	irq->trigger = trigger_of(spec->cells[2]);
	irq->at_gic = true;
	return true;
}

static void resolve(const struct dt_tree *tree, uint32_t unit,
		    struct specifier *spec, struct dt_irq *irq)
{
	*irq = (struct dt_irq){ 0 };
	for (unsigned int hop = 0; hop < MAX_HOPS; hop++) {
		uint32_t node = spec->parent;
		struct key key;

		if (dt_gic_kind(tree, node) && decode_gic(spec, irq))
			break;
		if (dt_prop(tree, node, "interrupt-map")) {
			make_key(tree, node, unit, spec, &key);
			if (!follow_map(tree, node, &key, spec))
				break;
			unit = node;
		} else if (!pass(tree, node, spec)) {
			break;
		}
	}
	irq->controller = spec->parent;
	if (!irq->at_gic)
		irq->number = spec->num_cells ? spec->cells[0] : 0;
}

/* --- of a node
 * ---------------------------------------------------------------- */

void dt_irq_begin(const struct dt_tree *tree, uint32_t node,
		  struct dt_irq_cursor *cursor)
{
	*cursor = (struct dt_irq_cursor){
		.prop = dt_prop(tree, node, "interrupts-extended"),
		.extended = true,
		.parent = DT_NONE,
	};
	if (cursor->prop)
		return;
	cursor->extended = false;
	cursor->prop = dt_prop(tree, node, "interrupts");
	if (cursor->prop)
		cursor->parent = interrupt_parent(tree, node);
}

/* Phandle 0 stands for an interrupt that is not there. */
static bool next_extended(const struct dt_tree *tree,
			  struct dt_irq_cursor *cursor, struct specifier *spec)
{
	while (cursor->cell < dt_num_cells(cursor->prop)) {
		uint32_t phandle = dt_cell(cursor->prop, cursor->cell++);

		if (!phandle)
			continue;
		spec->parent = dt_find_phandle(tree, phandle);
		return spec->parent != DT_NONE;
	}
	return false;
}

bool dt_irq_next(const struct dt_tree *tree, uint32_t node,
		 struct dt_irq_cursor *cursor, struct dt_irq *irq)
{
	struct specifier spec = { .parent = cursor->parent };

	if (cursor->extended && !next_extended(tree, cursor, &spec))
		return false;
	if (spec.parent == DT_NONE || !dt_num_cells(cursor->prop) ||
	    !read_specifier(cursor->prop, cursor->cell,
			    interrupt_cells(tree, spec.parent), &spec) ||
	    (!spec.num_cells && !cursor->extended))
		return false;
	cursor->cell += spec.num_cells;
	resolve(tree, node, &spec, irq);
	return true;
}

bool dt_irq_intx(const struct dt_tree *tree, uint32_t node, uint32_t pin,
		 struct dt_irq *irq)
{
	struct specifier spec = {
		.parent = node,
		.cells = { pin },
		.num_cells = 1,
	};

	if (!dt_prop(tree, node, "interrupt-map") ||
	    interrupt_cells(tree, node) != 1)
		return false;
	/* Slot 0 of bus 0: a unit address of zeros, as the host bridge's own
	 * "reg" must not be taken for one. */
	{
		struct key key = { .count = tree->nodes[node].address_cells };

		key.cells[key.count++] = pin;
		if (!follow_map(tree, node, &key, &spec))
			return false;
	}
	resolve(tree, node, &spec, irq);
	return irq->at_gic;
}
