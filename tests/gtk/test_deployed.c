// SPDX-License-Identifier: GPL-2.0-or-later
/* What has become of a project that was deployed, by what the target is seen to
 * run: the scenario "demos" of a board. */
#include "cmocka_all.h"

#include "gtk_fixture.h"
#include "model/deployed.h"

struct scene {
	JhwDeployed *deployed;
	struct jhcfg_cell_status cells[3];
	struct jhcfg_status status; /* all of them run */
};

static int set_up(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board("arm64/qemu-arm64");
	struct scene *scene = g_new0(struct scene, 1);

	scene->deployed = jhw_deployed_new(jhw_document_workspace(document), "demos");
	scene->cells[0] =
		(struct jhcfg_cell_status){ .name = "QEMU-arm64", .state = JHCFG_CELL_RUNNING };
	scene->cells[1] =
		(struct jhcfg_cell_status){ .name = "inmate-demo", .state = JHCFG_CELL_RUNNING };
	scene->cells[2] =
		(struct jhcfg_cell_status){ .name = "tick-demo", .state = JHCFG_CELL_RUNNING };
	scene->status = (struct jhcfg_status){
		.driver = true, .enabled = true, .cells = scene->cells, .num_cells = 3
	};
	*state = scene;
	return 0;
}

static int tear_down(void **state)
{
	struct scene *scene = *state;

	jhw_deployed_free(scene->deployed);
	g_free(scene);
	return 0;
}

static void expect(struct scene *scene, const char *changes)
{
	jhw_deployed_look(scene->deployed, &scene->status);
	assert_string_equal(jhw_deployed_changes(scene->deployed), changes);
}

static void test_deployed_nothing_seen_yet_is_no_change(void **state)
{
	struct scene *scene = *state;

	assert_string_equal(jhw_deployed_changes(scene->deployed), "");
}

/* Those of other scenarios are none of its own. */
static void test_deployed_cells_that_run_are_no_change(void **state)
{
	struct scene *scene = *state;

	expect(scene, "");
	scene->cells[1].state = JHCFG_CELL_LOCKED;
	expect(scene, "");
	scene->cells[1].state = JHCFG_CELL_UNKNOWN;
	expect(scene, "");
}

static void test_deployed_cell_that_is_gone_is_told(void **state)
{
	struct scene *scene = *state;

	scene->status.num_cells = 2;
	expect(scene, "Cell tick-demo is gone");
	scene->status.num_cells = 1;
	expect(scene, "Cell inmate-demo is gone\nCell tick-demo is gone");
	scene->status.num_cells = 3;
	expect(scene, "");
}

static void test_deployed_cell_that_failed_is_told(void **state)
{
	struct scene *scene = *state;

	scene->cells[1].state = JHCFG_CELL_FAILED;
	scene->cells[2].state = JHCFG_CELL_MISMATCH;
	expect(scene, "Cell inmate-demo: failed\nCell tick-demo: failed: other interface revision");
}

/* One that has no program is created and not started. */
static void test_deployed_cell_is_shut_down_only_if_it_ran(void **state)
{
	struct scene *scene = *state;

	jhw_deployed_started(scene->deployed, "tick-demo");
	scene->cells[1].state = scene->cells[2].state = JHCFG_CELL_SHUT_DOWN;
	expect(scene, "Cell tick-demo: shut down");
	/* somebody starts both */
	scene->cells[1].state = scene->cells[2].state = JHCFG_CELL_RUNNING;
	expect(scene, "");
	scene->cells[1].state = JHCFG_CELL_SHUT_DOWN;
	expect(scene, "Cell inmate-demo: shut down");
}

static void test_deployed_hypervisor_that_is_disabled_is_told(void **state)
{
	struct scene *scene = *state;

	scene->status.enabled = false;
	scene->status.num_cells = 0;
	expect(scene, "The hypervisor is disabled");
	scene->status.driver = false;
	expect(scene, "The hypervisor is disabled");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(test_deployed_nothing_seen_yet_is_no_change),
		CASE(test_deployed_cells_that_run_are_no_change),
		CASE(test_deployed_cell_that_is_gone_is_told),
		CASE(test_deployed_cell_that_failed_is_told),
		CASE(test_deployed_cell_is_shut_down_only_if_it_ran),
		CASE(test_deployed_hypervisor_that_is_disabled_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
