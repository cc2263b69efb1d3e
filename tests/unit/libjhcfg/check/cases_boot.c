// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>
#include <string.h>

#define MIB  (1024 * 1024ULL)
#define RW   (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define COMM (RW | JAILHOUSE_MEM_COMM_REGION)

/* --- B01 ------------------------------------------------------------------ */

static void no_comm(struct fixture *fixture)
{
	struct jhcfg_config *config = edit_rtos(fixture);

	jhcfg_config_remove_memory(config, memory_index(config, "comm-region"));
}

static void two_comms(struct fixture *fixture)
{
	add_memory(edit_rtos(fixture), "again", 0, 0x90000000, 0x1000, COMM);
}

static void long_comm(struct fixture *fixture)
{
	memory(edit_rtos(fixture), "comm-region")->size = 0x2000;
}

static void comm_elsewhere(struct fixture *fixture)
{
	memory(edit_rtos(fixture), "comm-region")->virt_start = 0x90000000;
}

static void comm_over_ram(struct fixture *fixture)
{
	memory(edit_rtos(fixture), "comm-region")->virt_start = 0x10000;
}

static void ram_over_comm(struct fixture *fixture)
{
	memory(edit_rtos(fixture), "ram")->virt_start = 0x7ff80000;
	jhcfg_config_set_reset_address(edit_rtos(fixture), 0x7ff80000);
}

/* --- B02 ------------------------------------------------------------------ */

static void start_in_ram(struct fixture *fixture)
{
	jhcfg_config_set_reset_address(edit_rtos(fixture), 0x8000);
}

static void start_behind_ram(struct fixture *fixture)
{
	jhcfg_config_set_reset_address(edit_rtos(fixture), MIB);
}

static void start_in_registers(struct fixture *fixture)
{
	jhcfg_config_set_reset_address(edit_rtos(fixture), 0x09010000);
}

static void start_behind_ram_with_image(struct fixture *fixture)
{
	add_image(fixture, fixture->rtos, JHCFG_IMAGE_INMATE, "\0\0\0\0", 4,
		  0x4000);
	start_behind_ram(fixture);
}

static void linux_starts_at_1_mib(struct fixture *fixture)
{
	jhcfg_config_set_reset_address(edit_guest(fixture), 0x200000);
}

/* --- B03, B04 ------------------------------------------------------------- */

static void image_fits(struct fixture *fixture)
{
	add_image(fixture, fixture->rtos, JHCFG_IMAGE_INMATE, NULL,
		  MIB - 0x1000, 0x1000);
}

static void image_too_long(struct fixture *fixture)
{
	add_image(fixture, fixture->rtos, JHCFG_IMAGE_INMATE, NULL, MIB,
		  0x1000);
}

static void image_outside(struct fixture *fixture)
{
	add_image(fixture, fixture->rtos, JHCFG_IMAGE_INMATE, NULL, 4, 2 * MIB);
}

static void image_at_end_of_addresses(struct fixture *fixture)
{
	add_image(fixture, fixture->rtos, JHCFG_IMAGE_INMATE, NULL, SIZE_MAX,
		  0x1000);
}

static void image_not_loadable(struct fixture *fixture)
{
	memory(edit_rtos(fixture), "ram")->flags &=
		~(uint64_t)JAILHOUSE_MEM_LOADABLE;
	image_fits(fixture);
}

/* The image ends where the linux cell begins. */
static void image_against_neighbour(struct fixture *fixture)
{
	add_image(fixture, fixture->rtos, JHCFG_IMAGE_INMATE, NULL, 17 * MIB,
		  0);
}

/* An arm64 kernel that says that it takes so much. */
static void add_kernel(struct fixture *fixture, uint64_t memory_size)
{
	uint8_t *bytes = fixture->bytes;

	memset(bytes, 0, sizeof(fixture->bytes));
	memcpy(bytes + 56, "ARM\x64", 4);
	for (unsigned int n = 0; n < 8; n++)
		bytes[16 + n] = (uint8_t)(memory_size >> 8 * n);
	add_image(fixture, fixture->guest, JHCFG_IMAGE_KERNEL, bytes,
		  sizeof(fixture->bytes), 0xa2200000);
}

static void kernel_fits(struct fixture *fixture)
{
	add_kernel(fixture, 128 * MIB);
}

static void kernel_too_large(struct fixture *fixture)
{
	add_kernel(fixture, 129 * MIB);
}

static void kernel_larger_than_all(struct fixture *fixture)
{
	add_kernel(fixture, UINT64_MAX);
}

/* --- B05 ------------------------------------------------------------------ */

static void no_loader(struct fixture *fixture)
{
	struct jhcfg_config *config = edit_guest(fixture);

	jhcfg_config_remove_memory(config, memory_index(config, "loader"));
	jhcfg_config_set_reset_address(config,
				       memory(config, "ram")->virt_start);
}

static void no_loader_on_x86(struct fixture *fixture)
{
	struct jhcfg_config *config = edit_guest(fixture);

	jhcfg_config_remove_memory(config, memory_index(config, "loader"));
}

static void loader_cannot_run(struct fixture *fixture)
{
	memory(edit_guest(fixture), "loader")->flags &=
		~(uint64_t)JAILHOUSE_MEM_LOADABLE;
}

/* --- B06, B07 ------------------------------------------------------------- */

static void test_device(struct fixture *fixture)
{
	jhcfg_config_set_cell_flags(edit_rtos(fixture),
				    JAILHOUSE_CELL_TEST_DEVICE);
}

static void test_device_without_comm(struct fixture *fixture)
{
	no_comm(fixture);
	test_device(fixture);
}

static void never_answers(struct fixture *fixture)
{
	jhcfg_config_set_msg_reply_timeout(edit_rtos(fixture), 0);
}

static void is_passive(struct fixture *fixture)
{
	never_answers(fixture);
	jhcfg_config_set_cell_flags(edit_rtos(fixture),
				    JAILHOUSE_CELL_PASSIVE_COMMREG);
}

/* --- B08 ------------------------------------------------------------------ */

static void kernel_for_arm(struct fixture *fixture)
{
	add_kernel(fixture, 0);
	memcpy(fixture->bytes + 36, "\x18\x28\x6f\x01", 4);
	memset(fixture->bytes + 56, 0, 4);
}

static void compressed_kernel(struct fixture *fixture)
{
	add_kernel(fixture, 0);
	memset(fixture->bytes + 56, 0, 4);
	memcpy(fixture->bytes, "\x1f\x8b\x08", 3);
}

static void kernel_for_arm64_in_aarch32(struct fixture *fixture)
{
	struct jhcfg_config *config = edit_guest(fixture);

	add_kernel(fixture, 0);
	jhcfg_config_set_cell_flags(config, jhcfg_cell_flags(&config->cell) |
						    JAILHOUSE_CELL_AARCH32);
}

static void initrd_is_cpio(struct fixture *fixture)
{
	add_image(fixture, fixture->guest, JHCFG_IMAGE_INITRD, "070701...", 9,
		  0xa4000000);
}

static void initrd_is_text(struct fixture *fixture)
{
	add_image(fixture, fixture->guest, JHCFG_IMAGE_INITRD, "#!/bin/sh", 9,
		  0xa4000000);
}

/* --- B09 ------------------------------------------------------------------ */

static void add_config(struct fixture *fixture, const char *text)
{
	add_image(fixture, fixture->guest, JHCFG_IMAGE_CONFIG, text,
		  strlen(text), 0);
}

static void good_config(struct fixture *fixture)
{
	add_config(fixture, "CONFIG_ARM_PSCI_FW=y\n"
			    "CONFIG_PCI_HOST_GENERIC=y\n"
			    "CONFIG_IVSHMEM_NET=m\n");
}

static void bad_config(struct fixture *fixture)
{
	add_config(fixture, "CONFIG_ARM_PSCI_FW=y\n"
			    "CONFIG_PCI_HOST_GENERIC_NOT=y\n"
			    "# CONFIG_IVSHMEM_NET is not set");
}

/* --- B10 ------------------------------------------------------------------ */

static void add_options(struct fixture *fixture, uint32_t cell,
			const char *text)
{
	struct jhcfg_image *image =
		add_image(fixture, cell, JHCFG_IMAGE_INITRD, "070701", 6,
			  cell == fixture->guest ? 0xa4000000 : 0);

	image->command_line = text;
}

static void options_of_guest(struct fixture *fixture)
{
	add_options(fixture, fixture->guest,
		    "console=hvc0 console=tty0 root=/dev/ram0");
}

static void options_of_rtos(struct fixture *fixture)
{
	add_options(fixture, fixture->rtos, "console=ttyAMA0,115200");
}

static void console_of_root(struct fixture *fixture)
{
	add_options(fixture, fixture->guest, "quiet console=ttyAMA0,115200");
}

static void console_of_another_kind(struct fixture *fixture)
{
	add_options(fixture, fixture->rtos, "console=ttyS0");
}

static void root_of_nobody(struct fixture *fixture)
{
	add_options(fixture, fixture->guest, "root=/dev/mmcblk0p2 ro");
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_boot[] = {
	CASE("B01", sample_arm64, NULL, no_comm),
	CASE_ALSO("B01", sample_arm64, NULL, two_comms, "M01"),
	CASE("B01", sample_arm64, NULL, long_comm),
	CASE("B01", sample_arm64, NULL, comm_elsewhere),
	CASE_ALSO("B01", sample_arm64, NULL, comm_over_ram, "M01"),
	CASE_BEYOND("B01", sample_arm64, NULL, ram_over_comm, "M01"),
	CASE("B02", sample_arm64, start_in_ram, start_behind_ram),
	CASE("B02", sample_arm64, start_in_ram, start_in_registers),
	CASE("B02", sample_arm64, NULL, start_behind_ram_with_image),
	CASE("B02", sample_x86, NULL, linux_starts_at_1_mib),
	CASE("B03", sample_arm64, image_fits, image_too_long),
	CASE("B03", sample_arm64, image_fits, image_not_loadable),
	CASE_BEYOND("B03", sample_arm64, image_fits, image_outside, NULL),
	CASE_BEYOND("B03", sample_arm64, NULL, image_against_neighbour, NULL),
	CASE_BEYOND("B03", sample_arm64, NULL, image_at_end_of_addresses,
		    NULL),
	CASE_ALSO("B04", sample_arm64, kernel_fits, kernel_too_large, "M16"),
	CASE_BEYOND("B04", sample_arm64, NULL, kernel_larger_than_all, NULL),
	CASE("B05", sample_arm64, NULL, no_loader),
	CASE_ALSO("B05", sample_x86, NULL, no_loader_on_x86, "B02"),
	CASE_BEYOND("B05", sample_arm64, NULL, loader_cannot_run, NULL),
	CASE_ALSO("B06", sample_x86, test_device, test_device_without_comm, "B01"),
	CASE("B07", sample_arm64, is_passive, never_answers),
	CASE("B08", sample_arm64, kernel_fits, kernel_for_arm),
	CASE("B08", sample_arm64, kernel_fits, kernel_for_arm64_in_aarch32),
	CASE_BEYOND("B08", sample_arm64, NULL, compressed_kernel, NULL),
	CASE_BEYOND("B08", sample_arm64, initrd_is_cpio, initrd_is_text,
		    NULL),
	CASE("B09", sample_arm64, good_config, bad_config),
	CASE("B10", sample_arm64, options_of_guest, console_of_root),
	CASE("B10", sample_arm64, options_of_rtos, console_of_another_kind),
	CASE("B10", sample_arm64, NULL, root_of_nobody),
	END_OF_CASES,
};
/* clang-format on */
