// SPDX-License-Identifier: LGPL-2.1-or-later
/* Interrupts, devices, links, and what people decided. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "emit/report.h"
#include "emit/reserved.h"
#include "model/names.h"
#include "util/number.h"

/* --- interrupts --- */

static const char *device_of_irq(const struct report *report, uint32_t number)
{
	size_t position = 0, index;

	if (!report->board)
		return "";
	index = jhcfg_board_device_of_irq(report->board, number, &position);
	return index == JHCFG_NO_INDEX
		       ? ""
		       : jhcfg_board_device(report->board, index)->name;
}

static void add_chip(const struct report *report, size_t cell,
		     const struct jhcfg_irqchip *chip,
		     struct report_section *section)
{
	for (uint32_t pin = 0; pin < 128; pin++) {
		struct report_row *row;

		if (!(chip->pin_bitmap[pin / 32] >> pin % 32 & 1))
			continue;
		row = report_add(section);
		REPORT_SET(row, 0, "%" PRIu64, (uint64_t)chip->pin_base + pin);
		REPORT_SET(row, 1, "%s", report_cell_name(report, cell));
		REPORT_SET(row, 2, "0x%08" PRIx64, chip->address);
		REPORT_SET(row, 3, "%s",
			   device_of_irq(report, chip->pin_base + pin));
	}
}

/* All others are the root's. */
void report_fill_interrupts(const struct report *report,
			    struct report_section *section)
{
	for (size_t cell = 1; cell < report->num_cells; cell++) {
		const struct jhcfg_irqchip *chip;

		for (size_t n = 0;
		     (chip = jhcfg_cell_irqchip(report_cell(report, cell), n));
		     n++)
			add_chip(report, cell, chip, section);
	}
}

/* --- devices --- */

/* 0: not at all, 1: with the root, 2: alone */
static int has_window(const struct jhcfg_cell *cell,
		      const struct jhcfg_range *window)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (emit_is_mmio(memory) &&
		    memory->phys_start <= window->start &&
		    window->start - memory->phys_start < memory->size)
			return memory->flags & JAILHOUSE_MEM_ROOTSHARED ? 1 : 2;
	return 0;
}

static void list_device_owners(const struct report *report,
			       const struct jhcfg_range *window, char *text)
{
	bool root_has = has_window(report_cell(report, 0), window);

	for (size_t n = 1; n < report->num_cells; n++) {
		int how = has_window(report_cell(report, n), window);

		if (how)
			report_append(text, report_cell_name(report, n));
		root_has &= how != 2;
	}
	if (root_has)
		report_append(text, report_cell_name(report, 0));
}

void report_fill_devices(const struct report *report,
			 struct report_section *section)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0;
	     report->board && (device = jhcfg_board_device(report->board, n));
	     n++) {
		struct report_row *row;
		char number[24];

		if (!device->num_windows || !device->windows[0].size)
			continue;
		row = report_add(section);
		REPORT_SET(row, 0, "%s", device->name);
		list_device_owners(report, &device->windows[0], row->text[1]);
		report_set_range(row, 2, device->windows[0].start,
				 device->windows[0].size);
		for (size_t i = 0; i < device->num_irqs; i++) {
			if (device->irqs[i].nested)
				continue;
			snprintf(number, sizeof(number), "%u",
				 device->irqs[i].number);
			report_append(row->text[3], number);
		}
		REPORT_SET(row, 4, "%s", device->status);
	}
}

/* --- PCI, links, ports --- */

void report_fill_pci(const struct report *report,
		     struct report_section *section)
{
	for (size_t cell = 0; cell < report->num_cells; cell++) {
		const struct jhcfg_pci_device *device;

		for (size_t n = 0; (device = jhcfg_cell_pci_device(
					    report_cell(report, cell), n));
		     n++) {
			struct report_row *row = report_add(section);
			const char *type =
				jhcfg_name_of(jhcfg_pci_types, device->type);

			report_set_bdf(row, 0, device->bdf);
			REPORT_SET(row, 1, "0x%04x", device->domain);
			REPORT_SET(row, 2, "%s",
				   report_cell_name(report, cell));
			REPORT_SET(row, 3, "%s", type ? type : "unknown");
		}
	}
}

static const char *name_of_key(const struct report *report, uint32_t key)
{
	for (size_t n = 0; key && n < report->num_cells; n++)
		if (jhcfg_workspace_cell_key(report->workspace, n) == key)
			return report_cell_name(report, n);
	return "(free)";
}

void report_fill_links(const struct report *report,
		       struct report_section *section)
{
	size_t count = jhcfg_workspace_num_links(report->workspace);

	for (size_t n = 0; n < count; n++) {
		const struct jhcfg_link *link =
			jhcfg_workspace_link(report->workspace, n);
		struct report_row *row = report_add(section);
		uint64_t size = link->state_size + link->rw_size +
				link->num_peers * link->output_size;

		REPORT_SET(row, 0, "%s", link->name);
		for (unsigned int id = 0; id < link->num_peers; id++)
			report_append(row->text[1],
				      name_of_key(report, link->peers[id]));
		report_set_bdf(row, 2, link->bdf);
		REPORT_SET(row, 3, "0x%04x", link->protocol);
		if (size)
			report_set_range(row, 4, link->base, size);
	}
}

void report_fill_ports(const struct report *report,
		       struct report_section *section)
{
	for (size_t cell = 0; cell < report->num_cells; cell++) {
		const struct jhcfg_pio *range;

		for (size_t n = 0;
		     (range = jhcfg_cell_pio(report_cell(report, cell), n));
		     n++) {
			struct report_row *row = report_add(section);

			REPORT_SET(row, 0, "0x%x-0x%x", range->base,
				   range->base + range->length -
					   !!range->length);
			REPORT_SET(row, 1, "%s",
				   report_cell_name(report, cell));
		}
	}
}

/* --- what people decided --- */

void report_fill_scenarios(const struct report *report,
			   struct report_section *section)
{
	size_t count = jhcfg_workspace_num_scenarios(report->workspace);

	for (size_t n = 0; n < count; n++) {
		const struct jhcfg_scenario *scenario =
			jhcfg_workspace_scenario(report->workspace, n);
		struct report_row *row = report_add(section);

		REPORT_SET(row, 0, "%s", scenario->name);
		for (size_t i = 0; i < scenario->num_cells; i++)
			report_append(row->text[1],
				      name_of_key(report, scenario->cells[i]));
	}
}

void report_fill_waivers(const struct report *report,
			 struct report_section *section)
{
	size_t count = jhcfg_workspace_num_waivers(report->workspace);

	for (size_t n = 0; n < count; n++) {
		const struct jhcfg_waiver *waiver =
			jhcfg_workspace_waiver(report->workspace, n);
		struct report_row *row = report_add(section);

		REPORT_SET(row, 0, "%s", waiver->rule);
		REPORT_SET(row, 1, "%s",
			   *waiver->object ? waiver->object : "everywhere");
		REPORT_SET(row, 2, "%s", waiver->reason);
	}
}

void report_fill_command_line(const struct report *report,
			      struct report_section *section)
{
	static const char *const names[] = {
		[JHCFG_BOOT_PLAIN] = "Linux sees",
		[JHCFG_BOOT_GRUB] = "/etc/default/grub",
		[JHCFG_BOOT_UBOOT] = "U-Boot",
	};

	for (unsigned int n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		struct report_row *row;
		char *text;

		if (jhcfg_emit_command_line(report->workspace,
					    (enum jhcfg_boot_loader)n, NULL,
					    &text))
			return;
		row = report_add(section);
		REPORT_SET(row, 0, "%s", names[n]);
		REPORT_SET(row, 1, "%.*s", (int)strcspn(text, "\n"), text);
		free(text);
	}
}
