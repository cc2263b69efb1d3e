// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>
#include <string.h>

/* --- boards --------------------------------------------------------------- */

#define ADD_ALL(one, many)                                                     \
	for (size_t n = 0; n < spec->num_##many; n++)                          \
	jhcfg_board_add_##one(board, &spec->many[n])

static struct jhcfg_board *make_board(const struct board_spec *spec)
{
	struct jhcfg_board *board = jhcfg_board_new(spec->architecture);

	assert_non_null(board);
	jhcfg_board_set_name(board, "sample", "A board for tests");
	jhcfg_board_set_source(board, "the test");
	jhcfg_board_set_command_line(board, spec->command_line);
	jhcfg_board_set_psci(board, spec->psci_method);
	jhcfg_board_set_address_bits(board, spec->address_bits);
	ADD_ALL(cpu, cpus);
	ADD_ALL(cache, caches);
	ADD_ALL(memory, memories);
	ADD_ALL(device, devices);
	ADD_ALL(irqchip, irqchips);
	ADD_ALL(iommu, iommus);
	ADD_ALL(pci_host, pci_hosts);
	ADD_ALL(pci_function, pci_functions);
	assert_int_equal(jhcfg_board_finish(board), 0);
	return board;
}

void remake_board(struct fixture *fixture)
{
	struct jhcfg_board *board = make_board(&fixture->spec);

	assert_int_equal(jhcfg_workspace_set_board(fixture->workspace, board),
			 0);
	jhcfg_board_free(board);
}

void drop_board(struct fixture *fixture)
{
	assert_int_equal(jhcfg_workspace_set_board(fixture->workspace, NULL),
			 0);
}

struct jhcfg_hw_device *device(struct fixture *fixture, const char *name)
{
	for (size_t n = 0; n < fixture->spec.num_devices; n++)
		if (!strcmp(fixture->spec.devices[n].name, name))
			return &fixture->spec.devices[n];
	fail_msg("the sample has no device \"%s\"", name);
	return NULL;
}

/* --- workspaces ----------------------------------------------------------- */

void fixture_start(struct fixture *fixture)
{
	struct jhcfg_board *board = make_board(&fixture->spec);

	fixture->workspace =
		jhcfg_workspace_new(fixture->spec.architecture, board);
	assert_non_null(fixture->workspace);
	jhcfg_board_free(board);
}

void fixture_clear(struct fixture *fixture)
{
	jhcfg_workspace_free(fixture->workspace);
	memset(fixture, 0, sizeof(*fixture));
}

static struct jhcfg_config *edit(struct fixture *fixture, uint32_t key)
{
	struct jhcfg_config *config =
		jhcfg_workspace_edit_cell(fixture->workspace, key);

	assert_non_null(config);
	return config;
}

struct jhcfg_config *edit_root(struct fixture *fixture)
{
	return edit(fixture, JHCFG_ROOT_KEY);
}

struct jhcfg_config *edit_rtos(struct fixture *fixture)
{
	return edit(fixture, fixture->rtos);
}

struct jhcfg_config *edit_guest(struct fixture *fixture)
{
	return edit(fixture, fixture->guest);
}

uint32_t add_cell(struct fixture *fixture, const char *name)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, fixture->spec.architecture);
	uint32_t key;

	assert_non_null(config);
	assert_int_equal(jhcfg_config_set_name(config, name), 0);
	assert_int_equal(
		jhcfg_workspace_add_cell(fixture->workspace, config, &key), 0);
	jhcfg_config_free(config);
	return key;
}

size_t memory_index(const struct jhcfg_config *config, const char *name)
{
	const size_t count = jhcfg_cell_num_memory(jhcfg_config_cell(config));
	char text[64];

	for (size_t n = 0; n < count; n++)
		if (jhcfg_config_memory_note(config, n, "name", text,
					     sizeof(text)) &&
		    !strcmp(text, name))
			return n;
	fail_msg("the sample has no region \"%s\"", name);
	return 0;
}

struct jhcfg_memory *memory(struct jhcfg_config *config, const char *name)
{
	struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_MEMORY];

	return &list->items[memory_index(config, name)].value.memory;
}

void add_memory(struct jhcfg_config *config, const char *name, uint64_t phys,
		uint64_t virt, uint64_t size, uint64_t flags)
{
	const size_t index = jhcfg_cell_num_memory(jhcfg_config_cell(config));
	const struct jhcfg_memory value = {
		.phys_start = phys,
		.virt_start = virt,
		.size = size,
		.flags = flags,
	};

	assert_int_equal(jhcfg_config_insert_memory(config, index, &value), 0);
	assert_int_equal(
		jhcfg_config_set_memory_note(config, index, "name", name), 0);
}

/* --- the rest ------------------------------------------------------------- */

struct jhcfg_live *live(struct fixture *fixture, uint32_t facts)
{
	fixture->live.known |= facts;
	fixture->options.live = &fixture->live;
	return &fixture->live;
}

struct jhcfg_image *add_image(struct fixture *fixture, uint32_t cell,
			      enum jhcfg_image_kind kind, const void *bytes,
			      size_t size, uint64_t address)
{
	struct jhcfg_image *image =
		&fixture->images[fixture->options.num_images];

	assert_true(fixture->options.num_images < FIXTURE_MAX_IMAGES);
	*image = (struct jhcfg_image){
		.cell = cell,
		.kind = kind,
		.name = "image",
		.bytes = bytes,
		.size = size,
		.address = address,
	};
	fixture->options.images = fixture->images;
	fixture->options.num_images++;
	return image;
}
