// SPDX-License-Identifier: GPL-2.0-or-later
/* What the selected cell has, from its configuration where that can be read. */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

#include <jhcfg/model.h>
#include <jailhouse/cell-config.h>

#define DETAIL_SIZE 256

struct flag_row {
	uint64_t flag;
	const char *name;
};

static const struct flag_row memory_flags[] = {
	{ JAILHOUSE_MEM_READ, "r" },
	{ JAILHOUSE_MEM_WRITE, "w" },
	{ JAILHOUSE_MEM_EXECUTE, "x" },
	{ JAILHOUSE_MEM_DMA, " dma" },
	{ JAILHOUSE_MEM_IO, " io" },
	{ JAILHOUSE_MEM_COMM_REGION, " comm" },
	{ JAILHOUSE_MEM_LOADABLE, " loadable" },
	{ JAILHOUSE_MEM_ROOTSHARED, " rootshared" },
};

static const struct jhcfg_cell *config_of(const struct tui_tab *tab)
{
	const struct tui_cell *cell = tui_tab_cell(tab);

	return cell && cell->config ? jhcfg_config_cell(cell->config) : NULL;
}

/* --- sections: how many lines they are, and what a line says -------------- */

static size_t count_one(const struct jhcfg_cell *cell)
{
	(void)cell;
	return 1;
}

static void say_flags(const struct jhcfg_cell *cell, size_t index, char *text,
		      size_t size)
{
	(void)index;
	snprintf(text, size, "reset address 0x%llx, console at 0x%llx",
		 (unsigned long long)jhcfg_cell_reset_address(cell),
		 (unsigned long long)jhcfg_cell_console(cell)->address);
}

static void say_memory(const struct jhcfg_cell *cell, size_t index, char *text,
		       size_t size)
{
	const struct jhcfg_memory *memory = jhcfg_cell_memory(cell, index);
	char bytes[24];
	size_t used;

	tui_format_bytes(memory->size, bytes, sizeof(bytes));
	used = (size_t)snprintf(text, size, "0x%09llx > 0x%09llx  %5s  ",
				(unsigned long long)memory->phys_start,
				(unsigned long long)memory->virt_start, bytes);
	for (size_t n = 0;
	     n < sizeof(memory_flags) / sizeof(memory_flags[0]) && used < size;
	     n++) {
		if (memory->flags & memory_flags[n].flag)
			used += (size_t)snprintf(text + used, size - used, "%s",
						 memory_flags[n].name);
	}
}

/* "33, 36-39" of one interrupt controller */
static void say_irqchip(const struct jhcfg_cell *cell, size_t index, char *text,
			size_t size)
{
	const struct jhcfg_irqchip *chip = jhcfg_cell_irqchip(cell, index);
	size_t used = 0;

	snprintf(text, size, "none of 0x%llx",
		 (unsigned long long)chip->address);
	for (unsigned int pin = 0; pin < 128 && used < size; pin++) {
		unsigned int last = pin;

		while (last < 128 &&
		       chip->pin_bitmap[last / 32] >> last % 32 & 1)
			last++;
		if (last == pin)
			continue;
		used += (size_t)snprintf(text + used, size - used, "%s%u",
					 used ? ", " : "",
					 chip->pin_base + pin);
		if (last > pin + 1 && used < size)
			used += (size_t)snprintf(text + used, size - used,
						 "-%u",
						 chip->pin_base + last - 1);
		pin = last;
	}
}

static void say_pci(const struct jhcfg_cell *cell, size_t index, char *text,
		    size_t size)
{
	const struct jhcfg_pci_device *device =
		jhcfg_cell_pci_device(cell, index);
	size_t used = (size_t)snprintf(
		text, size, "%04x:%02x:%02x.%x", device->domain,
		device->bdf >> 8, device->bdf >> 3 & 0x1f, device->bdf & 7);

	if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM && used < size)
		snprintf(text + used, size - used,
			 "  ivshmem, protocol 0x%04x, end %u of %u",
			 device->shmem_protocol, device->shmem_dev_id,
			 device->shmem_peers);
}

static void say_pio(const struct jhcfg_cell *cell, size_t index, char *text,
		    size_t size)
{
	const struct jhcfg_pio *pio = jhcfg_cell_pio(cell, index);

	snprintf(text, size, "0x%04x-0x%04x", pio->base,
		 pio->base + pio->length - 1);
}

static void say_stream(const struct jhcfg_cell *cell, size_t index, char *text,
		       size_t size)
{
	snprintf(text, size, "0x%x", jhcfg_cell_stream_id(cell, index)->id);
}

static const struct section {
	const char *label;
	size_t (*count)(const struct jhcfg_cell *cell);
	void (*say)(const struct jhcfg_cell *cell, size_t index, char *text,
		    size_t size);
} sections[] = {
	{ "boot", count_one, say_flags },
	{ "memory", jhcfg_cell_num_memory, say_memory },
	{ "irqs", jhcfg_cell_num_irqchips, say_irqchip },
	{ "pci", jhcfg_cell_num_pci_devices, say_pci },
	{ "ports", jhcfg_cell_num_pio, say_pio },
	{ "stream", jhcfg_cell_num_stream_ids, say_stream },
};

#define NUM_SECTIONS (sizeof(sections) / sizeof(sections[0]))

static size_t count_config(const struct jhcfg_cell *config)
{
	size_t count = 0;

	for (size_t n = 0; config && n < NUM_SECTIONS; n++)
		count += sections[n].count(config);
	return count;
}

/* --- the pane ------------------------------------------------------------- */

/* A line of what runs, then the configuration, or that there is none. */
static size_t count_lines(const struct tui_tab *tab)
{
	const struct jhcfg_cell *config = config_of(tab);

	if (!tui_tab_cell(tab))
		return 0;
	return 1 + (config ? count_config(config) : 1);
}

static void draw_first(struct tui_screen *screen, const struct tui_cell *cell,
		       const struct tui_rect *line)
{
	struct tui_canvas *canvas = &screen->canvas;
	char exits[32], peak[32];
	unsigned int used;

	tui_format_rate(cell->counters[0].rate_milli, exits, sizeof(exits));
	tui_format_rate(cell->counters[0].peak_milli, peak, sizeof(peak));
	used = tui_printf(canvas, line->x, line->y, line->width, TUI_NORMAL,
			  "%s, CPUs %s, exits %s/s, peak %s/s",
			  cell->state_name, cell->cpus_text, exits, peak);
	if (cell->num_failed && used + 12 < line->width)
		used += tui_printf(canvas, line->x + used, line->y,
				   line->width - used, TUI_BAD,
				   ", failed CPUs: %s", cell->failed_text);
	if (line->width > used + 10) {
		unsigned int width = line->width - used - 4;

		tui_draw_graph(canvas, line->x + used + 2, line->y,
			       width < TUI_HISTORY ? width : TUI_HISTORY,
			       TUI_GRAPH, &cell->history);
	}
}

static void draw_config(struct tui_screen *screen,
			const struct jhcfg_cell *config, size_t index,
			const struct tui_rect *line)
{
	char text[DETAIL_SIZE] = "";
	unsigned int used;

	for (size_t n = 0; n < NUM_SECTIONS; n++) {
		size_t count = sections[n].count(config);

		if (index >= count) {
			index -= count;
			continue;
		}
		if (!index)
			tui_put(&screen->canvas, line->x, line->y, line->width,
				TUI_LABEL, sections[n].label);
		sections[n].say(config, index, text, sizeof(text));
		used = line->width > 8 ? 8 : line->width;
		tui_put(&screen->canvas, line->x + used, line->y,
			line->width - used, TUI_NORMAL, text);
		return;
	}
}

static void draw_line(struct tui_screen *screen, size_t index,
		      const struct tui_rect *line)
{
	const struct tui_tab *tab = tui_tab(screen);
	const struct jhcfg_cell *config = config_of(tab);

	if (!index)
		draw_first(screen, tui_tab_cell(tab), line);
	else if (config)
		draw_config(screen, config, index - 1, line);
	else
		tui_put(&screen->canvas, line->x, line->y, line->width, TUI_DIM,
			"Its configuration cannot be read: the driver gives it "
			"to root only.");
}

static void draw_heading(struct tui_screen *screen, const struct tui_rect *line)
{
	const struct tui_cell *cell = tui_tab_cell(tui_tab(screen));

	if (cell)
		tui_printf(&screen->canvas, line->x, line->y, line->width,
			   TUI_STRONG, "%s ", cell->name);
}

const struct tui_pane tui_pane_detail = {
	.name = "detail",
	.title = "Detail",
	.command = TUI_CMD_DETAIL,
	.empty = "Select a cell.",
	.count = count_lines,
	.heading = draw_heading,
	.line = draw_line,
};
