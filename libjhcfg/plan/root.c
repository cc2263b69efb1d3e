// SPDX-License-Identifier: LGPL-2.1-or-later
/* Root cells of Arm boards. */
#include <jhcfg/root.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "plan/ranges.h"

#define MIB		(1ULL << 20)
#define GIB		(1ULL << 30)
#define LARGE_PAGE	(2 * MIB)
#define HYPERVISOR_SIZE (4 * MIB)
#define INMATE_SIZE	(64 * MIB)
#define ASSUMED_RAM	GIB
/* One bus of configuration space, and room for the registers of links */
#define PCI_WINDOW	 (2 * MIB)
#define MAX_STREAM_IDS	 1024
#define FIRST_SPI	 32U
#define NUM_INTIDS	 1020U /* ARM IHI 0069H, 2.2.1 */
#define PINS		 128U
#define LAST_PIN_BASE	 896U /* 1024 - PINS */
#define MAINTENANCE_SBSA 25   /* ARM DEN0029, PPI assignments */

struct root {
	const struct jhcfg_board *board;
	const struct jhcfg_root_options *options;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config;
	const struct jhcfg_hw_irqchip *gic;
	struct ranges ram;	 /* all */
	struct ranges reserved;	 /* parts of it that are in use */
	struct ranges firmware;	 /* parts of it that Linux must not touch */
	struct ranges registers; /* that the hypervisor keeps or emulates */
	struct ranges mmio;
	struct jhcfg_range hypervisor, inmates;
	struct jhcfg_platform platform;
};

static void say(struct root *root, enum jhcfg_severity severity,
		const char *rule, const char *hint, const char *text)
{
	jhcfg_diags_add(root->diags, severity, rule, "root cell",
			jhcfg_board_source(root->board), hint, "%s", text);
}

static int refuse(struct root *root, int err, const char *rule,
		  const char *hint, const char *text)
{
	say(root, JHCFG_ERROR, rule, hint, text);
	return err;
}

/* --- can it be done at all? --------------------------------------------------
 */

static int check_board(struct root *root)
{
	const struct jhcfg_hw_irqchip *gic =
		jhcfg_board_main_irqchip(root->board);

	root->gic = gic;
	if (!gic || !gic->gicd.size ||
	    (gic->kind != JHCFG_HW_GICV2 && gic->kind != JHCFG_HW_GICV3))
		return refuse(root, -ENOTSUP, "G01", NULL,
			      "the board has no GICv2 or GICv3");
	if (gic->kind == JHCFG_HW_GICV2 && (!gic->gich.size || !gic->gicv.size))
		return refuse(root, -ENOTSUP, "G02",
			      "some trees leave out the registers GICH and "
			      "GICV that the chip has: add them",
			      "the GICv2 has no virtualisation registers");
	if (gic->kind == JHCFG_HW_GICV3 && !gic->num_gicr)
		return refuse(root, -ENOTSUP, "G02", NULL,
			      "the GICv3 has no redistributors");
	if (!*jhcfg_board_psci_method(root->board))
		return refuse(root, -ENOTSUP, "G03",
			      "install a firmware with PSCI (TF-A, U-Boot)",
			      "the board has no PSCI to stop CPUs with");
	if (!jhcfg_board_num_cpus(root->board))
		return refuse(root, -ENOTSUP, "G04", NULL,
			      "the board names no CPU");
	return 0;
}

/* --- registers
 * ----------------------------------------------------------------- */

static void add_windows(struct root *root)
{
	const struct jhcfg_hw_device *device;
	const struct jhcfg_hw_pci_host *host;

	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++)
		for (size_t i = 0; i < device->num_windows; i++)
			ranges_add_pages(&root->mmio, device->windows[i].start,
					 device->windows[i].size);
	for (size_t n = 0; (host = jhcfg_board_pci_host(root->board, n)); n++)
		for (size_t i = 0; i < host->num_windows; i++)
			ranges_add_pages(&root->mmio,
					 host->windows[i].cpu.start,
					 host->windows[i].cpu.size);
	ranges_merge(&root->mmio);
}

static void keep(struct root *root, struct jhcfg_range range)
{
	ranges_add_pages(&root->registers, range.start, range.size);
}

static void keep_gic(struct root *root)
{
	const struct jhcfg_hw_irqchip *gic = root->gic;
	struct jhcfg_platform *platform = &root->platform;

	platform->gic_version = (uint8_t)gic->kind;
	platform->gicd_base = gic->gicd.start;
	platform->gicc_base = gic->gicc.start;
	platform->gich_base = gic->gich.start;
	platform->gicv_base = gic->gicv.start;
	platform->maintenance_irq = (uint8_t)gic->maintenance_irq;
	if (!gic->maintenance_irq) {
		platform->maintenance_irq = MAINTENANCE_SBSA;
		say(root, JHCFG_WARNING, "G05",
		    "look into the manual of the chip",
		    "the GIC names no maintenance interrupt: assumed INTID 25");
	}
	keep(root, gic->gicd);
	keep(root, gic->gicc);
	keep(root, gic->gich);
	keep(root, gic->gicv);
	for (size_t n = 0; n < gic->num_gicr; n++) {
		if (!n || gic->gicr[n].start < platform->gicr_base)
			platform->gicr_base = gic->gicr[n].start;
		keep(root, gic->gicr[n]);
	}
}

static void keep_iommus(struct root *root)
{
	const struct jhcfg_hw_iommu *iommu;
	size_t used = 0;

	for (size_t n = 0; (iommu = jhcfg_board_iommu(root->board, n)); n++) {
		const struct jhcfg_hw_device *device =
			jhcfg_board_device(root->board, iommu->device);

		if (used == JHCFG_MAX_IOMMU_UNITS ||
		    (device && strcmp(device->status, "okay")))
			continue;
		root->platform.iommu_units[used++] = iommu->unit;
		keep(root, (struct jhcfg_range){ iommu->unit.base,
						 iommu->unit.size });
		keep(root, (struct jhcfg_range){ iommu->unit.tlb_base,
						 iommu->unit.tlb_size });
	}
}

/* --- RAM
 * -------------------------------------------------------------------------- */

static uint64_t align_up(uint64_t value, uint64_t align)
{
	return (value + align - 1) & ~(align - 1);
}

/* The widest hole between registers below 4 GiB is where RAM is, as a rule. */
static uint64_t guess_ram(const struct root *root)
{
	uint64_t at = 0, best = 0, best_size = 0;

	for (size_t n = 0; n <= root->mmio.count && at < 4 * GIB; n++) {
		bool end = n == root->mmio.count ||
			   root->mmio.items[n].start > 4 * GIB;
		uint64_t next = end ? 4 * GIB : root->mmio.items[n].start;

		if (next > at && next - at > best_size) {
			best = at;
			best_size = next - at;
		}
		if (end)
			break;
		at = root->mmio.items[n].start + root->mmio.items[n].size;
	}
	return best_size > 2 * GIB ? align_up(best, GIB)
				   : align_up(best, GIB / 4);
}

/* What the boot loader would fill in: from where the tree says, or a guess, and
 * no more than every such board has. */
static void assume_ram(struct root *root)
{
	uint64_t start = jhcfg_board_ram_start(root->board);

	if (!start)
		start = guess_ram(root);
	ranges_add(&root->ram, start, ASSUMED_RAM);
	jhcfg_diags_add(root->diags, JHCFG_WARNING, "G06", "root cell",
			jhcfg_board_source(root->board),
			"import /sys/firmware/fdt of the running board, or "
			"say where RAM is with --ram",
			"the boot loader fills in where RAM is: assumed "
			"[0x%" PRIx64 "-0x%" PRIx64 "]",
			start, start + (uint64_t)(ASSUMED_RAM - 1));
}

static void read_memory(struct root *root)
{
	const struct jhcfg_hw_memory *memory;
	struct jhcfg_range ram = root->options->ram;

	ranges_add(&root->ram, ram.start, ram.size);
	for (size_t n = 0; (memory = jhcfg_board_memory(root->board, n)); n++) {
		uint64_t start = memory->range.start, size = memory->range.size;

		if (memory->kind != JHCFG_HW_RAM)
			ranges_add_pages(&root->reserved, start, size);
		else if (!ram.size)
			ranges_add(&root->ram, start, size & ~4095ULL);
		if (memory->kind == JHCFG_HW_FIRMWARE && memory->no_map)
			ranges_add_pages(&root->firmware, start, size);
	}
	if (!root->ram.count)
		assume_ram(root);
	ranges_merge(&root->ram);
	ranges_merge(&root->reserved);
	ranges_merge(&root->firmware);
}

/* Hypervisor behind the inmates, as high as possible, below 4 GiB if there is
 * room: a mem= then keeps Linux from both. */
static bool place_below(struct root *root, const struct ranges *free,
			uint64_t size, uint64_t limit)
{
	for (size_t n = free->count; n-- > 0;) {
		uint64_t start = free->items[n].start;
		uint64_t end = start + free->items[n].size;

		if (end > limit)
			end = limit;
		end &= ~(LARGE_PAGE - 1);
		if (end < size || end - size < start)
			continue;
		root->inmates.start = end - size;
		root->hypervisor.start = end - root->hypervisor.size;
		return true;
	}
	return false;
}

static int place(struct root *root)
{
	struct ranges free = { 0 };
	uint64_t total = 0, size;
	bool found;

	for (size_t n = 0; n < root->ram.count; n++) {
		total += root->ram.items[n].size;
		ranges_add(&free, root->ram.items[n].start,
			   root->ram.items[n].size);
	}
	ranges_subtract(&free, &root->reserved);
	ranges_subtract(&free, &root->mmio);
	root->hypervisor.size = root->options->hypervisor_size
					? root->options->hypervisor_size
					: HYPERVISOR_SIZE;
	root->inmates.size = root->options->inmate_size
				     ? root->options->inmate_size
			     : total >= 8 * INMATE_SIZE ? INMATE_SIZE
							: total / 8;
	root->hypervisor.size = align_up(root->hypervisor.size, LARGE_PAGE);
	root->inmates.size = align_up(root->inmates.size, LARGE_PAGE);
	size = root->hypervisor.size + root->inmates.size;
	found = place_below(root, &free, size, 4 * GIB) ||
		place_below(root, &free, size, UINT64_MAX);
	ranges_clear(&free);
	return found ? 0
		     : refuse(root, -ENOSPC, "G07",
			      "ask for less with --mem-inmates and --mem-hv",
			      "no RAM is free for hypervisor and inmates");
}

/* --- virtual PCI
 * ---------------------------------------------------------------------- */

/* The tightest hole between registers, so that RAM that the tree does not know
 * of is far. */
static int place_pci(struct root *root)
{
	struct ranges taken = { 0 };
	const struct ranges *sources[] = { &root->mmio, &root->registers,
					   &root->ram, &root->reserved };
	uint64_t best = 0, best_size = UINT64_MAX;

	for (size_t s = 0; s < sizeof(sources) / sizeof(*sources); s++)
		for (size_t n = 0; n < sources[s]->count; n++)
			ranges_add(&taken, sources[s]->items[n].start,
				   sources[s]->items[n].size);
	ranges_merge(&taken);
	for (size_t n = 0; n + 1 < taken.count; n++) {
		uint64_t start = align_up(
			taken.items[n].start + taken.items[n].size, PCI_WINDOW);
		uint64_t end = taken.items[n + 1].start;

		if (end > start && end - start >= PCI_WINDOW &&
		    end - start < best_size && start < 4 * GIB) {
			best = start;
			best_size = end - start;
		}
	}
	root->reserved.failed |= taken.failed;
	ranges_clear(&taken);
	if (!best)
		return refuse(root, -ENOSPC, "G08", NULL,
			      "no address is free for the virtual PCI host");
	root->platform.pci_mmconfig_base = best;
	root->platform.pci_is_virtual = 1;
	root->platform.pci_domain =
		(uint16_t)jhcfg_board_num_pci_hosts(root->board);
	return 0;
}

/* Four SPIs in a row that no device has, the highest that the GIC is sure to
 * have: it has as many as its devices need, by 32. */
static int place_vpci_irqs(struct root *root)
{
	bool used[NUM_INTIDS] = { false };
	uint32_t highest = FIRST_SPI + 31;
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++)
		for (size_t i = 0; i < device->num_irqs; i++) {
			uint32_t number = device->irqs[i].number;

			if (device->irqs[i].nested || number >= NUM_INTIDS)
				continue;
			used[number] = true;
			if (number > highest)
				highest = number;
		}
	highest |= 31;
	if (highest >= NUM_INTIDS)
		highest = NUM_INTIDS - 1;
	for (uint32_t first = highest - 3; first >= FIRST_SPI; first--)
		if (!used[first] && !used[first + 1] && !used[first + 2] &&
		    !used[first + 3]) {
			jhcfg_config_set_vpci_irq_base(root->config,
						       first - FIRST_SPI);
			return 0;
		}
	return refuse(root, -ENOSPC, "G09", NULL,
		      "no four SPIs in a row are free for virtual PCI");
}

/* --- the configuration
 * ---------------------------------------------------------------- */

static int add_region(struct root *root, struct jhcfg_range range,
		      uint64_t flags, const char *name)
{
	size_t index = jhcfg_cell_num_memory(jhcfg_config_cell(root->config));
	int err = jhcfg_config_insert_memory(root->config, index,
					     &(struct jhcfg_memory){
						     .phys_start = range.start,
						     .virt_start = range.start,
						     .size = range.size,
						     .flags = flags,
					     });

	if (!err)
		err = jhcfg_config_set_memory_note(root->config, index, "name",
						   name);
	return err;
}

static int add_memory(struct root *root)
{
	const uint64_t rw = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE;
	const uint64_t ram = rw | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA;
	struct jhcfg_range inmates = root->inmates;
	int err = 0;

	/* Both are registers from here on: nothing of them in "ram". */
	ranges_subtract(&root->mmio, &root->ram);
	ranges_add(&root->firmware, inmates.start,
		   inmates.size + root->hypervisor.size);
	ranges_merge(&root->firmware);
	ranges_subtract(&root->ram, &root->firmware);
	ranges_add(&root->registers, root->platform.pci_mmconfig_base,
		   PCI_WINDOW);
	ranges_merge(&root->registers);
	ranges_subtract(&root->mmio, &root->registers);
	ranges_subtract(&root->mmio, &root->firmware);
	ranges_subtract(&root->ram, &root->registers);

	for (size_t n = 0; !err && n < root->mmio.count; n++)
		err = add_region(root, root->mmio.items[n],
				 rw | JAILHOUSE_MEM_IO, "registers");
	for (size_t n = 0; !err && n < root->ram.count; n++)
		err = add_region(root, root->ram.items[n], ram, "RAM");
	if (!err)
		err = add_region(root, inmates, ram, "inmate RAM");
	return err;
}

/* All SPIs that a GIC can have. The last chip begins at a base that is legal,
 * and leaves out the pins that the one before has. */
static int add_irqchips(struct root *root)
{
	int err = 0;

	for (uint32_t first = FIRST_SPI; !err && first < NUM_INTIDS;
	     first += PINS) {
		struct jhcfg_irqchip chip = {
			.address = root->gic->gicd.start,
			.pin_base =
				first < LAST_PIN_BASE ? first : LAST_PIN_BASE,
		};

		for (uint32_t n = first; n < first + PINS && n < NUM_INTIDS;
		     n++)
			chip.pin_bitmap[(n - chip.pin_base) / 32] |=
				1U << (n - chip.pin_base) % 32;
		err = jhcfg_config_insert_irqchip(root->config, SIZE_MAX,
						  &chip);
	}
	return err;
}

/* A mask of MMU-500 makes ids overlap: bits that count in both decide. */
static bool streams_overlap(const struct root *root, uint32_t a, uint32_t b)
{
	if (root->platform.iommu_units[0].type != JAILHOUSE_IOMMU_ARM_MMU500)
		return a == b;
	return !((a ^ b) & ~(a >> 16) & ~(b >> 16) & 0x7fff);
}

static int add_stream(struct root *root, uint32_t id)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(root->config);
	size_t count = jhcfg_cell_num_stream_ids(cell);

	for (size_t n = 0; n < count; n++)
		if (streams_overlap(root, jhcfg_cell_stream_id(cell, n)->id,
				    id))
			return 0;
	if (count == MAX_STREAM_IDS)
		return 0;
	return jhcfg_config_insert_stream_id(
		root->config, count, &(struct jhcfg_stream_id){ .id = id });
}

static int add_streams(struct root *root)
{
	const struct jhcfg_hw_device *device;
	int err = 0;

	if (!root->platform.iommu_units[0].base)
		return 0;
	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++)
		for (size_t i = 0; !err && i < device->num_stream_ids; i++)
			err = add_stream(root, device->stream_ids[i]);
	return err;
}

static void set_console(struct root *root)
{
	const struct jhcfg_hw_device *device;
	struct jhcfg_console console = { 0 };

	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++) {
		if (!device->boot_console || !device->console_type ||
		    !device->num_windows)
			continue;
		console.address = device->windows[0].start;
		console.size = device->windows[0].size > 0x10000
				       ? 0x10000
				       : (uint32_t)device->windows[0].size;
		console.type = device->console_type;
		console.flags = JAILHOUSE_CON_ACCESS_MMIO;
		if (device->reg_shift == 2 ||
		    device->console_type != JAILHOUSE_CON_TYPE_8250)
			console.flags |= JAILHOUSE_CON_REGDIST_4;
		jhcfg_config_set_debug_console(root->config, &console);
		return;
	}
	say(root, JHCFG_INFO, "G10", NULL,
	    "the board names no boot console of a type that we drive: the "
	    "hypervisor speaks on the virtual console only");
}

static int set_name(struct root *root)
{
	char name[JHCFG_NAME_SIZE];
	const char *from = jhcfg_board_name(root->board);
	size_t n = 0;

	for (; n < sizeof(name) - 1 && from[n] > ' ' && from[n] < 127; n++)
		name[n] = from[n];
	name[n] = 0;
	return jhcfg_config_set_name(root->config, n ? name : "root");
}

static int fill(struct root *root)
{
	int err = set_name(root);

	for (size_t n = 0; !err && n < jhcfg_board_num_cpus(root->board); n++)
		err = jhcfg_config_add_cpu(root->config,
					   jhcfg_board_cpu(root->board, n)->id);
	if (!err)
		err = add_memory(root);
	if (!err)
		err = add_irqchips(root);
	if (!err)
		err = add_streams(root);
	jhcfg_config_set_platform(root->config, &root->platform);
	jhcfg_config_set_hypervisor_memory(
		root->config, &(struct jhcfg_memory){
				      .phys_start = root->hypervisor.start,
				      .size = root->hypervisor.size,
			      });
	jhcfg_config_set_system_flags(root->config,
				      JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE);
	set_console(root);
	return err;
}

/* How to keep Linux away from what was placed. */
static void tell(struct root *root)
{
	uint64_t start = root->inmates.start;
	uint64_t size = root->inmates.size + root->hypervisor.size;

	jhcfg_diags_add(
		root->diags, JHCFG_INFO, "G11", "root cell",
		jhcfg_board_source(root->board),
		"add to the tree's /reserved-memory: jailhouse { reg = <...>; "
		"no-map; }; or, if no RAM is above, mem= on the command line",
		"Linux must not use [0x%" PRIx64 "-0x%" PRIx64
		"]: inmates 0x%" PRIx64 ", hypervisor 0x%" PRIx64
		"; reg = <0x%" PRIx64 " 0x%" PRIx64 " 0x%" PRIx64 " 0x%" PRIx64
		">",
		start, start + size - 1, start, root->hypervisor.start,
		start >> 32, start & UINT32_MAX, size >> 32, size & UINT32_MAX);
}

static int generate(struct root *root)
{
	int err = check_board(root);

	if (err)
		return err;
	add_windows(root);
	keep_gic(root);
	keep_iommus(root);
	ranges_merge(&root->registers);
	read_memory(root);
	err = place(root);
	if (!err)
		err = place_pci(root);
	if (!err)
		err = place_vpci_irqs(root);
	if (!err)
		err = fill(root);
	if (!err &&
	    (root->ram.failed || root->mmio.failed || root->registers.failed ||
	     root->reserved.failed || root->firmware.failed))
		err = -ENOMEM;
	if (!err)
		tell(root);
	return err;
}

int jhcfg_root_generate(const struct jhcfg_board *board,
			const struct jhcfg_root_options *options,
			struct jhcfg_diags *diags, struct jhcfg_config **config)
{
	struct root root = {
		.board = board,
		.options = options,
		.diags = diags,
		.config = jhcfg_config_create(true,
					      jhcfg_board_architecture(board)),
	};
	int err = root.config ? generate(&root) : -ENOMEM;

	if (err)
		jhcfg_config_free(root.config);
	else
		*config = root.config;
	ranges_clear(&root.ram);
	ranges_clear(&root.reserved);
	ranges_clear(&root.firmware);
	ranges_clear(&root.registers);
	ranges_clear(&root.mmio);
	return err;
}
