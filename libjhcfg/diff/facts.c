// SPDX-License-Identifier: LGPL-2.1-or-later
#include "diff/facts.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const fact_area_names[FACT_NUM_AREAS] = {
	[FACT_CPUS] = "cpus",
	[FACT_MEMORY] = "memory",
	[FACT_CONTROLLERS] = "controllers",
	[FACT_DEVICES] = "devices",
	[FACT_PCI] = "pci",
};

void facts_clear(struct facts *facts)
{
	jhcfg_arena_clear(&facts->texts);
	free(facts->items);
	*facts = (struct facts){ 0 };
}

/* --- adding ------------------------------------------------------------------
 */

/* The value under construction; too long ones are cut at both sides alike. */
struct value {
	char text[1024];
	size_t used;
};

static void put(struct value *value, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void put(struct value *value, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(value->text + value->used,
			   sizeof(value->text) - value->used, format, args);
	va_end(args);
	if (length > 0)
		value->used += (size_t)length;
	if (value->used >= sizeof(value->text))
		value->used = sizeof(value->text) - 1;
}

static void put_range(struct value *value, struct jhcfg_range range)
{
	put(value, "%s0x%" PRIx64 "+0x%" PRIx64, value->used ? ", " : "",
	    range.start, range.size);
}

static void add(struct facts *facts, enum fact_area area, const char *object,
		const char *member, const struct value *value)
{
	size_t capacity = facts->capacity ? 2 * facts->capacity : 256;
	struct fact *items;

	if (!value->used)
		return;
	if (facts->count == facts->capacity) {
		items = reallocarray(facts->items, capacity, sizeof(*items));
		if (!items) {
			facts->failed = true;
			return;
		}
		facts->items = items;
		facts->capacity = capacity;
	}
	facts->items[facts->count++] = (struct fact){
		.area = area,
		.object = jhcfg_arena_text(&facts->texts, object),
		.member = member,
		.value = jhcfg_arena_text(&facts->texts, value->text),
	};
}

static void add_number(struct facts *facts, enum fact_area area,
		       const char *object, const char *member, uint64_t number)
{
	struct value value = { .used = 0 };

	put(&value, "0x%" PRIx64, number);
	add(facts, area, object, member, &value);
}

static void add_text(struct facts *facts, enum fact_area area,
		     const char *object, const char *member, const char *text)
{
	struct value value = { .used = 0 };

	put(&value, "%s", text);
	add(facts, area, object, member, &value);
}

static void add_range(struct facts *facts, enum fact_area area,
		      const char *object, const char *member,
		      struct jhcfg_range range)
{
	struct value value = { .used = 0 };

	if (range.size)
		put_range(&value, range);
	add(facts, area, object, member, &value);
}

/* --- areas -------------------------------------------------------------------
 */

static void add_cpus(struct facts *facts, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_cpu *cpu;
	char object[32];

	for (size_t n = 0; (cpu = jhcfg_board_cpu(board, n)); n++) {
		struct value place = { .used = 0 };

		snprintf(object, sizeof(object), "CPU %u", cpu->id);
		put(&place, "package %u, cluster %u, core %u, thread %u",
		    cpu->package, cpu->cluster, cpu->core, cpu->thread);
		add_number(facts, FACT_CPUS, object, "id", cpu->phys_id);
		add(facts, FACT_CPUS, object, "place", &place);
		add_text(facts, FACT_CPUS, object, "enable-method",
			 cpu->enable_method);
	}
}

static void add_memory(struct facts *facts, const struct jhcfg_board *board)
{
	static const char *const kinds[] = {
		[JHCFG_HW_RAM] = "RAM",
		[JHCFG_HW_RESERVED] = "reserved memory",
		[JHCFG_HW_FIRMWARE] = "firmware memory",
		[JHCFG_HW_SHARED] = "shared memory",
	};
	const struct jhcfg_hw_memory *memory;
	char object[64];

	for (size_t n = 0; (memory = jhcfg_board_memory(board, n)); n++) {
		if (memory->kind >= sizeof(kinds) / sizeof(kinds[0]))
			continue;
		snprintf(object, sizeof(object), "%s at 0x%" PRIx64,
			 kinds[memory->kind], memory->range.start);
		add_number(facts, FACT_MEMORY, object, "size",
			   memory->range.size);
		/* A running Linux tells of the RAM that it was left. */
		if (facts->count)
			facts->items[facts->count - 1].is_choice =
				memory->kind != JHCFG_HW_FIRMWARE;
	}
}

static void add_irqchips(struct facts *facts, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_irqchip *chip;
	char object[64];

	for (size_t n = 0; (chip = jhcfg_board_irqchip(board, n)); n++) {
		struct value frames = { .used = 0 };

		snprintf(object, sizeof(object),
			 "interrupt controller 0x%" PRIx64, chip->gicd.start);
		add_number(facts, FACT_CONTROLLERS, object, "kind",
			   (uint64_t)chip->kind);
		add_range(facts, FACT_CONTROLLERS, object, "GICC", chip->gicc);
		add_range(facts, FACT_CONTROLLERS, object, "GICH", chip->gich);
		add_range(facts, FACT_CONTROLLERS, object, "GICV", chip->gicv);
		add_range(facts, FACT_CONTROLLERS, object, "ITS", chip->its);
		for (size_t i = 0; i < chip->num_gicr; i++)
			put_range(&frames, chip->gicr[i]);
		add(facts, FACT_CONTROLLERS, object, "GICR", &frames);
		add_number(facts, FACT_CONTROLLERS, object,
			   "maintenance interrupt", chip->maintenance_irq);
		add_number(facts, FACT_CONTROLLERS, object, "pins",
			   (uint64_t)chip->id << 48 |
				   (uint64_t)chip->gsi_base << 16 |
				   chip->num_pins);
	}
}

static void add_iommus(struct facts *facts, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_iommu *iommu;
	char object[64];

	for (size_t n = 0; (iommu = jhcfg_board_iommu(board, n)); n++) {
		snprintf(object, sizeof(object), "IOMMU 0x%" PRIx64,
			 iommu->unit.base);
		add_number(facts, FACT_CONTROLLERS, object, "type",
			   iommu->unit.type);
		add_number(facts, FACT_CONTROLLERS, object, "size",
			   iommu->unit.size);
	}
}

static void add_hosts(struct facts *facts, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_pci_host *host;
	char object[64];

	for (size_t n = 0; (host = jhcfg_board_pci_host(board, n)); n++) {
		struct value windows = { .used = 0 };

		snprintf(object, sizeof(object), "PCI host %04x:%02x",
			 host->domain, host->first_bus);
		add_range(facts, FACT_CONTROLLERS, object, "ECAM", host->ecam);
		for (size_t i = 0; i < host->num_windows; i++)
			put_range(&windows, host->windows[i].cpu);
		add(facts, FACT_CONTROLLERS, object, "windows", &windows);
	}
}

static void add_device(struct facts *facts,
		       const struct jhcfg_hw_device *device)
{
	struct value windows = { .used = 0 }, irqs = { .used = 0 },
		     ids = { .used = 0 };
	char object[128];

	snprintf(object, sizeof(object), "device %s", device->name);
	for (size_t n = 0; n < device->num_windows; n++)
		put_range(&windows, device->windows[n]);
	for (size_t n = 0; n < device->num_irqs; n++)
		put(&irqs, "%s%u%s", n ? ", " : "", device->irqs[n].number,
		    device->irqs[n].nested ? " (nested)" : "");
	for (size_t n = 0; n < device->num_stream_ids; n++)
		put(&ids, "%s0x%x", n ? ", " : "", device->stream_ids[n]);
	add(facts, FACT_DEVICES, object, "registers", &windows);
	add(facts, FACT_DEVICES, object, "interrupts", &irqs);
	add(facts, FACT_DEVICES, object, "stream ids", &ids);
	add_text(facts, FACT_DEVICES, object, "status", device->status);
	if (device->num_compatible)
		add_text(facts, FACT_DEVICES, object, "compatible",
			 device->compatible[0]);
}

static void add_functions(struct facts *facts, const struct jhcfg_board *board)
{
	static const char *const bars[] = { "BAR 0", "BAR 1", "BAR 2",
					    "BAR 3", "BAR 4", "BAR 5" };
	const struct jhcfg_hw_pci_function *function;
	char object[64];

	for (size_t n = 0; (function = jhcfg_board_pci_function(board, n));
	     n++) {
		snprintf(object, sizeof(object),
			 "PCI function %04x:%02x:%02x.%x", function->domain,
			 function->bdf >> 8, function->bdf >> 3 & 0x1f,
			 function->bdf & 7);
		add_number(facts, FACT_PCI, object, "id",
			   (uint64_t)function->vendor << 16 | function->device);
		add_number(facts, FACT_PCI, object, "class",
			   function->class_code);
		for (size_t i = 0; i < 6; i++)
			add_range(facts, FACT_PCI, object, bars[i],
				  function->bar[i].range);
	}
}

/* --- order -------------------------------------------------------------------
 */

int facts_compare_object(const struct fact *a, const struct fact *b)
{
	if (a->area != b->area)
		return a->area < b->area ? -1 : 1;
	return strcmp(a->object, b->object);
}

int facts_compare(const struct fact *a, const struct fact *b)
{
	int order = facts_compare_object(a, b);

	return order ? order : strcmp(a->member, b->member);
}

static int compare_items(const void *a, const void *b)
{
	const struct fact *x = a, *y = b;
	int order = facts_compare(x, y);

	return order ? order : strcmp(x->value, y->value);
}

void facts_collect(struct facts *facts, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_device *device;

	add_cpus(facts, board);
	add_memory(facts, board);
	add_irqchips(facts, board);
	add_iommus(facts, board);
	add_hosts(facts, board);
	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++)
		add_device(facts, device);
	add_functions(facts, board);
	facts->failed |= facts->texts.failed;
	if (facts->count)
		qsort(facts->items, facts->count, sizeof(*facts->items),
		      compare_items);
}
