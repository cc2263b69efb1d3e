// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Properties that hold phandles, and how many cells follow each: a number that
 * the provider says ("#clock-cells"). Which properties these are is in the
 * bindings of their subsystems (Documentation/devicetree/bindings of Linux).
 */
#include "import/refs.h"

#include <string.h>

enum how {
	WHOLE,	/* the name is this */
	PREFIX, /* it begins so, and a number follows */
	SUFFIX, /* it ends so */
};

static const struct ref_property {
	enum how how;
	const char *name;
	enum jhcfg_hw_ref_kind kind;
	const char *cells; /* property of the provider; NULL: none follow */
	const char *names; /* property beside it with names; or NULL */
} properties[] = {
	/* clang-format off */
	{ WHOLE,  "clocks",	       JHCFG_REF_CLOCK,     "#clock-cells",	    "clock-names" },
	{ WHOLE,  "assigned-clocks",   JHCFG_REF_CLOCK,     "#clock-cells",	    NULL },
	{ WHOLE,  "assigned-clock-parents", JHCFG_REF_CLOCK, "#clock-cells",	    NULL },
	{ WHOLE,  "power-domains",     JHCFG_REF_POWER,     "#power-domain-cells",  "power-domain-names" },
	{ WHOLE,  "resets",	       JHCFG_REF_RESET,     "#reset-cells",	    "reset-names" },
	{ PREFIX, "pinctrl-",	       JHCFG_REF_PINCTRL,   NULL,		    NULL },
	{ WHOLE,  "dmas",	       JHCFG_REF_DMA,	    "#dma-cells",	    "dma-names" },
	{ WHOLE,  "phys",	       JHCFG_REF_PHY,	    "#phy-cells",	    "phy-names" },
	{ WHOLE,  "phy-handle",	       JHCFG_REF_PHY,	    NULL,		    NULL },
	{ WHOLE,  "usb-phy",	       JHCFG_REF_PHY,	    NULL,		    NULL },
	{ SUFFIX, "-supply",	       JHCFG_REF_REGULATOR, NULL,		    NULL },
	{ WHOLE,  "iommus",	       JHCFG_REF_IOMMU,	    "#iommu-cells",	    NULL },
	{ WHOLE,  "msi-parent",	       JHCFG_REF_MSI,	    "#msi-cells",	    NULL },
	{ WHOLE,  "mboxes",	       JHCFG_REF_OTHER,	    "#mbox-cells",	    "mbox-names" },
	{ WHOLE,  "pwms",	       JHCFG_REF_OTHER,	    "#pwm-cells",	    "pwm-names" },
	{ WHOLE,  "hwlocks",	       JHCFG_REF_OTHER,	    "#hwlock-cells",	    "hwlock-names" },
	{ WHOLE,  "interconnects",     JHCFG_REF_OTHER,	    "#interconnect-cells",  "interconnect-names" },
	{ WHOLE,  "io-channels",       JHCFG_REF_OTHER,	    "#io-channel-cells",    "io-channel-names" },
	{ WHOLE,  "thermal-sensors",   JHCFG_REF_OTHER,	    "#thermal-sensor-cells", NULL },
	{ WHOLE,  "mux-controls",      JHCFG_REF_OTHER,	    "#mux-control-cells",   "mux-control-names" },
	{ WHOLE,  "sound-dai",	       JHCFG_REF_OTHER,	    "#sound-dai-cells",	    NULL },
	{ WHOLE,  "nvmem-cells",       JHCFG_REF_OTHER,	    NULL,		    "nvmem-cell-names" },
	{ WHOLE,  "memory-region",     JHCFG_REF_OTHER,	    NULL,		    "memory-region-names" },
	{ SUFFIX, "-gpios",	       JHCFG_REF_OTHER,	    "#gpio-cells",	    NULL },
	{ SUFFIX, "-gpio",	       JHCFG_REF_OTHER,	    "#gpio-cells",	    NULL },
	{ WHOLE,  "gpios",	       JHCFG_REF_OTHER,	    "#gpio-cells",	    NULL },
	{ WHOLE,  "syscon",	       JHCFG_REF_OTHER,	    NULL,		    NULL },
	{ WHOLE,  "mmc-pwrseq",	       JHCFG_REF_OTHER,	    NULL,		    NULL },
	{ WHOLE,  "i2c-parent",	       JHCFG_REF_OTHER,	    NULL,		    NULL },
	{ WHOLE,  "ddc-i2c-bus",       JHCFG_REF_OTHER,	    NULL,		    NULL },
	{ WHOLE,  "backlight",	       JHCFG_REF_OTHER,	    NULL,		    NULL },
	/* clang-format on */
};

#define NUM_PROPERTIES (sizeof(properties) / sizeof(properties[0]))

static bool has_property_name(const struct ref_property *row, const char *name)
{
	size_t length = strlen(name), part = strlen(row->name);

	switch (row->how) {
	case WHOLE:
		return !strcmp(name, row->name);
	case PREFIX:
		return !strncmp(name, row->name, part) && name[part] &&
		       strspn(name + part, "0123456789") == length - part;
	case SUFFIX:
		return length > part &&
		       !strcmp(name + length - part, row->name);
	}
	return false;
}

static const struct ref_property *find_property(const char *name)
{
	for (size_t n = 0; n < NUM_PROPERTIES; n++)
		if (has_property_name(&properties[n], name))
			return &properties[n];
	return NULL;
}

static bool read_args(const struct dt_tree *tree,
		      const struct ref_property *row,
		      const struct dt_prop *prop, size_t index,
		      struct dt_ref *ref)
{
	uint32_t count =
		row->cells ? dt_u32(tree, ref->node, row->cells, 0) : 0;

	if (count > DT_MAX_ARGS || count > dt_num_cells(prop) - index)
		return false;
	ref->num_args = count;
	for (uint32_t n = 0; n < count; n++)
		ref->args[n] = dt_cell(prop, index + n);
	return true;
}

/* One property: phandle, arguments, phandle, ... A phandle of 0 leaves an
 * entry out; one that leads nowhere makes the rest unreadable. */
static void read_property(const struct dt_tree *tree, uint32_t node,
			  const struct ref_property *row,
			  const struct dt_prop *prop,
			  void (*found)(void *, const struct dt_ref *),
			  void *context)
{
	const struct dt_prop *names =
		row->names ? dt_prop(tree, node, row->names) : NULL;
	const char *name = NULL;
	size_t index = 0;

	while (index < dt_num_cells(prop)) {
		uint32_t phandle = dt_cell(prop, index++);
		struct dt_ref ref = { .kind = row->kind,
				      .property = prop->name };

		if (names) {
			name = dt_next_text(names, name);
			names = name ? names : NULL;
		}
		if (!phandle)
			continue;
		ref.node = dt_find_phandle(tree, phandle);
		ref.name = name ? name : "";
		if (ref.node == DT_NONE ||
		    !read_args(tree, row, prop, index, &ref))
			return;
		index += ref.num_args;
		found(context, &ref);
	}
}

void dt_refs(const struct dt_tree *tree, uint32_t node,
	     void (*found)(void *context, const struct dt_ref *ref),
	     void *context)
{
	const struct dt_node *owner = &tree->nodes[node];

	for (uint32_t n = 0; n < owner->num_props; n++) {
		const struct dt_prop *prop =
			&tree->props[owner->first_prop + n];
		const struct ref_property *row = find_property(prop->name);

		if (row)
			read_property(tree, node, row, prop, found, context);
	}
}
