// SPDX-License-Identifier: GPL-2.0-or-later
/* Names and texts that a shell would make something of: they arrive as they
 * are, byte by byte. */
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/edit.h>
#include <jhcfg/images.h>

static const char *const odd[] = {
	"$(touch pwned)",
	"`touch pwned`",
	"'; touch pwned; '",
	"\"; touch pwned;",
	"-x",
	"--name",
	"7",
	"a b  c",
	"*",
	"\\",
	"|& touch pwned",
};
#define NUM_ODD (sizeof(odd) / sizeof(*odd))

static void rename_a(struct rig *rig, const char *name)
{
	struct jhcfg_config *config;

	assert_int_equal(jhcfg_workspace_begin(rig->workspace, "name"), 0);
	config = jhcfg_workspace_edit_cell(rig->workspace, rig->a);
	assert_int_equal(jhcfg_config_set_name(config, name), 0);
	jhcfg_workspace_end(rig->workspace);
}

static void test_names_of_cells_and_files_arrive_exactly(void **state)
{
	struct rig *rig = *state;

	for (size_t n = 0; n < NUM_ODD; n++) {
		char expected[256], *seen;

		rename_a(rig, odd[n]);
		rig->images[0].name = odd[n];
		rig_expect(rig, JHCFG_DEPLOY_DONE);
		/* the one before was of this project, and is destroyed */
		seen = rig_read(rig, "cat sys/cells/*/name; ls | grep pwned; "
				     "ls site/deploy | grep -c part");
		snprintf(expected, sizeof(expected), "root\n%s\nb\n0\n",
			 odd[n]);
		if (strcmp(seen, expected))
			snprintf(expected, sizeof(expected), "root\nb\n%s\n0\n",
				 odd[n]);
		assert_string_equal(seen, expected);
		free(seen);
		/* its record is found again under that name */
		rig_expect(rig, JHCFG_DEPLOY_DONE);
		assert_string_equal(rig_steps(rig), "");
	}
}

static void test_texts_arrive_exactly(void **state)
{
	static const char text[] =
		"two\nlines, 'quotes' \"and\" $(touch pwned) "
		"`x` \\n \t -s --address * ; #";
	const struct jhcfg_cell_image image = {
		.text = text,
		.address = 0x1000,
		.has_address = true,
	};
	struct rig *rig = *state;
	struct jhcfg_config *config;
	char expected[256], *seen;

	rig->options.num_images = 0;
	assert_int_equal(jhcfg_workspace_begin(rig->workspace, "text"), 0);
	config = jhcfg_workspace_edit_cell(rig->workspace, rig->a);
	assert_int_equal(jhcfg_config_set_images(config, &image, 1), 0);
	jhcfg_workspace_end(rig->workspace);
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	seen = rig_read(rig, "cat loaded/1; ls | grep pwned");
	snprintf(expected, sizeof(expected), "text %s at 0x1000\n", text);
	assert_string_equal(seen, expected);
	free(seen);
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig), "");
}

/* What a document of a cell says comes out again. */
static void test_images_of_a_document_are_kept(void **state)
{
	const struct jhcfg_cell_image images[] = {
		{ .file = "images/a \"b\".bin", .has_address = true },
		{ .kind = JHCFG_IMAGE_KERNEL,
		  .file = "Image",
		  .command_line = "console=hvc0" },
		{ .text = "con-type=8250",
		  .address = 0x1000,
		  .has_address = true },
	};
	struct jhcfg_config *config = jhcfg_config_create(false, 2);
	struct jhcfg_cell_image *found;
	size_t count;

	(void)state;
	assert_int_equal(jhcfg_config_images(config, NULL, &found, &count), 0);
	assert_int_equal(count, 0);
	assert_int_equal(jhcfg_config_set_images(config, images, 3), 0);
	assert_int_equal(jhcfg_config_images(config, NULL, &found, &count), 0);
	assert_int_equal(count, 3);
	assert_string_equal(found[0].file, images[0].file);
	assert_true(found[0].has_address);
	assert_int_equal(found[1].kind, JHCFG_IMAGE_KERNEL);
	assert_false(found[1].has_address);
	assert_string_equal(found[1].command_line, "console=hvc0");
	assert_string_equal(found[2].text, "con-type=8250");
	assert_int_equal(found[2].address, 0x1000);
	jhcfg_cell_images_free(found, count);
	jhcfg_config_free(config);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_names_of_cells_and_files_arrive_exactly),
		CASE(test_texts_arrive_exactly),
		cmocka_unit_test(test_images_of_a_document_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
