// SPDX-License-Identifier: LGPL-2.1-or-later
/* Boards: lists of plain values in an arena. */
#include "model/board.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/arena.h"
#include "model/board_index.h"

#define NUM_TIMER_IRQS 4

struct list {
	void *items;
	size_t count, capacity;
};

enum list_id {
	LIST_CPUS,
	LIST_CACHES,
	LIST_MEMORIES,
	LIST_DEVICES,
	LIST_IRQCHIPS,
	LIST_IOMMUS,
	LIST_PCI_HOSTS,
	LIST_PCI_FUNCTIONS,
	LIST_PORTS,
	NUM_LISTS,
};

struct jhcfg_board {
	unsigned int references;
	uint8_t architecture;
	const char *name, *title, *source, *command_line, *psci_method;
	unsigned int address_bits;
	uint64_t ram_start;
	uint32_t timer_irqs[NUM_TIMER_IRQS];
	struct jhcfg_arena arena;
	struct list lists[NUM_LISTS];
	struct jhcfg_board_notes *notes;
	size_t num_notes, notes_capacity;
	struct jhcfg_board_index index; /* made by jhcfg_board_finish() */
};

struct jhcfg_board *jhcfg_board_new(uint8_t architecture)
{
	struct jhcfg_board *board = calloc(1, sizeof(*board));

	if (!board)
		return NULL;
	board->references = 1;
	board->architecture = architecture;
	board->name = board->title = board->source = "";
	board->command_line = board->psci_method = "";
	return board;
}

struct jhcfg_board *jhcfg_board_ref(struct jhcfg_board *board)
{
	if (board)
		board->references++;
	return board;
}

void jhcfg_board_free(struct jhcfg_board *board)
{
	if (!board || --board->references)
		return;
	for (size_t n = 0; n < NUM_LISTS; n++)
		free(board->lists[n].items);
	for (size_t n = 0; n < board->num_notes; n++)
		jhcfg_attrs_clear(&board->notes[n].attrs);
	free(board->notes);
	jhcfg_board_index_clear(&board->index);
	jhcfg_arena_clear(&board->arena);
	free(board);
}

/* --- building ------------------------------------------------------------ */

static size_t append(struct jhcfg_board *board, enum list_id id,
		     const void *item, size_t size)
{
	struct list *list = &board->lists[id];

	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : 16;
		void *items = reallocarray(list->items, capacity, size);

		if (!items) {
			board->arena.failed = true;
			return JHCFG_NO_INDEX;
		}
		list->items = items;
		list->capacity = capacity;
	}
	memcpy((char *)list->items + list->count * size, item, size);
	return list->count++;
}

#define TEXT(member) ((member) = jhcfg_arena_text(&board->arena, (member)))
#define ARRAY(member, count)                                                   \
	((member) = jhcfg_arena_copy(&board->arena, (member), (count),         \
				     sizeof(*(member))))

static const char *const *copy_texts(struct jhcfg_board *board,
				     const char *const *texts, size_t count)
{
	const char **copy =
		jhcfg_arena_alloc(&board->arena, (count + 1) * sizeof(*copy));

	for (size_t n = 0; copy && n < count; n++)
		copy[n] =
			jhcfg_arena_text(&board->arena, texts ? texts[n] : "");
	return copy;
}

void jhcfg_board_set_name(struct jhcfg_board *board, const char *name,
			  const char *title)
{
	board->name = jhcfg_arena_text(&board->arena, name);
	board->title = jhcfg_arena_text(&board->arena, title);
}

void jhcfg_board_set_source(struct jhcfg_board *board, const char *source)
{
	board->source = jhcfg_arena_text(&board->arena, source);
}

void jhcfg_board_set_command_line(struct jhcfg_board *board, const char *text)
{
	board->command_line = jhcfg_arena_text(&board->arena, text);
}

void jhcfg_board_set_psci(struct jhcfg_board *board, const char *method)
{
	board->psci_method = jhcfg_arena_text(&board->arena, method);
}

void jhcfg_board_set_address_bits(struct jhcfg_board *board, unsigned int bits)
{
	board->address_bits = bits;
}

void jhcfg_board_set_ram_start(struct jhcfg_board *board, uint64_t start)
{
	board->ram_start = start;
}

void jhcfg_board_set_timer_irq(struct jhcfg_board *board, unsigned int index,
			       uint32_t intid)
{
	if (index < NUM_TIMER_IRQS)
		board->timer_irqs[index] = intid;
}

size_t jhcfg_board_add_cpu(struct jhcfg_board *board,
			   const struct jhcfg_hw_cpu *cpu)
{
	struct jhcfg_hw_cpu copy = *cpu;

	TEXT(copy.compatible);
	TEXT(copy.enable_method);
	TEXT(copy.source);
	return append(board, LIST_CPUS, &copy, sizeof(copy));
}

size_t jhcfg_board_add_cache(struct jhcfg_board *board,
			     const struct jhcfg_hw_cache *cache)
{
	struct jhcfg_hw_cache copy = *cache;

	ARRAY(copy.cpus, copy.num_cpus);
	TEXT(copy.source);
	return append(board, LIST_CACHES, &copy, sizeof(copy));
}

size_t jhcfg_board_add_memory(struct jhcfg_board *board,
			      const struct jhcfg_hw_memory *memory)
{
	struct jhcfg_hw_memory copy = *memory;

	TEXT(copy.name);
	TEXT(copy.source);
	return append(board, LIST_MEMORIES, &copy, sizeof(copy));
}

static void copy_irqs(struct jhcfg_board *board, struct jhcfg_hw_device *copy)
{
	struct jhcfg_hw_irq *irqs = jhcfg_arena_copy(
		&board->arena, copy->irqs, copy->num_irqs, sizeof(*irqs));

	for (size_t n = 0; irqs && n < copy->num_irqs; n++)
		TEXT(irqs[n].name);
	copy->irqs = irqs;
}

static void copy_refs(struct jhcfg_board *board, struct jhcfg_hw_device *copy)
{
	struct jhcfg_hw_ref *refs = jhcfg_arena_copy(
		&board->arena, copy->refs, copy->num_refs, sizeof(*refs));

	for (size_t n = 0; refs && n < copy->num_refs; n++) {
		TEXT(refs[n].property);
		TEXT(refs[n].name);
		ARRAY(refs[n].args, refs[n].num_args);
	}
	copy->refs = refs;
}

static void copy_ports(struct jhcfg_board *board, struct jhcfg_hw_device *copy)
{
	struct jhcfg_hw_port *ports = jhcfg_arena_copy(
		&board->arena, copy->ports, copy->num_ports, sizeof(*ports));

	for (size_t n = 0; ports && n < copy->num_ports; n++)
		TEXT(ports[n].name);
	copy->ports = ports;
}

size_t jhcfg_board_add_device(struct jhcfg_board *board,
			      const struct jhcfg_hw_device *device)
{
	struct jhcfg_hw_device copy = *device;

	TEXT(copy.name);
	TEXT(copy.path);
	TEXT(copy.status);
	TEXT(copy.source);
	copy.compatible =
		copy_texts(board, copy.compatible, copy.num_compatible);
	copy.window_names =
		copy_texts(board, copy.window_names, copy.num_windows);
	ARRAY(copy.windows, copy.num_windows);
	ARRAY(copy.stream_ids, copy.num_stream_ids);
	copy_ports(board, &copy);
	copy_irqs(board, &copy);
	copy_refs(board, &copy);
	return append(board, LIST_DEVICES, &copy, sizeof(copy));
}

size_t jhcfg_board_add_irqchip(struct jhcfg_board *board,
			       const struct jhcfg_hw_irqchip *irqchip)
{
	struct jhcfg_hw_irqchip copy = *irqchip;

	ARRAY(copy.gicr, copy.num_gicr);
	TEXT(copy.source);
	return append(board, LIST_IRQCHIPS, &copy, sizeof(copy));
}

size_t jhcfg_board_add_iommu(struct jhcfg_board *board,
			     const struct jhcfg_hw_iommu *iommu)
{
	struct jhcfg_hw_iommu copy = *iommu;

	TEXT(copy.source);
	return append(board, LIST_IOMMUS, &copy, sizeof(copy));
}

size_t jhcfg_board_add_pci_host(struct jhcfg_board *board,
				const struct jhcfg_hw_pci_host *host)
{
	struct jhcfg_hw_pci_host copy = *host;

	ARRAY(copy.windows, copy.num_windows);
	TEXT(copy.source);
	return append(board, LIST_PCI_HOSTS, &copy, sizeof(copy));
}

size_t jhcfg_board_add_pci_function(
	struct jhcfg_board *board, const struct jhcfg_hw_pci_function *function)
{
	struct jhcfg_hw_pci_function copy = *function;

	TEXT(copy.driver);
	TEXT(copy.source);
	ARRAY(copy.config, copy.config_size);
	return append(board, LIST_PCI_FUNCTIONS, &copy, sizeof(copy));
}

size_t jhcfg_board_add_port(struct jhcfg_board *board,
			    const struct jhcfg_hw_port *port)
{
	struct jhcfg_hw_port copy = *port;

	TEXT(copy.name);
	return append(board, LIST_PORTS, &copy, sizeof(copy));
}

int jhcfg_board_add_notes(struct jhcfg_board *board, unsigned int list,
			  size_t index, struct jhcfg_attrs *attrs)
{
	/* doubled: hostile documents have very many */
	if (board->num_notes == board->notes_capacity) {
		size_t capacity =
			board->notes_capacity ? 2 * board->notes_capacity : 16;
		void *notes = reallocarray(board->notes, capacity,
					   sizeof(*board->notes));

		if (!notes)
			return -ENOMEM;
		board->notes = notes;
		board->notes_capacity = capacity;
	}
	board->notes[board->num_notes++] = (struct jhcfg_board_notes){
		.list = list,
		.index = index,
		.attrs = *attrs,
	};
	*attrs = (struct jhcfg_attrs){ 0 };
	return 0;
}

int jhcfg_board_finish(struct jhcfg_board *board)
{
	struct list *devices = &board->lists[LIST_DEVICES];
	struct list *memories = &board->lists[LIST_MEMORIES];

	if (board->arena.failed)
		return -ENOMEM;
	return jhcfg_board_index_make(&board->index, &board->arena,
				      devices->items, devices->count,
				      memories->items, memories->count);
}

/* --- reading -------------------------------------------------------------- */

const char *jhcfg_board_name(const struct jhcfg_board *board)
{
	return board->name;
}

const char *jhcfg_board_title(const struct jhcfg_board *board)
{
	return board->title;
}

uint8_t jhcfg_board_architecture(const struct jhcfg_board *board)
{
	return board->architecture;
}

const char *jhcfg_board_source(const struct jhcfg_board *board)
{
	return board->source;
}

const char *jhcfg_board_command_line(const struct jhcfg_board *board)
{
	return board->command_line;
}

const char *jhcfg_board_psci_method(const struct jhcfg_board *board)
{
	return board->psci_method;
}

unsigned int jhcfg_board_address_bits(const struct jhcfg_board *board)
{
	return board->address_bits;
}

uint64_t jhcfg_board_ram_start(const struct jhcfg_board *board)
{
	return board->ram_start;
}

uint32_t jhcfg_board_timer_irq(const struct jhcfg_board *board,
			       unsigned int index)
{
	return index < NUM_TIMER_IRQS ? board->timer_irqs[index] : 0;
}

const struct jhcfg_board_notes *jhcfg_board_notes(
	const struct jhcfg_board *board, size_t n)
{
	return n < board->num_notes ? &board->notes[n] : NULL;
}

/* One pair of accessors for each list: they differ in type only. */
#define LIST_ACCESSORS(id, name, plural)                                       \
	size_t jhcfg_board_num_##plural(const struct jhcfg_board *board)       \
	{                                                                      \
		return board->lists[id].count;                                 \
	}                                                                      \
                                                                               \
	const struct jhcfg_hw_##name *jhcfg_board_##name(                      \
		const struct jhcfg_board *board, size_t index)                 \
	{                                                                      \
		const struct jhcfg_hw_##name *items = board->lists[id].items;  \
                                                                               \
		return index < board->lists[id].count ? &items[index] : NULL;  \
	}

LIST_ACCESSORS(LIST_CPUS, cpu, cpus)
LIST_ACCESSORS(LIST_CACHES, cache, caches)
LIST_ACCESSORS(LIST_MEMORIES, memory, memories)
LIST_ACCESSORS(LIST_DEVICES, device, devices)
LIST_ACCESSORS(LIST_IRQCHIPS, irqchip, irqchips)
LIST_ACCESSORS(LIST_IOMMUS, iommu, iommus)
LIST_ACCESSORS(LIST_PCI_HOSTS, pci_host, pci_hosts)
LIST_ACCESSORS(LIST_PCI_FUNCTIONS, pci_function, pci_functions)
LIST_ACCESSORS(LIST_PORTS, port, ports)

/* --- answers ---------------------------------------------------------------
 */

size_t jhcfg_board_find_device(const struct jhcfg_board *board,
			       const char *name)
{
	return jhcfg_board_index_name(&board->index, name);
}

size_t jhcfg_board_device_at(const struct jhcfg_board *board,
			     struct jhcfg_range range, size_t *position)
{
	return jhcfg_board_index_window(&board->index, range, position);
}

size_t jhcfg_board_device_of_irq(const struct jhcfg_board *board,
				 uint32_t number, size_t *position)
{
	return jhcfg_board_index_irq(&board->index, number, position);
}

bool jhcfg_board_is_ram(const struct jhcfg_board *board,
			struct jhcfg_range range)
{
	return jhcfg_board_index_is_ram(&board->index, range);
}

const struct jhcfg_hw_irqchip *jhcfg_board_main_irqchip(
	const struct jhcfg_board *board)
{
	for (size_t n = 0; n < jhcfg_board_num_irqchips(board); n++) {
		const struct jhcfg_hw_irqchip *chip =
			jhcfg_board_irqchip(board, n);

		if (chip->kind != JHCFG_HW_OTHER_IRQCHIP)
			return chip;
	}
	return NULL;
}

/* By the window of the CPU interface, which all trees have right: Linux goes by
 * it, too. */
static uint64_t last_copy(const struct jhcfg_hw_irqchip *gic)
{
	return gic->gicc.size >= 0x20000 ? 0xf000 : 0;
}

uint64_t jhcfg_hw_gicc_base(const struct jhcfg_hw_irqchip *gic)
{
	return gic->gicc.size ? gic->gicc.start + last_copy(gic) : 0;
}

uint64_t jhcfg_hw_gicv_base(const struct jhcfg_hw_irqchip *gic)
{
	return gic->gicv.size ? gic->gicv.start + last_copy(gic) : 0;
}
