// SPDX-License-Identifier: GPL-2.0-or-later
#include "show.h"

#include <inttypes.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#define PINS 128U

/* --- numbers -----------------------------------------------------------------
 */

static void print_size(FILE *out, uint64_t size)
{
	static const char suffixes[] = " KMG";
	unsigned int unit = 0;

	while (size && !(size & 1023) && unit < 3) {
		size >>= 10;
		unit++;
	}
	if (unit)
		fprintf(out, "%8" PRIu64 "%c", size, suffixes[unit]);
	else
		fprintf(out, "%#9" PRIx64, size);
}

/* Ranges of numbers, one after the other: call with each, ascending, and with
 * UINT32_MAX at the end. */
struct ranges {
	FILE *out;
	uint32_t first, last;
	bool open, any;
};

static void put_number(struct ranges *ranges, uint32_t number)
{
	if (ranges->open && number == ranges->last + 1) {
		ranges->last = number;
		return;
	}
	if (ranges->open) {
		fprintf(ranges->out, "%s%u", ranges->any ? ", " : "",
			ranges->first);
		if (ranges->last > ranges->first)
			fprintf(ranges->out, "-%u", ranges->last);
		ranges->any = true;
	}
	ranges->open = true;
	ranges->first = ranges->last = number;
}

static void end_numbers(struct ranges *ranges)
{
	put_number(ranges, UINT32_MAX);
	if (!ranges->any)
		fputs("none", ranges->out);
}

void show_cpus(FILE *out, const struct jhcfg_cell *cell)
{
	unsigned int left = jhcfg_cell_num_cpus(cell);
	struct ranges ranges = { .out = out };

	for (unsigned int cpu = 0; left && cpu < JHCFG_MAX_CPUS; cpu++)
		if (jhcfg_cell_has_cpu(cell, cpu)) {
			put_number(&ranges, cpu);
			left--;
		}
	end_numbers(&ranges);
}

/* --- lists -------------------------------------------------------------------
 */

static const struct {
	uint64_t flag;
	char letter;
} memory_flags[] = {
	{ JAILHOUSE_MEM_READ, 'r' },	   { JAILHOUSE_MEM_WRITE, 'w' },
	{ JAILHOUSE_MEM_EXECUTE, 'x' },	   { JAILHOUSE_MEM_DMA, 'd' },
	{ JAILHOUSE_MEM_IO, 'i' },	   { JAILHOUSE_MEM_LOADABLE, 'l' },
	{ JAILHOUSE_MEM_ROOTSHARED, 's' }, { JAILHOUSE_MEM_COMM_REGION, 'c' },
};

static void show_region(FILE *out, const struct jhcfg_config *config, size_t n)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(jhcfg_config_cell(config), n);
	char name[64];

	if (memory->flags & JAILHOUSE_MEM_COMM_REGION)
		fprintf(out, "  %12s ", "");
	else
		fprintf(out, "  0x%010" PRIx64 " ", memory->phys_start);
	if (memory->virt_start == memory->phys_start)
		fprintf(out, "%13s", "");
	else
		fprintf(out, "0x%010" PRIx64 " ", memory->virt_start);
	print_size(out, memory->size);
	fputc(' ', out);
	for (size_t i = 0; i < sizeof(memory_flags) / sizeof(memory_flags[0]);
	     i++)
		fputc(memory->flags & memory_flags[i].flag
			      ? memory_flags[i].letter
			      : '-',
		      out);
	if (jhcfg_config_memory_note(config, n, "name", name, sizeof(name)))
		fprintf(out, " %s", name);
	fputc('\n', out);
}

static void show_memory(FILE *out, const struct jhcfg_config *config)
{
	size_t count = jhcfg_cell_num_memory(jhcfg_config_cell(config));

	if (!count)
		return;
	fprintf(out, "  %-12s %-12s %9s %-8s %s\n", "physical", "guest", "size",
		"flags", "name");
	for (size_t n = 0; n < count; n++)
		show_region(out, config, n);
}

/* All lines of the chip that the entry is of, if it is its first entry. */
static void show_chip(FILE *out, const struct jhcfg_config *config,
		      const struct jhcfg_irqchip *chip)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	struct ranges ranges = { .out = out };
	const struct jhcfg_irqchip *other;

	for (size_t n = 0; (other = jhcfg_cell_irqchip(cell, n)) != chip; n++)
		if (other->address == chip->address)
			return;
	fprintf(out, "  interrupts   of 0x%08" PRIx64 ": ", chip->address);
	for (uint32_t line = 0; line < 1024; line++)
		if (jhcfg_config_has_irq(config, chip->address, line))
			put_number(&ranges, line);
	end_numbers(&ranges);
	fputc('\n', out);
}

static void show_devices(FILE *out, const struct jhcfg_cell *cell)
{
	static const char *const types[] = { "?", "device", "bridge",
					     "ivshmem" };
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++) {
		fprintf(out, "  PCI          %04x:%02x:%02x.%x %s",
			device->domain, device->bdf >> 8,
			device->bdf >> 3 & 0x1f, device->bdf & 7,
			types[device->type < 4 ? device->type : 0]);
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			fprintf(out, ", peer %u of %u, protocol 0x%x",
				device->shmem_dev_id, device->shmem_peers,
				device->shmem_protocol);
		fputc('\n', out);
	}
}

static void show_others(FILE *out, const struct jhcfg_cell *cell)
{
	const struct jhcfg_stream_id *stream;
	const struct jhcfg_pio *pio;

	for (size_t n = 0; (stream = jhcfg_cell_stream_id(cell, n)); n++)
		fprintf(out, "%s0x%x", n ? ", " : "  stream ids   ",
			stream->id);
	if (jhcfg_cell_num_stream_ids(cell))
		fputc('\n', out);
	for (size_t n = 0; (pio = jhcfg_cell_pio(cell, n)); n++)
		fprintf(out, "%s0x%x-0x%x", n ? ", " : "  ports        ",
			pio->base, pio->base + pio->length - 1);
	if (jhcfg_cell_num_pio(cell))
		fputc('\n', out);
}

/* --- configurations ----------------------------------------------------------
 */

static const char *const architectures[] = { "x86", "arm", "arm64" };

static void show_system(FILE *out, const struct jhcfg_system *system)
{
	const struct jhcfg_memory *memory =
		jhcfg_system_hypervisor_memory(system);
	const struct jhcfg_platform *platform = jhcfg_system_platform(system);

	fprintf(out, "  hypervisor   0x%010" PRIx64, memory->phys_start);
	print_size(out, memory->size);
	fputc('\n', out);
	if (platform->gic_version)
		fprintf(out, "  GICv%u        0x%010" PRIx64 "\n",
			platform->gic_version, platform->gicd_base);
	if (platform->pci_mmconfig_base)
		fprintf(out, "  PCI window   0x%010" PRIx64 ", %s, domain %u\n",
			platform->pci_mmconfig_base,
			platform->pci_is_virtual ? "virtual" : "ECAM",
			platform->pci_domain);
}

static void show_console(FILE *out, const char *title,
			 const struct jhcfg_console *console)
{
	if (console->type)
		fprintf(out, "  %-12s 0x%010" PRIx64 "\n", title,
			console->address);
}

static void show_cell(FILE *out, const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_irqchip *chip;

	fputs("  CPUs         ", out);
	show_cpus(out, cell);
	fputc('\n', out);
	if (!jhcfg_config_system(config))
		fprintf(out, "  reset        0x%" PRIx64 "\n",
			jhcfg_cell_reset_address(cell));
	if (jhcfg_cell_flags(cell))
		fprintf(out, "  flags        0x%x\n", jhcfg_cell_flags(cell));
	show_console(out, "console", jhcfg_cell_console(cell));
	show_memory(out, config);
	for (size_t n = 0; (chip = jhcfg_cell_irqchip(cell, n)); n++)
		show_chip(out, config, chip);
	show_devices(out, cell);
	show_others(out, cell);
}

void show_config(FILE *out, const struct jhcfg_config *config)
{
	const struct jhcfg_system *system = jhcfg_config_system(config);
	uint8_t arch = jhcfg_config_architecture(config);

	fprintf(out, "%s \"%s\", %s\n", system ? "system" : "cell",
		jhcfg_cell_name(jhcfg_config_cell(config)),
		arch < 3 ? architectures[arch] : "?");
	if (system) {
		show_system(out, system);
		show_console(out, "debug", jhcfg_system_debug_console(system));
	}
	show_cell(out, config);
}

/* --- hardware ----------------------------------------------------------------
 */

static void show_device(FILE *out, const struct jhcfg_hw_device *device)
{
	fprintf(out, "  %-20s", device->name);
	if (device->num_windows)
		fprintf(out, " 0x%010" PRIx64 " %#9" PRIx64,
			device->windows[0].start, device->windows[0].size);
	else
		fprintf(out, " %22s", "");
	for (size_t n = 0; n < device->num_irqs && n < 4; n++)
		fprintf(out, "%s%u%s", n ? ", " : "  irq ",
			device->irqs[n].number,
			device->irqs[n].nested ? " (nested)" : "");
	if (device->num_irqs > 4)
		fputs(", ...", out);
	if (device->boot_console)
		fputs("  console of Linux", out);
	if (*device->status && strcmp(device->status, "okay"))
		fprintf(out, "  %s", device->status);
	fputc('\n', out);
}

static void show_banks(FILE *out, const struct jhcfg_board *board)
{
	static const char *const kinds[] = { "RAM", "reserved", "firmware",
					     "shared" };
	const struct jhcfg_hw_memory *memory;

	for (size_t n = 0; (memory = jhcfg_board_memory(board, n)); n++) {
		fprintf(out, "  %-12s 0x%010" PRIx64,
			kinds[memory->kind < 4 ? memory->kind : 1],
			memory->range.start);
		print_size(out, memory->range.size);
		fprintf(out, " %s\n", memory->name);
	}
}

void show_board(FILE *out, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_pci_function *function;
	const struct jhcfg_hw_device *device;
	const struct jhcfg_hw_cpu *cpu;

	fprintf(out, "board \"%s\": %s\n", jhcfg_board_name(board),
		jhcfg_board_title(board));
	for (size_t n = 0; (cpu = jhcfg_board_cpu(board, n)); n++)
		fprintf(out, "  CPU %-8u id 0x%" PRIx64 ", cluster %u, %s\n",
			cpu->id, cpu->phys_id, cpu->cluster, cpu->compatible);
	show_banks(out, board);
	if (jhcfg_board_num_devices(board))
		fputs("  devices, with their first registers\n", out);
	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++)
		show_device(out, device);
	for (size_t n = 0; (function = jhcfg_board_pci_function(board, n)); n++)
		fprintf(out,
			"  PCI          %04x:%02x:%02x.%x %04x:%04x, class "
			"%06x\n",
			function->domain, function->bdf >> 8,
			function->bdf >> 3 & 0x1f, function->bdf & 7,
			function->vendor, function->device,
			function->class_code);
}
