// SPDX-License-Identifier: LGPL-2.1-or-later
/* B09, B10: how the guest's kernel is built, and what it is told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <jailhouse/cell-config.h>

#include "check/boot.h"
#include "check/consoles.h"
#include "check/linux_memory.h"
#include "check/regions.h"

/* --- B09 ------------------------------------------------------------------ */

static bool has_device_of(const struct check_cell *cell, uint8_t type,
			  uint16_t protocol_first, uint16_t protocol_last)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n)); n++)
		if (device->type == type &&
		    device->shmem_protocol >= protocol_first &&
		    device->shmem_protocol <= protocol_last)
			return true;
	return false;
}

static bool on_x86(const struct check *check, const struct check_cell *cell)
{
	(void)cell;
	return check_is_x86(check);
}

static bool on_arm_with_link(const struct check *check,
			     const struct check_cell *cell)
{
	return !check_is_x86(check) &&
	       has_device_of(cell, JAILHOUSE_PCI_TYPE_IVSHMEM, 0, UINT16_MAX);
}

static bool with_network(const struct check *check,
			 const struct check_cell *cell)
{
	(void)check;
	return has_device_of(cell, JAILHOUSE_PCI_TYPE_IVSHMEM,
			     JAILHOUSE_SHMEM_PROTO_VETH,
			     JAILHOUSE_SHMEM_PROTO_VETH);
}

static bool on_arm(const struct check *check, const struct check_cell *cell)
{
	(void)cell;
	return !check_is_x86(check);
}

/* clang-format off */
static const struct {
	const char *option;
	bool (*needed)(const struct check *check, const struct check_cell *cell);
	const char *reason;
} options[] = {
	{ "CONFIG_X86_X2APIC",       on_x86, "it has no other APIC" },
	{ "CONFIG_JAILHOUSE_GUEST",  on_x86, "it finds its devices by that" },
	{ "CONFIG_ARM_PSCI_FW",      on_arm, "CPUs start by PSCI" },
	{ "CONFIG_PCI_HOST_GENERIC", on_arm_with_link,
	  "its links are behind such a host" },
	{ "CONFIG_IVSHMEM_NET",      with_network, "a link carries Ethernet" },
};
/* clang-format on */

/* Whether the text has the line "OPTION=y" or "OPTION=m". */
static bool is_set(const struct jhcfg_image *config, const char *option)
{
	const char *at = config->bytes, *end = at + config->size;
	const size_t length = strlen(option);

	while (at < end) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));
		size_t line = (size_t)((eol ? eol : end) - at);

		if (line >= length + 2 && !memcmp(at, option, length) &&
		    at[length] == '=' &&
		    (at[length + 1] == 'y' || at[length + 1] == 'm'))
			return true;
		at += line + 1;
	}
	return false;
}

void check_guest_config(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_image *config =
		boot_image(check, cell, JHCFG_IMAGE_CONFIG);

	for (size_t n = 0; config && config->bytes &&
			   n < sizeof(options) / sizeof(options[0]);
	     n++)
		if (options[n].needed(check, cell) &&
		    !is_set(config, options[n].option))
			check_report(
				check,
				&(struct found){
					.cell = cell,
					.element = JHCFG_AT_IMAGE,
					.index = (size_t)(config -
							  check->options
								  ->images) },
				"cell \"%s\": its kernel lacks %s: %s",
				cell->name, options[n].option,
				options[n].reason);
}

/* --- B10: console= -------------------------------------------------------- */

/* What Linux calls the ports of a UART. */
/* clang-format off */
static const struct {
	uint16_t type;
	const char *name;
} ports[] = {
	{ JAILHOUSE_CON_TYPE_8250,       "ttyS" },
	{ JAILHOUSE_CON_TYPE_PL011,      "ttyAMA" },
	{ JAILHOUSE_CON_TYPE_XUARTPS,    "ttyPS" },
	{ JAILHOUSE_CON_TYPE_MVEBU,      "ttyMV" },
	{ JAILHOUSE_CON_TYPE_HSCIF,      "ttySC" },
	{ JAILHOUSE_CON_TYPE_SCIFA,      "ttySC" },
	{ JAILHOUSE_CON_TYPE_IMX,        "ttymxc" },
	{ JAILHOUSE_CON_TYPE_IMX_LPUART, "ttyLP" },
	{ JAILHOUSE_CON_TYPE_SCIF,       "ttySC" },
};
/* clang-format on */
#define NUM_PORTS (sizeof(ports) / sizeof(ports[0]))

static bool begins(const char *text, size_t length, const char *with)
{
	return length >= strlen(with) && !strncmp(text, with, strlen(with));
}

/* A serial port of a kind that the table has, followed by its number. */
static bool is_serial(const char *text, size_t length)
{
	for (size_t n = 0; n < NUM_PORTS; n++)
		if (begins(text, length, ports[n].name) &&
		    length > strlen(ports[n].name) &&
		    strchr("0123456789", text[strlen(ports[n].name)]))
			return true;
	return false;
}

/* The cell's console is of the kind that the name says. */
static bool owns_console(const struct check_cell *cell, const char *text,
			 size_t length)
{
	const struct jhcfg_console *console = jhcfg_cell_console(cell->cell);

	if (begins(text, length, "hvc"))
		return jhcfg_cell_flags(cell->cell) &
			       JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE ||
		       has_device_of(cell, JAILHOUSE_PCI_TYPE_IVSHMEM,
				     JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT,
				     UINT16_MAX);
	if (!is_serial(text, length))
		return true;
	for (size_t n = 0; n < NUM_PORTS; n++)
		if (console->type == ports[n].type &&
		    begins(text, length, ports[n].name))
			return true;
	return false;
}

/* --- B10: root= ----------------------------------------------------------- */

static bool is_disk(const char *text, size_t length)
{
	static const char *const disks[] = {
		"/dev/sd",     "/dev/hd", "/dev/vd",   "/dev/nvme",
		"/dev/mmcblk", "UUID=",	  "PARTUUID=", "LABEL=",
	};

	for (size_t n = 0; n < sizeof(disks) / sizeof(disks[0]); n++)
		if (begins(text, length, disks[n]))
			return true;
	return false;
}

/* Something that may be a disk: a PCI function, a virtual disk, or registers
 * beside those of the console. */
static bool may_have_disk(const struct check_cell *cell)
{
	const struct jhcfg_console *console = jhcfg_cell_console(cell->cell);
	const struct jhcfg_memory *memory;

	if (has_device_of(cell, JAILHOUSE_PCI_TYPE_DEVICE, 0, UINT16_MAX) ||
	    has_device_of(cell, JAILHOUSE_PCI_TYPE_IVSHMEM,
			  JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT + VIRTIO_DEV_BLOCK,
			  JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT +
				  VIRTIO_DEV_BLOCK))
		return true;
	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++)
		if (region_is_backed(memory) && region_is_io(memory) &&
		    (!console_is_device(console) ||
		     console->address - memory->virt_start >= memory->size))
			return true;
	return false;
}

static void judge_options(struct check *check, const struct check_cell *cell,
			  const struct jhcfg_image *image, size_t number)
{
	const struct found found = {
		.cell = cell,
		.element = JHCFG_AT_IMAGE,
		.index = number,
	};
	const char *position = image->command_line, *value;
	size_t length;

	while ((value = linux_next_option(&position, "console", &length)) &&
	       !check_enough(check))
		if (!owns_console(cell, value, length))
			check_report(check, &found,
				     "the kernel of cell \"%s\" is to use "
				     "console=%.*s, which the cell does not "
				     "have",
				     cell->name, length < 64 ? (int)length : 64,
				     value);
	position = image->command_line;
	while ((value = linux_next_option(&position, "root", &length)) &&
	       !check_enough(check))
		if (is_disk(value, length) && !may_have_disk(cell))
			check_report(check, &found,
				     "the kernel of cell \"%s\" is to mount "
				     "root=%.*s, but the cell has no disk",
				     cell->name, length < 64 ? (int)length : 64,
				     value);
}

void check_guest_options(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_image *image;
	size_t position = 0;

	while (!cell->is_root &&
	       (image = boot_next_image(check, cell, &position)))
		if (image->command_line)
			judge_options(check, cell, image, position - 1);
}
