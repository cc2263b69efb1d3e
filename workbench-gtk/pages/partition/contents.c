// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/contents.h"

#include <string.h>

#include <jailhouse/cell-config.h>

#include "model/link.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/pci.h"
#include "model/text.h"

#define BAR_MIN	 96 /* pixels of the smallest memory */
#define BAR_STEP 12 /* and for each doubling beyond 1 MiB */
#define MANY	 16 /* CPUs of a machine, whose chips are small */

struct maker {
	const struct jhcfg_workspace *workspace;
	const struct jhcfg_board *board; /* may be NULL */
	const struct jhcfg_cell *cell;
	const JhwHoldings *holdings;
	uint32_t key;
	gboolean many; /* CPUs */
	GPtrArray *sections;
};

static void free_chip(gpointer data)
{
	JhwChipSpec *chip = data;

	g_free(chip->title);
	g_free(chip->subtitle);
	g_free(chip);
}

static void free_section(gpointer data)
{
	JhwSectionSpec *section = data;

	g_free(section->title);
	g_ptr_array_unref(section->chips);
	g_free(section);
}

static JhwSectionSpec *new_section(const char *id, const char *title)
{
	JhwSectionSpec *section = g_new0(JhwSectionSpec, 1);

	section->id = g_intern_string(id);
	section->title = g_strdup(title);
	section->chips = g_ptr_array_new_with_free_func(free_chip);
	return section;
}

static JhwChipSpec *add_chip(const struct maker *maker, JhwSectionSpec *section, JhwRef ref,
			     JhwChipStyle style)
{
	JhwChipSpec *chip = g_new0(JhwChipSpec, 1);

	chip->ref = ref;
	chip->style = style;
	chip->title = jhw_ref_name(maker->workspace, &ref);
	g_ptr_array_add(section->chips, chip);
	return chip;
}

/* Takes over the section, which stays away if it is empty. */
static void add_section(const struct maker *maker, JhwSectionSpec *section)
{
	if (section->chips->len)
		g_ptr_array_add(maker->sections, section);
	else
		free_section(section);
}

/* What others have is not the root's any more, whatever its configuration says. */
static gboolean owns_cpu(const struct maker *maker, unsigned int cpu)
{
	return maker->key == JHCFG_ROOT_KEY
		       ? jhw_holdings_cpu_owner(maker->holdings, cpu) == maker->key
		       : jhcfg_cell_has_cpu(maker->cell, cpu);
}

static gboolean owns_device(const struct maker *maker, guint device)
{
	return maker->key != JHCFG_ROOT_KEY ||
	       jhw_holdings_device_owner(maker->holdings, device) == maker->key;
}

/* --- CPUs -------------------------------------------------------------------- */

static void add_cpu(const struct maker *maker, JhwSectionSpec *section, unsigned int cpu)
{
	JhwChipSpec *chip = add_chip(maker, section, jhw_ref_of(JHW_REF_CPU, cpu),
				     maker->many ? JHW_CHIP_SMALL : JHW_CHIP_TILE);

	g_free(chip->title);
	chip->title = g_strdup_printf("%u", cpu);
	if (!cpu && !maker->many)
		chip->subtitle = g_strdup("boot");
}

static void add_board_cpus(const struct maker *maker)
{
	g_autoptr(GPtrArray) by_cluster = g_ptr_array_new();
	const struct jhcfg_hw_cpu *cpu, *first = jhcfg_board_cpu(maker->board, 0);
	gboolean clusters = FALSE;

	for (size_t n = 0; (cpu = jhcfg_board_cpu(maker->board, n)); n++)
		clusters |= cpu->cluster != first->cluster || cpu->package != first->package;
	for (size_t n = 0; (cpu = jhcfg_board_cpu(maker->board, n)); n++) {
		g_autofree char *id = NULL;
		JhwSectionSpec *section = NULL;

		if (!owns_cpu(maker, cpu->id))
			continue;
		id = clusters ? g_strdup_printf("cpus-%u-%u", cpu->package, cpu->cluster)
			      : g_strdup("cpus");
		for (guint m = 0; m < by_cluster->len; m++) {
			JhwSectionSpec *other = by_cluster->pdata[m];

			if (g_str_equal(other->id, id))
				section = other;
		}
		if (!section) {
			g_autofree char *title =
				clusters ? g_strdup_printf(_("CPUs \302\267 cluster %u"),
							   cpu->cluster)
					 : g_strdup("CPUs");

			section = new_section(id, title);
			g_ptr_array_add(by_cluster, section);
		}
		add_cpu(maker, section, cpu->id);
	}
	for (guint n = 0; n < by_cluster->len; n++)
		add_section(maker, by_cluster->pdata[n]);
}

static void add_cpus(const struct maker *maker)
{
	JhwSectionSpec *section;
	guint left = jhcfg_cell_num_cpus(maker->cell);

	if (maker->board && jhcfg_board_num_cpus(maker->board)) {
		add_board_cpus(maker);
		return;
	}
	section = new_section("cpus", "CPUs");
	for (unsigned int cpu = 0; left && cpu < JHCFG_MAX_CPUS; cpu++) {
		if (!jhcfg_cell_has_cpu(maker->cell, cpu))
			continue;
		left--;
		if (owns_cpu(maker, cpu))
			add_cpu(maker, section, cpu);
	}
	add_section(maker, section);
}

/* --- memory ------------------------------------------------------------------ */

static int bar_width(uint64_t size)
{
	int width = BAR_MIN;

	for (size >>= 21; size; size >>= 1)
		width += BAR_STEP;
	return width;
}

/* Regions that links add are shown as the link. */
static gboolean is_of_link(const struct maker *maker, const struct jhcfg_memory *memory)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(maker->workspace, n)); n++)
		if (memory->phys_start >= link->base &&
		    memory->phys_start - link->base < jhw_link_size(link))
			return TRUE;
	return FALSE;
}

static void add_memory(const struct maker *maker)
{
	JhwSectionSpec *section = new_section("memory", _("Memory"));
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(maker->cell, n)); n++) {
		JhwRef ref = { JHW_REF_REGION, maker->key, n };
		gboolean ram = jhw_region_is_ram(memory);

		if (!ram && (maker->key == JHCFG_ROOT_KEY || memory->flags & JAILHOUSE_MEM_IO ||
			     is_of_link(maker, memory)))
			continue;
		add_chip(maker, section, ref, ram ? JHW_CHIP_BAR : JHW_CHIP_PILL)->width =
			ram ? bar_width(memory->size) : 0;
	}
	add_section(maker, section);
}

/* --- devices ----------------------------------------------------------------- */

static gboolean is_shown(const struct maker *maker, const struct jhcfg_hw_device *device,
			 const JhwRef *ref)
{
	if (!jhw_is_movable(maker->workspace, ref))
		return FALSE;
	/* what nobody uses is in the tree at the left, until a cell has it */
	return maker->key != JHCFG_ROOT_KEY || !g_str_equal(device->status, "disabled") ||
	       device->kind == JHCFG_HW_DEVICE_UART;
}

/* What people look for first; the others after these. */
static guint rank_of(enum jhcfg_hw_device_kind kind)
{
	static const enum jhcfg_hw_device_kind first[] = {
		JHCFG_HW_DEVICE_NET,	 JHCFG_HW_DEVICE_STORAGE, JHCFG_HW_DEVICE_USB,
		JHCFG_HW_DEVICE_DISPLAY, JHCFG_HW_DEVICE_TIMER,	  JHCFG_HW_DEVICE_I2C,
		JHCFG_HW_DEVICE_SPI,	 JHCFG_HW_DEVICE_GPIO,	  JHCFG_HW_DEVICE_WATCHDOG,
		JHCFG_HW_DEVICE_DMA,
	};

	for (guint n = 0; n < G_N_ELEMENTS(first); n++)
		if (first[n] == kind)
			return n;
	return G_N_ELEMENTS(first);
}

static gint by_rank(gconstpointer a, gconstpointer b, gpointer data)
{
	const JhwChipSpec *const *first = a, *const *second = b;
	const struct jhcfg_board *board = data;
	guint rank = rank_of(jhcfg_board_device(board, (*first)->ref.id)->kind);
	guint other = rank_of(jhcfg_board_device(board, (*second)->ref.id)->kind);

	if (rank != other)
		return rank < other ? -1 : 1;
	return (*first)->ref.id < (*second)->ref.id ? -1 : 1;
}

/* The cell's PCI function of that name is the chip for both. */
static gboolean is_function(const struct maker *maker, const struct jhcfg_hw_device *hardware)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(maker->cell, n)); n++) {
		JhwRef ref = jhw_ref_of(JHW_REF_PCI, jhw_pci_id(device->domain, device->bdf));
		g_autofree char *name = jhw_ref_name(maker->workspace, &ref);

		if (g_str_equal(name, hardware->name))
			return TRUE;
	}
	return FALSE;
}

/* UARTs in a section of their own: they are what cells are asked for first. */
static void add_devices(const struct maker *maker)
{
	JhwSectionSpec *uarts = new_section("uarts", "UARTs");
	JhwSectionSpec *devices = new_section("devices", _("Devices"));
	const GArray *held = jhw_holdings_devices(maker->holdings, maker->key);

	for (guint n = 0; held && n < held->len; n++) {
		guint index = g_array_index(held, guint, n);
		const struct jhcfg_hw_device *device = jhcfg_board_device(maker->board, index);
		JhwRef ref = jhw_ref_of(JHW_REF_DEVICE, index);
		JhwSectionSpec *section = device->kind == JHCFG_HW_DEVICE_UART ? uarts : devices;

		if (!is_shown(maker, device, &ref) || !owns_device(maker, index) ||
		    is_function(maker, device))
			continue;
		add_chip(maker, section, ref, JHW_CHIP_PILL)->subtitle =
			device->boot_console ? g_strdup("console") : NULL;
	}
	g_ptr_array_sort_with_data(devices->chips, by_rank, (gpointer)(guintptr)maker->board);
	add_section(maker, uarts);
	add_section(maker, devices);
}

/* Registers that no device of the board explains. */
static void add_registers(const struct maker *maker)
{
	JhwSectionSpec *section = new_section("registers", _("Registers"));
	const struct jhcfg_memory *memory;

	for (size_t n = 0;
	     maker->key != JHCFG_ROOT_KEY && (memory = jhcfg_cell_memory(maker->cell, n)); n++) {
		size_t position = 0;

		if (!(memory->flags & JAILHOUSE_MEM_IO) ||
		    (maker->board &&
		     jhcfg_board_device_at(maker->board,
					   (struct jhcfg_range){ memory->phys_start, memory->size },
					   &position) != JHCFG_NO_INDEX))
			continue;
		add_chip(maker, section, (JhwRef){ JHW_REF_REGION, maker->key, n }, JHW_CHIP_PILL);
	}
	add_section(maker, section);
}

static void add_pci(const struct maker *maker)
{
	JhwSectionSpec *section = new_section("pci", "PCI");
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(maker->cell, n)); n++) {
		JhwRef ref = jhw_ref_of(JHW_REF_PCI, jhw_pci_id(device->domain, device->bdf));
		const struct jhcfg_hw_pci_function *function =
			jhw_pci_function(maker->workspace, ref.id);

		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    (maker->key != JHCFG_ROOT_KEY ||
		     jhw_owner_of(maker->workspace, &ref) == JHCFG_ROOT_KEY))
			add_chip(maker, section, ref, JHW_CHIP_PILL)->subtitle =
				function ? g_strdup(jhw_pci_class_name(function->class_code))
					 : NULL;
	}
	add_section(maker, section);
}

static void add_links(const struct maker *maker)
{
	JhwSectionSpec *section = new_section("links", _("Links"));
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(maker->workspace, n)); n++) {
		for (unsigned int id = 0; id < link->num_peers; id++) {
			if (link->peers[id] != maker->key)
				continue;
			add_chip(maker, section, (JhwRef){ JHW_REF_LINK, maker->key, link->key },
				 JHW_CHIP_PILL)
				->shared = TRUE;
			break;
		}
	}
	add_section(maker, section);
}

GPtrArray *jhw_lane_contents(const struct jhcfg_workspace *workspace, const JhwHoldings *holdings,
			     uint32_t key)
{
	struct maker maker = {
		.workspace = workspace,
		.board = jhcfg_workspace_board(workspace),
		.cell = jhw_cell(workspace, key),
		.holdings = holdings,
		.key = key,
		.sections = g_ptr_array_new_with_free_func(free_section),
	};

	if (!maker.cell)
		return maker.sections;
	maker.many = MAX(maker.board ? jhcfg_board_num_cpus(maker.board) : 0,
			 jhcfg_cell_num_cpus(maker.cell)) > MANY;
	add_cpus(&maker);
	add_memory(&maker);
	add_devices(&maker);
	add_registers(&maker);
	add_pci(&maker);
	add_links(&maker);
	return maker.sections;
}
