// SPDX-License-Identifier: LGPL-2.1-or-later
/* The arrays behind the descriptor. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "emit/c_emitter.h"
#include "util/bytes.h"

#define NUM_PORTS 0x10000

/* One array of the format; which dialects have it, the traits say. */
struct c_array {
	const char *type; /* of an element */
	const char *name;
	const char *count; /* member of the descriptor */
	unsigned int needs, lacks;
	size_t (*length)(const struct c_emitter *emitter,
			 const struct c_array *array);
	void (*emit)(struct c_emitter *emitter, const struct c_array *array);
	enum jhcfg_list_id list;
	bool is_set;	 /* counted in bytes */
	const char *one; /* what is in the set */
	uint16_t set;	 /* offset in struct jhcfg_cell */
	/* of a list whose elements are written in one line */
	void (*line)(struct c_emitter *emitter, const void *value);
};

static const struct jhcfg_list *list_of(const struct c_emitter *emitter,
					const struct c_array *array)
{
	return &emitter->config->cell.lists[array->list];
}

static const struct jhcfg_cpu_set *set_of(const struct c_emitter *emitter,
					  const struct c_array *array)
{
	return (const void *)((const uint8_t *)&emitter->config->cell +
			      array->set);
}

/* --- lists --- */

static size_t list_length(const struct c_emitter *emitter,
			  const struct c_array *array)
{
	return list_of(emitter, array)->count;
}

static void emit_note(struct c_emitter *emitter, enum jhcfg_list_id list,
		      size_t index)
{
	char note[512];

	if (c_item_note(emitter, list, index, note, sizeof(note)))
		c_comment(&emitter->out, note);
}

static void emit_list(struct c_emitter *emitter, const struct c_array *array)
{
	const struct jhcfg_list *list = list_of(emitter, array);

	for (size_t n = 0; n < list->count; n++) {
		emit_note(emitter, array->list, n);
		if (array->line) {
			array->line(emitter, &list->items[n].value);
			continue;
		}
		c_open(&emitter->out, NULL);
		c_emit_members(emitter, jhcfg_list_infos[array->list].type,
			       &list->items[n].value, NULL);
		c_close(&emitter->out);
	}
}

/* The pins in words, since nobody reads bitmaps. */
static void emit_irqchips(struct c_emitter *emitter,
			  const struct c_array *array)
{
	const struct jhcfg_list *list = list_of(emitter, array);
	const char *what = emitter->config->architecture == JAILHOUSE_X86
				   ? "pins"
				   : "interrupts";
	uint8_t bytes[sizeof(((struct jhcfg_irqchip *)0)->pin_bitmap)];
	char pins[128], text[160];

	for (size_t n = 0; n < list->count; n++) {
		const struct jhcfg_irqchip *chip =
			&list->items[n].value.irqchip;

		for (unsigned int i = 0; i < 4; i++)
			jhcfg_put_le(bytes + 4 * i, 4, chip->pin_bitmap[i]);
		c_format_bits(bytes, sizeof(bytes), chip->pin_base, pins,
			      sizeof(pins));
		emit_note(emitter, array->list, n);
		snprintf(text, sizeof(text), "%s %s", what,
			 *pins ? pins : "none");
		c_comment(&emitter->out, text);
		c_open(&emitter->out, NULL);
		c_emit_members(emitter, jhcfg_list_infos[array->list].type,
			       chip, NULL);
		c_close(&emitter->out);
	}
}

static void line_port_range(struct c_emitter *emitter, const void *value)
{
	const struct jhcfg_pio *range = value;

	c_line(&emitter->out, "PIO_RANGE(0x%x, 0x%x),", range->base,
	       range->length);
}

static void line_plain_id(struct c_emitter *emitter, const void *value)
{
	const struct jhcfg_stream_id *id = value;

	c_line(&emitter->out, "0x%" PRIx32 ",", id->id);
}

static void line_stream_id(struct c_emitter *emitter, const void *value)
{
	const struct jhcfg_stream_id *id = value;

	if (id->id >> 16)
		c_line(&emitter->out,
		       "{ .mmu500.id = 0x%x, .mmu500.mask_out = 0x%x },",
		       (unsigned int)id->id & 0xffff,
		       (unsigned int)id->id >> 16);
	else
		c_line(&emitter->out, "{ .id = 0x%x },", (unsigned int)id->id);
}

static void line_smmu_sid(struct c_emitter *emitter, const void *value)
{
	const struct jhcfg_stream_id *id = value;

	c_line(&emitter->out,
	       "{ .sid = 0x%" PRIx32 ", .sid_mask = 0x%" PRIx32 " },", id->id,
	       id->mask);
}

/* --- sets --- */

static bool has_words(const struct c_array *array, size_t size)
{
	return !strcmp(array->type, "__u64") && size % 8 == 0;
}

static size_t set_length(const struct c_emitter *emitter,
			 const struct c_array *array)
{
	size_t size = set_of(emitter, array)->size;

	return has_words(array, size) ? size / 8 : size;
}

static void emit_set(struct c_emitter *emitter, const struct c_array *array)
{
	const struct jhcfg_cpu_set *set = set_of(emitter, array);
	size_t width = has_words(array, set->size) ? 8 : 1;
	size_t count = set->size / width;
	char members[128], text[160];

	c_format_bits(set->bytes, set->size, 0, members, sizeof(members));
	snprintf(text, sizeof(text), "%ss %s", array->one,
		 *members ? members : "none");
	c_comment(&emitter->out, text);
	for (size_t n = 0; n < count; n++) {
		uint64_t value = jhcfg_get_le(set->bytes + n * width, width);

		if (count == 1)
			c_line(&emitter->out, "0x%" PRIx64 ",", value);
		else if (value)
			c_line(&emitter->out, "[%zu] = 0x%" PRIx64 ",", n,
			       value);
	}
}

/* --- memory and PCI, which have files of their own --- */

static size_t plain_length(const struct c_emitter *emitter,
			   const struct c_array *array)
{
	(void)array;
	return c_count_memory(emitter, false);
}

static size_t colored_length(const struct c_emitter *emitter,
			     const struct c_array *array)
{
	(void)array;
	return c_count_memory(emitter, true);
}

static void emit_plain(struct c_emitter *emitter, const struct c_array *array)
{
	(void)array;
	c_emit_memory(emitter, false);
}

static void emit_colored(struct c_emitter *emitter, const struct c_array *array)
{
	(void)array;
	c_emit_memory(emitter, true);
}

static void emit_pci_devices(struct c_emitter *emitter,
			     const struct c_array *array)
{
	(void)array;
	c_emit_pci_devices(emitter);
}

static void emit_pci_caps(struct c_emitter *emitter,
			  const struct c_array *array)
{
	(void)array;
	c_emit_pci_caps(emitter);
}

/* --- ports as a bitmap: a 1 denies --- */

static size_t bitmap_length(const struct c_emitter *emitter,
			    const struct c_array *array)
{
	(void)array;
	return emitter->config->cell.pio_bitmap_size;
}

static void allow_ports(const struct jhcfg_pio *range, uint8_t *bitmap,
			size_t size)
{
	for (uint32_t port = range->base;
	     port < (uint32_t)range->base + range->length && port < size * 8;
	     port++)
		bitmap[port / 8] &= (uint8_t) ~(1u << port % 8);
}

/* "[0x40/8 ... 0x47/8] = 0xf0," for @first to @last, which are alike. */
static void emit_run(struct c_emitter *emitter, size_t first, size_t last,
		     uint8_t value)
{
	const char *comment = value == 0xff ? "" : " /* allowed */";

	if (value && value != 0xff)
		comment = " /* some of them */";
	if (first == last)
		c_line(&emitter->out, "[0x%zx/8] = 0x%02x,%s", first * 8, value,
		       comment);
	else
		c_line(&emitter->out, "[0x%zx/8 ... 0x%zx/8] = 0x%02x,%s",
		       first * 8, last * 8 + 7, value, comment);
}

static void emit_bitmap(struct c_emitter *emitter, const struct c_array *array)
{
	const struct jhcfg_list *list =
		&emitter->config->cell.lists[JHCFG_LIST_PIO];
	size_t size = bitmap_length(emitter, array);
	uint8_t *bitmap = malloc(size);
	size_t first = 0;

	if (!bitmap) {
		emitter->out_of_memory = true;
		return;
	}
	memset(bitmap, 0xff, size);
	for (size_t n = 0; n < list->count; n++)
		allow_ports(&list->items[n].value.pio, bitmap, size);
	for (size_t n = 1; n <= size; n++) {
		if (n < size && bitmap[n] == bitmap[first])
			continue;
		emit_run(emitter, first, n - 1, bitmap[first]);
		first = n;
	}
	free(bitmap);
}

/* In the order of the format. */
/* clang-format off */
#define SET(type_, name_, count_, set_, one_, lacks_) \
	{ .type = type_, .name = name_, .count = count_, .lacks = lacks_, \
	  .one = one_, \
	  .length = set_length, .emit = emit_set, .is_set = true, \
	  .set = offsetof(struct jhcfg_cell, set_) }
#define LIST(type_, name_, list_, emit_) \
	{ .type = type_, .name = name_, .length = list_length, \
	  .emit = emit_, .list = JHCFG_LIST_##list_ }
#define LINES(type_, name_, list_, line_, needs_, lacks_) \
	{ .type = type_, .name = name_, .length = list_length, \
	  .emit = emit_list, .list = JHCFG_LIST_##list_, .line = line_, \
	  .needs = needs_, .lacks = lacks_ }

static const struct c_array arrays[] = {
	SET("__u64", "cpus", "cpu_set_size", cpus, "CPU", C_CPU_LIST),
	{ .type = "struct jailhouse_cpu", .name = "cpus", .needs = C_CPU_LIST,
	  .length = list_length, .emit = emit_list,
	  .list = JHCFG_LIST_CPU_IDS },
	SET("__u64", "rcpus", "rcpu_set_size", rcpus, "remote CPU", 0),
	SET("__u8", "fpga_regions", "fpga_regions_size", fpga_regions,
	    "FPGA region", 0),
	{ .type = "struct jailhouse_memory", .name = "mem_regions",
	  .list = JHCFG_LIST_MEMORY,
	  .length = plain_length, .emit = emit_plain },
	{ .type = "struct jailhouse_memory_colored",
	  .name = "mem_regions_colored", .count = "num_memory_regions_colored",
	  .list = JHCFG_LIST_MEMORY, .needs = C_COLORED_ARRAY,
	  .length = colored_length, .emit = emit_colored },
	LIST("struct jailhouse_cache", "cache_regions", CACHE, emit_list),
	LIST("struct jailhouse_irqchip", "irqchips", IRQCHIPS, emit_irqchips),
	{ .type = "__u8", .name = "pio_bitmap", .count = "pio_bitmap_size",
	  .needs = C_PORT_BITMAP,
	  .length = bitmap_length, .emit = emit_bitmap },
	LINES("struct jailhouse_pio", "pio_regions", PIO, line_port_range,
	      0, C_PORT_BITMAP),
	LIST("struct jailhouse_pci_device", "pci_devices", PCI_DEVICES,
	     emit_pci_devices),
	LIST("struct jailhouse_pci_capability", "pci_caps", PCI_CAPS,
	     emit_pci_caps),
	{ .type = "struct jailhouse_smmu_sid", .name = "smmu_sids",
	  .count = "num_smmu_sids", .needs = C_SMMU_SIDS,
	  .length = list_length, .emit = emit_list,
	  .list = JHCFG_LIST_STREAM_IDS, .line = line_smmu_sid },
	LINES("__u32", "stream_ids", STREAM_IDS, line_plain_id,
	      C_PLAIN_SIDS, 0),
	LINES("union jailhouse_stream_id", "stream_ids", STREAM_IDS,
	      line_stream_id, 0, C_PLAIN_SIDS | C_SMMU_SIDS),
	LIST("struct jailhouse_regmap", "regmaps", REGMAPS, emit_list),
	LIST("struct jailhouse_qos_device", "qos_devices", QOS_DEVICES,
	     emit_list),
	LIST("struct jailhouse_rcpu_device", "rcpu_devices", RCPU_DEVICES,
	     emit_list),
	LIST("struct jailhouse_fpga_device", "fpga_devices", FPGA_DEVICES,
	     emit_list),
};
/* clang-format on */

#define NUM_ARRAYS (sizeof(arrays) / sizeof(arrays[0]))

/* 0: the dialect has no such array, or it is empty. */
static size_t length_of(const struct c_emitter *emitter,
			const struct c_array *array)
{
	unsigned int traits = emitter->style->traits;

	if ((traits & array->needs) != array->needs || traits & array->lacks)
		return 0;
	return array->length(emitter, array);
}

void c_declare_arrays(struct c_emitter *emitter)
{
	for (size_t n = 0; n < NUM_ARRAYS; n++) {
		const struct c_array *array = &arrays[n];
		size_t length = length_of(emitter, array);
		const char *type = array->type;

		if (array->is_set &&
		    !has_words(array, set_of(emitter, array)->size))
			type = "__u8";
		if (length)
			c_line(&emitter->out, "%s %s[%zu];", type, array->name,
			       length);
	}
}

void c_count_arrays(struct c_emitter *emitter)
{
	for (size_t n = 0; n < NUM_ARRAYS; n++) {
		const struct c_array *array = &arrays[n];
		const char *count = array->count;

		if (!length_of(emitter, array))
			continue;
		if (!count)
			count = jhcfg_list_infos[array->list].count;
		c_line(&emitter->out, ".%s = %s(config.%s),", count,
		       array->is_set ? "sizeof" : "ARRAY_SIZE", array->name);
	}
}

void c_emit_arrays(struct c_emitter *emitter)
{
	for (size_t n = 0; n < NUM_ARRAYS; n++) {
		const struct c_array *array = &arrays[n];

		if (!length_of(emitter, array))
			continue;
		c_blank(&emitter->out);
		c_open(&emitter->out, array->name);
		array->emit(emitter, array);
		c_close(&emitter->out);
	}
}
