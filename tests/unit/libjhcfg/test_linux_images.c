// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules see a Linux cell's images where they will be, with the board of the
 * arguments: where nobody gave an address, that is the library's choice. */
#include <cmocka_all.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/edit.h>
#include <jhcfg/export.h>
#include <jhcfg/file.h>
#include <jhcfg/images.h>
#include <jhcfg/workspace.h>

#include "folder.h"

/* more than the 64 KiB at the cell's reset address */
#define KERNEL_SIZE 0x100000

static const char *board;

static struct jhcfg_diags *diags;
static struct jhcfg_workspace *workspace;

static int set_up(void **state)
{
	unsigned char *kernel = calloc(1, KERNEL_SIZE);

	(void)state;
	folder_make();
	diags = jhcfg_diags_new();
	if (!kernel || !diags)
		return -1;
	kernel[18] = KERNEL_SIZE >> 16; /* what it takes when it runs */
	memcpy(kernel + 56, "ARMd", 4);
	folder_write_bytes("Image", kernel, KERNEL_SIZE);
	folder_write_bytes("initrd", kernel, KERNEL_SIZE);
	folder_write_bytes("loader", "ret", 4);
	free(kernel);
	return jhcfg_workspace_load(board, diags, &workspace);
}

static int tear_down(void **state)
{
	(void)state;
	jhcfg_diags_free(diags);
	jhcfg_workspace_free(workspace);
	return folder_remove();
}

static struct jhcfg_config *edit_linux_cell(void)
{
	uint32_t key = 0;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (!strcmp(jhcfg_cell_name(jhcfg_config_cell(
				    jhcfg_workspace_cell(workspace, key))),
			    "linux-demo"))
			break;
	return jhcfg_workspace_edit_cell(workspace, key);
}

/* With the kernel at 0, or where the library puts it. */
static int export_with_kernel(bool at_zero)
{
	const struct jhcfg_cell_image images[] = {
		{ .kind = JHCFG_IMAGE_LOADER, .file = "loader" },
		{ .kind = JHCFG_IMAGE_KERNEL,
		  .file = "Image",
		  .command_line = "console=hvc0",
		  .has_address = at_zero },
		{ .kind = JHCFG_IMAGE_INITRD, .file = "initrd" },
	};
	const struct jhcfg_export_options options = {
		.scenario = "linux",
		.folder = folder_path(""),
	};

	assert_int_equal(jhcfg_workspace_begin(workspace, "Images"), 0);
	assert_int_equal(jhcfg_config_set_images(edit_linux_cell(), images, 3),
			 0);
	jhcfg_workspace_end(workspace);
	return jhcfg_export(workspace, folder_path("out"), &options, diags,
			    NULL);
}

static void test_images_without_addresses_have_room(void **state)
{
	(void)state;
	assert_int_equal(export_with_kernel(false), 0);
}

static void test_a_kernel_in_the_room_of_its_loader_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(export_with_kernel(true), -EPERM);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_images_without_addresses_have_room),
		CASE(test_a_kernel_in_the_room_of_its_loader_is_an_error),
	};

	if (argc != 2)
		return 2;
	board = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
