// SPDX-License-Identifier: LGPL-2.1-or-later
/* Root cells of PCs. */
#include "plan/root_x86.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "plan/root_system.h"

#define MAX_PINS 128U

void x86_say(struct x86_root *root, enum jhcfg_severity severity,
	     const char *rule, const char *hint, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	jhcfg_diags_add(root->diags, severity, rule, "root cell",
			jhcfg_board_source(root->board), hint, "%s", text);
}

/* --- can it be done at all? ------------------------------------------------
 */

static int check_board(struct x86_root *root)
{
	if (!jhcfg_board_num_irqchips(root->board)) {
		x86_say(root, JHCFG_ERROR, "G20",
			"read or record the table APIC of the machine",
			"the board names no IOAPIC");
		return -ENOTSUP;
	}
	if (!jhcfg_board_num_cpus(root->board)) {
		x86_say(root, JHCFG_ERROR, "G04", NULL,
			"the board names no CPU");
		return -ENOTSUP;
	}
	if (!jhcfg_board_num_iommus(root->board))
		x86_say(root, JHCFG_WARNING, "G21",
			"switch on VT-d or AMD-Vi in the setup of the "
			"firmware, and import again",
			"the board names no IOMMU: nothing keeps devices of "
			"one cell from memory of others, and the hypervisor "
			"may refuse");
	return 0;
}

/* --- platform ------------------------------------------------------------- */

static void set_window(struct x86_root *root)
{
	const struct jhcfg_hw_pci_host *host;

	for (size_t n = 0; (host = jhcfg_board_pci_host(root->board, n)); n++) {
		if (!host->ecam.size || host->first_bus || host->domain)
			continue;
		root->platform.pci_mmconfig_base = host->ecam.start;
		root->platform.pci_mmconfig_end_bus = host->last_bus;
		return;
	}
}

static void set_iommus(struct x86_root *root)
{
	const struct jhcfg_hw_iommu *iommu;
	size_t n = 0;

	for (; (iommu = jhcfg_board_iommu(root->board, n)); n++)
		if (n < JHCFG_MAX_IOMMU_UNITS)
			root->platform.iommu_units[n] = iommu->unit;
	if (n > JHCFG_MAX_IOMMU_UNITS)
		x86_say(root, JHCFG_WARNING, "G25", NULL,
			"of %zu IOMMUs only the first %d can be named", n,
			JHCFG_MAX_IOMMU_UNITS);
}

static void set_timer(struct x86_root *root)
{
	const struct jhcfg_hw_port *port;

	for (size_t n = 0; (port = jhcfg_board_port(root->board, n)); n++)
		if (!strcmp(port->name, "ACPI PM_TMR"))
			root->platform.pm_timer_address = port->base;
}

static void fill_platform(struct x86_root *root)
{
	root->platform.apic_mode = JAILHOUSE_APIC_MODE_AUTO;
	set_window(root);
	set_iommus(root);
	set_timer(root);
}

/* --- the configuration ---------------------------------------------------- */

/* The id is what interrupt remapping knows the IOAPIC by. */
static int add_ioapics(struct x86_root *root)
{
	const struct jhcfg_hw_irqchip *ioapic;
	int err = 0;

	for (size_t n = 0;
	     !err && (ioapic = jhcfg_board_irqchip(root->board, n)); n++) {
		uint32_t iommu =
			ioapic->iommu > 0 ? (uint32_t)ioapic->iommu : 0;
		struct jhcfg_irqchip chip = {
			.address = ioapic->gicd.start,
			.id = iommu << 16 | ioapic->bdf,
		};

		for (uint32_t pin = 0; pin < ioapic->num_pins && pin < MAX_PINS;
		     pin++)
			chip.pin_bitmap[pin / 32] |= 1u << pin % 32;
		err = jhcfg_config_insert_irqchip(root->config, SIZE_MAX,
						  &chip);
	}
	return err;
}

static bool fill_console(const struct jhcfg_hw_device *uart,
			 struct jhcfg_console *console)
{
	if (!uart->boot_console || !uart->console_type)
		return false;
	console->type = uart->console_type;
	if (uart->num_ports) {
		console->address = uart->ports[0].base;
		console->size = uart->ports[0].length;
		console->flags = JAILHOUSE_CON_ACCESS_PIO;
	} else if (uart->num_windows) {
		console->address = uart->windows[0].start;
		console->size = 0x1000;
		console->flags = JAILHOUSE_CON_ACCESS_MMIO;
	} else {
		return false;
	}
	if (uart->reg_shift == 2)
		console->flags |= JAILHOUSE_CON_REGDIST_4;
	return true;
}

static void set_console(struct x86_root *root)
{
	const struct jhcfg_hw_device *device;
	struct jhcfg_console console = { 0 };

	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++)
		if (fill_console(device, &console)) {
			jhcfg_config_set_debug_console(root->config, &console);
			return;
		}
	x86_say(root, JHCFG_INFO, "G10", NULL,
		"no serial console is on the command line: the hypervisor "
		"speaks on the virtual console only");
}

static int set_name(struct x86_root *root)
{
	char name[JHCFG_NAME_SIZE];

	snprintf(name, sizeof(name), "%s", jhcfg_board_name(root->board));
	if (jhcfg_config_set_name(root->config, name))
		return jhcfg_config_set_name(root->config, "root");
	return 0;
}

static int fill(struct x86_root *root)
{
	int err = set_name(root);

	if (!err)
		err = root_add_cpus(root->config, root->board);
	/* before memory: it says what of it the hypervisor keeps */
	if (!err)
		err = x86_add_pci(root);
	if (!err)
		err = x86_add_memory(root);
	if (!err)
		err = add_ioapics(root);
	if (!err)
		err = x86_add_ports(root);
	root_set_system(root->config, &root->platform, &root->hypervisor);
	set_console(root);
	return err;
}

/* --- what Linux has to be told ---------------------------------------------
 */

static void tell_memory(struct x86_root *root)
{
	uint64_t start = root->hypervisor.start;
	uint64_t size = root->hypervisor.size + root->inmates.size;
	char hint[256];

	snprintf(hint, sizeof(hint),
		 "boot with memmap=%" PRIu64 "K$0x%" PRIx64
		 "; in /etc/default/grub that is memmap=%" PRIu64
		 "K\\\\\\$0x%" PRIx64,
		 size / 1024, start, size / 1024, start);
	x86_say(root, JHCFG_INFO, "G11", root->reserved_already ? NULL : hint,
		"Linux must not use [0x%" PRIx64 "-0x%" PRIx64
		"]: hypervisor 0x%" PRIx64 ", inmates 0x%" PRIx64 "%s",
		start, start + size - 1, start, root->inmates.start,
		root->reserved_already ? "; memmap= keeps it away" : "");
}

/* Linux must leave the IOMMU to the hypervisor. */
static void tell_iommu(struct x86_root *root)
{
	bool amd = root->platform.iommu_units[0].type == JAILHOUSE_IOMMU_AMD;
	const char *option = amd ? "amd_iommu=off" : "intel_iommu=off";

	if (!root->platform.iommu_units[0].type ||
	    strstr(jhcfg_board_command_line(root->board), option))
		return;
	x86_say(root, JHCFG_INFO, "G26",
		amd ? "boot with amd_iommu=off" : "boot with intel_iommu=off",
		"Linux must not use the IOMMU");
}

static int generate(struct x86_root *root)
{
	int err = check_board(root);

	if (err)
		return err;
	fill_platform(root);
	x86_read_memory(root);
	err = x86_place(root);
	if (!err)
		err = fill(root);
	if (!err &&
	    (root->ram.failed || root->reserved.failed || root->dma.failed ||
	     root->kept.failed || root->mmio.failed))
		err = -ENOMEM;
	if (err)
		return err;
	tell_memory(root);
	tell_iommu(root);
	return 0;
}

int root_x86_generate(const struct jhcfg_board *board,
		      const struct jhcfg_root_options *options,
		      struct jhcfg_diags *diags, struct jhcfg_config **config)
{
	struct x86_root root = {
		.board = board,
		.options = options,
		.diags = diags,
		.config = jhcfg_config_create(true, JAILHOUSE_X86),
	};
	int err = root.config ? generate(&root) : -ENOMEM;

	if (err)
		jhcfg_config_free(root.config);
	else
		*config = root.config;
	ranges_clear(&root.ram);
	ranges_clear(&root.reserved);
	ranges_clear(&root.dma);
	ranges_clear(&root.kept);
	ranges_clear(&root.mmio);
	return err;
}
