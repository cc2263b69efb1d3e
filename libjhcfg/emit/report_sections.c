// SPDX-License-Identifier: LGPL-2.1-or-later
/* The sections of a report, in their order. */
#include "emit/report.h"

/* clang-format off */
const struct report_table report_tables[] = {
	{ { "Cells", "cells", { "Cell", "CPUs", "RAM", "Console", "Flags" } },
	  report_fill_cells },
	{ { "CPUs", "cpus",
	    { "CPU", "Cell", "Hardware id", "Cluster", "Kind" } }, report_fill_cpus },
	{ { "Memory", "memory",
	    { "Range", "Size", "Cell", "Access", "What" } }, report_fill_memory },
	{ { "Interrupts of cells other than the root", "interrupts",
	    { "Interrupt", "Cell", "Chip", "Device" } }, report_fill_interrupts },
	{ { "Devices", "devices",
	    { "Device", "Cell", "Registers", "Interrupts", "Status" } },
	  report_fill_devices },
	{ { "PCI", "pci", { "Function", "Domain", "Cell", "Kind" } },
	  report_fill_pci },
	{ { "Links", "links",
	    { "Link", "Ends", "Function", "Protocol", "Memory" } },
	  report_fill_links },
	{ { "Ports", "ports", { "Ports", "Cell" } }, report_fill_ports },
	{ { "Scenarios", "scenarios", { "Scenario", "Cells" } },
	  report_fill_scenarios },
	{ { "Accepted findings", "waivers", { "Rule", "Object", "Reason" } },
	  report_fill_waivers },
	{ { "Kernel command line of the root", "command_line",
	    { "Where", "Arguments" } }, report_fill_command_line },
};
/* clang-format on */
const size_t report_num_tables =
	sizeof(report_tables) / sizeof(report_tables[0]);
