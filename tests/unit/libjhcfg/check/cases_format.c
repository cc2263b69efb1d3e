// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/codec.h>

/* --- F02 ------------------------------------------------------------------ */

static void aarch32_guest(struct fixture *fixture)
{
	struct jhcfg_config *config = edit_rtos(fixture);

	jhcfg_config_set_cell_flags(config, JAILHOUSE_CELL_AARCH32);
}

static void cell_of_32_bit(struct fixture *fixture)
{
	jhcfg_config_set_architecture(edit_rtos(fixture), JAILHOUSE_ARM);
}

/* --- F05 ------------------------------------------------------------------ */

static void longest_name(struct fixture *fixture)
{
	jhcfg_config_set_name(edit_rtos(fixture),
			      "a-name-that-has-31-characters--");
}

static void same_names(struct fixture *fixture)
{
	jhcfg_config_set_name(edit_rtos(fixture), "sample");
}

static void no_name(struct fixture *fixture)
{
	edit_rtos(fixture)->cell.name[0] = 0;
}

static void control_characters(struct fixture *fixture)
{
	strcpy(edit_rtos(fixture)->cell.name, "rt\x1b[31m\tos");
}

/* --- files ---------------------------------------------------------------- */

static void add_file(struct fixture *fixture, const void *bytes, size_t size)
{
	fixture->file = (struct jhcfg_check_file){
		.cell = fixture->rtos,
		.name = "rtos.cell",
		.bytes = bytes,
		.size = size,
	};
	fixture->options.files = &fixture->file;
	fixture->options.num_files = 1;
}

/* The cell as this library writes it, kept in the fixture. */
static void add_true_file(struct fixture *fixture)
{
	void *bytes;
	size_t size;

	assert_int_equal(
		jhcfg_codec_encode(
			jhcfg_workspace_cell(fixture->workspace, fixture->rtos),
			NULL, &bytes, &size),
		0);
	assert_true(size <= sizeof(fixture->bytes));
	memcpy(fixture->bytes, bytes, size);
	free(bytes);
	add_file(fixture, fixture->bytes, size);
}

static void unknown_file(struct fixture *fixture)
{
	add_file(fixture, "PK\3\4 and so on", 16);
}

static void unknown_revision(struct fixture *fixture)
{
	add_true_file(fixture);
	fixture->bytes[6] = 99;
}

static void elf_note(struct fixture *fixture)
{
	static const uint8_t note[32] = { 4, 0, 0, 0, 16,  0,	0,   0,
					  5, 0, 0, 0, 'G', 'N', 'U', 0 };

	add_true_file(fixture);
	memmove(fixture->bytes + sizeof(note), fixture->bytes,
		fixture->file.size);
	memcpy(fixture->bytes, note, sizeof(note));
	fixture->file.size += sizeof(note);
}

static void short_file(struct fixture *fixture)
{
	add_true_file(fixture);
	fixture->file.size -= 1;
}

/* --- F03 ------------------------------------------------------------------ */

/* Inside the list, an empty region is legal. */
static void empty_region_inside(struct fixture *fixture)
{
	const struct jhcfg_memory nothing = { 0 };

	jhcfg_config_insert_memory(edit_rtos(fixture), 0, &nothing);
}

static void empty_regions_at_end(struct fixture *fixture)
{
	const struct jhcfg_memory nothing = { 0 };
	const struct jhcfg_pci_device no_device = { 0 };
	struct jhcfg_config *config = edit_rtos(fixture);

	jhcfg_config_insert_memory(config, SIZE_MAX, &nothing);
	jhcfg_config_insert_memory(config, SIZE_MAX, &nothing);
	jhcfg_config_insert_pci_device(config, SIZE_MAX, &no_device);
}

/* --- F06 ------------------------------------------------------------------ */

static void add_pages(struct fixture *fixture, size_t count, uint64_t stride)
{
	struct jhcfg_config *config = edit_guest(fixture);
	struct jhcfg_memory page = {
		.phys_start = 0xaa800000,
		.virt_start = 0xaa800000,
		.size = 0x1000,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
	};

	for (size_t n = 0; n < count; n++) {
		jhcfg_config_insert_memory(config, SIZE_MAX, &page);
		page.phys_start += stride;
		page.virt_start += stride;
	}
}

static void many_pages(struct fixture *fixture)
{
	add_pages(fixture, 1900, 0x1000);
}

static void too_many_pages(struct fixture *fixture)
{
	add_pages(fixture, 2100, 0x1000);
}

static void too_many_pages_apart(struct fixture *fixture)
{
	add_pages(fixture, 2100, 0x2000);
}

/* --- F07 ------------------------------------------------------------------ */

static void set_of_4096_bytes(struct fixture *fixture)
{
	jhcfg_cpu_set_resize(&edit_rtos(fixture)->cell.cpus, 4096);
}

static void set_of_12_bytes(struct fixture *fixture)
{
	jhcfg_cpu_set_resize(&edit_rtos(fixture)->cell.cpus, 12);
}

static void set_of_5000_bytes(struct fixture *fixture)
{
	jhcfg_cpu_set_resize(&edit_rtos(fixture)->cell.cpus, 5000);
}

/* --- F08 ------------------------------------------------------------------ */

static void driver_of_our_revision(struct fixture *fixture)
{
	live(fixture, JHCFG_LIVE_MODULE_REVISION)->module_revision = 14;
}

static void older_driver(struct fixture *fixture)
{
	live(fixture, JHCFG_LIVE_MODULE_REVISION)->module_revision = 12;
}

static void older_driver_for_file(struct fixture *fixture)
{
	add_true_file(fixture);
	older_driver(fixture);
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_format[] = {
	CASE("F01", sample_arm64, add_true_file, unknown_file),
	CASE("F01", sample_arm64, add_true_file, unknown_revision),
	CASE("F02", sample_arm64, aarch32_guest, cell_of_32_bit),
	CASE("F03", sample_arm64, empty_region_inside, empty_regions_at_end),
	CASE_BEYOND("F03", sample_arm64, add_true_file, short_file, NULL),
	CASE("F04", sample_arm64, add_true_file, elf_note),
	CASE("F05", sample_arm64, longest_name,  same_names),
	CASE("F05", sample_arm64, NULL,          no_name),
	CASE("F05", sample_arm64, NULL,          control_characters),
	CASE_ALSO("F06", sample_arm64, many_pages, too_many_pages, "M16"),
	CASE_BEYOND("F06", sample_arm64, many_pages, too_many_pages_apart,
		    NULL),
	CASE("F07", sample_arm64, set_of_4096_bytes, set_of_12_bytes),
	CASE("F07", sample_arm64, set_of_4096_bytes, set_of_5000_bytes),
	CASE("F08", sample_arm64, driver_of_our_revision, older_driver),
	CASE("F08", sample_arm64, driver_of_our_revision,
	     older_driver_for_file),
	END_OF_CASES,
};
/* clang-format on */
