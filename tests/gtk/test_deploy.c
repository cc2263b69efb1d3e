// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A project brought to a target as the editor does it, over a real SSH server
 * with the driver of tests/lib/fake_driver.sh: the plan, the steps with their
 * progress, the way back, and everything that comes in between.
 */
#include "../unit/deploy/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jhcfg/workspace.h>

#include "gtk_fixture.h"
#include "model/deploy.h"
#include "sshd.h"

#define IMAGE_SIZE ((size_t)12 << 20)

struct scene {
	struct rig rig; /* first; its programs, and a project of two cells */
	struct sshd sshd;
	JhwDocument *document;
	JhwTarget *target;
	JhwDeploy *deploy;
	char *image;
	/* of the upload that is watched: how often it moved, and how far */
	guint moves;
	double fraction;
	/* what was said when the last one ended; then the target is looked at */
	char *ended, *noted;
};

static void note_end(JhwDeploy *deploy, struct scene *scene)
{
	if (!jhw_deploy_is_busy(deploy) && scene->ended)
		return;
	g_clear_pointer(&scene->ended, g_free);
	g_clear_pointer(&scene->noted, g_free);
	if (jhw_deploy_is_busy(deploy))
		return;
	scene->ended = jhw_deploy_headline(deploy);
	scene->noted = g_strdup(jhw_deploy_note(deploy));
}

static void wait_ready(JhwTarget *target)
{
	while (!jhw_target_is_ready(target))
		g_main_context_iteration(NULL, TRUE);
}

static void wait_over(JhwDeploy *deploy)
{
	while (jhw_deploy_is_busy(deploy))
		g_main_context_iteration(NULL, TRUE);
}

static int setup(void **state)
{
	struct scene *scene;

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("skipped: no OpenSSH server; ./jhw setup\n");
		skip();
	}
	scene = calloc(1, sizeof(*scene));
	assert_non_null(scene);
	sshd_start(&scene->sshd, SSHD_OPENSSH);
	setenv("JAILHOUSE_SSH_CONFIG", scene->sshd.config, 1);
	rig_make(&scene->rig, scene->sshd.folder);
	scene->image = calloc(1, IMAGE_SIZE);
	assert_non_null(scene->image);
	scene->document = jhw_document_new(jhcfg_workspace_fork(scene->rig.workspace), NULL);
	scene->target = jhw_target_new();
	scene->deploy = jhw_deploy_new(scene->document, scene->target);
	g_signal_connect(scene->deploy, "changed", G_CALLBACK(note_end), scene);
	*state = scene;
	return 0;
}

static int teardown(void **state)
{
	struct scene *scene = *state;

	g_signal_handlers_disconnect_by_data(scene->deploy, scene);
	g_object_unref(scene->deploy);
	g_object_unref(scene->target);
	g_object_unref(scene->document);
	g_free(scene->ended);
	g_free(scene->noted);
	rig_end(&scene->rig);
	sshd_stop(&scene->sshd);
	free(scene->image);
	free(scene);
	return 0;
}

static void connect_to(JhwTarget *target)
{
	g_autoptr(GError) error = NULL;

	if (!jhw_target_open(target, "ssh://fixture", &error))
		fail_msg("%s", error->message);
	wait_ready(target);
}

/* Up to the plan, or to why there is none. */
static void plan(struct scene *scene)
{
	g_autoptr(GError) error = NULL;

	if (!jhw_deploy_begin(scene->deploy, &scene->rig.options, &error))
		fail_msg("%s", error->message);
	assert_true(jhw_deploy_is_busy(scene->deploy));
	wait_over(scene->deploy);
}

static void tell(struct scene *scene)
{
	g_auto(GStrv) lines = jhw_deploy_messages(scene->deploy);
	GListModel *steps = jhw_deploy_steps(scene->deploy);

	for (char **line = lines; *line; line++)
		print_error("%s\n", *line);
	for (guint n = 0; n < g_list_model_get_n_items(steps); n++) {
		g_autoptr(JhwDeployStep) step = g_list_model_get_item(steps, n);

		print_error("%s: %d %s\n", jhw_deploy_step_title(step),
			    (int)jhw_deploy_step_state(step), jhw_deploy_step_message(step));
	}
}

static void expect_phase(struct scene *scene, enum jhcfg_deploy_phase phase)
{
	if (jhw_deploy_phase(scene->deploy) != phase)
		tell(scene);
	assert_int_equal(jhw_deploy_phase(scene->deploy), phase);
}

static void expect_headline(struct scene *scene, const char *expected)
{
	g_autofree char *headline = jhw_deploy_headline(scene->deploy);

	assert_string_equal(headline, expected);
}

static void expect_message(struct scene *scene, const char *part)
{
	g_auto(GStrv) lines = jhw_deploy_messages(scene->deploy);
	g_autofree char *text = g_strjoinv("\n", lines);

	if (!strstr(text, part))
		fail_msg("\"%s\" is not in: %s", part, text);
}

static void deploy(struct scene *scene, enum jhcfg_deploy_phase phase)
{
	plan(scene);
	expect_phase(scene, JHCFG_DEPLOY_PLANNED);
	jhw_deploy_run(scene->deploy);
	wait_over(scene->deploy);
	expect_phase(scene, phase);
}

static guint count_steps(struct scene *scene, gboolean back, enum jhcfg_deploy_state state)
{
	GListModel *steps = jhw_deploy_steps(scene->deploy);
	guint count = 0;

	for (guint n = 0; n < g_list_model_get_n_items(steps); n++) {
		g_autoptr(JhwDeployStep) step = g_list_model_get_item(steps, n);

		count += jhw_deploy_step_is_back(step) == back &&
			 jhw_deploy_step_state(step) == state;
	}
	return count;
}

/* --- there and back ----------------------------------------------------------- */

static void note_progress(JhwDeployStep *step, struct scene *scene)
{
	double fraction = jhw_deploy_step_fraction(step);

	if (fraction < 0)
		return;
	assert_true(fraction >= scene->fraction && fraction <= 1);
	scene->moves += fraction > scene->fraction;
	scene->fraction = fraction;
}

static void watch_image(struct scene *scene)
{
	GListModel *steps = jhw_deploy_steps(scene->deploy);

	for (guint n = 0; n < g_list_model_get_n_items(steps); n++) {
		g_autoptr(JhwDeployStep) step = g_list_model_get_item(steps, n);

		if (g_str_has_prefix(jhw_deploy_step_title(step), "Upload a.bin"))
			g_signal_connect(step, "changed", G_CALLBACK(note_progress), scene);
	}
}

/* "Step 3 of 12": each of them is told, one behind the other. */
static void note_headline(JhwDeploy *deploy, guint *next)
{
	g_autofree char *headline = jhw_deploy_headline(deploy);
	guint step, all;

	if (sscanf(headline, "Step %u of %u", &step, &all) != 2)
		return;
	assert_true(step == *next || step == *next + 1);
	*next = step;
}

static void test_project_is_deployed_and_then_there_is_nothing_to_do(void **state)
{
	struct scene *scene = *state;
	g_autofree char *planned = NULL;
	guint steps, told = 0;

	connect_to(scene->target);
	scene->rig.images[0].bytes = scene->image;
	scene->rig.images[0].size = IMAGE_SIZE;
	expect_headline(scene, "");
	plan(scene);
	expect_phase(scene, JHCFG_DEPLOY_PLANNED);
	assert_true(jhw_deploy_may_run(scene->deploy));
	steps = g_list_model_get_n_items(jhw_deploy_steps(scene->deploy));
	planned = g_strdup_printf("%u steps", steps);
	expect_headline(scene, planned);
	assert_int_equal(count_steps(scene, FALSE, JHCFG_DEPLOY_WAITING), steps);
	rig_expect_read(&scene->rig, "cat calls", "");

	watch_image(scene);
	g_signal_connect(scene->deploy, "changed", G_CALLBACK(note_headline), &told);
	jhw_deploy_run(scene->deploy);
	wait_over(scene->deploy);
	expect_phase(scene, JHCFG_DEPLOY_DONE);
	assert_string_equal(scene->ended, "The target runs the project");
	assert_int_equal(told, steps);
	assert_int_equal(count_steps(scene, FALSE, JHCFG_DEPLOY_SUCCEEDED), steps);
	assert_true(scene->moves > 2);
	rig_expect_read(&scene->rig, "cat sys/cells/[12]/state", "running\nrunning\n");

	plan(scene);
	assert_string_equal(scene->ended, "The target runs the project already");
	assert_int_equal(g_list_model_get_n_items(jhw_deploy_steps(scene->deploy)), 0);
}

/* The driver of this machine is not the one that was deployed to: as far as the
 * target is looked at, the hypervisor is disabled. */
static void test_what_the_target_runs_is_followed(void **state)
{
	struct scene *scene = *state;

	connect_to(scene->target);
	deploy(scene, JHCFG_DEPLOY_DONE);
	/* what was seen before says nothing of it */
	assert_string_equal(scene->ended, "The target runs the project");
	while (!*jhw_deploy_note(scene->deploy))
		g_main_context_iteration(NULL, TRUE);
	assert_string_equal(jhw_deploy_note(scene->deploy), "The hypervisor is disabled");
	expect_headline(scene, "The target does not run the project any more");
	/* and a new plan begins anew */
	plan(scene);
	assert_string_equal(scene->ended, "The target runs the project already");
	/* one that cannot be seen does not run it, unless a look came before */
	sshd_cut(&scene->sshd);
	while (jhw_target_is_ready(scene->target))
		g_main_context_iteration(NULL, TRUE);
	if (!*jhw_deploy_note(scene->deploy))
		expect_headline(scene, "The target ran the project when it was last seen");
}

/* Of the step that failed; a new string. */
static char *failure(struct scene *scene)
{
	GListModel *steps = jhw_deploy_steps(scene->deploy);

	for (guint n = 0; n < g_list_model_get_n_items(steps); n++) {
		g_autoptr(JhwDeployStep) step = g_list_model_get_item(steps, n);

		if (jhw_deploy_step_state(step) == JHCFG_DEPLOY_BROKEN)
			return g_strconcat(jhw_deploy_step_title(step), ": ",
					   jhw_deploy_step_message(step), NULL);
	}
	return g_strdup("");
}

static void test_failed_step_is_told_and_taken_back(void **state)
{
	struct scene *scene = *state;
	g_autofree char *before = NULL, *after = NULL, *told = NULL;

	connect_to(scene->target);
	before = rig_state(&scene->rig);
	/* five uploads, the driver, enable, create, load: the start of the first */
	rig_sh(&scene->rig, "echo 10 >fail");
	deploy(scene, JHCFG_DEPLOY_FAILED);
	told = failure(scene);
	assert_string_equal(told, "Start a: injected failure");
	expect_headline(scene, "It failed; what was done has been taken back");
	assert_true(count_steps(scene, TRUE, JHCFG_DEPLOY_SUCCEEDED) > 2);
	assert_int_equal(count_steps(scene, FALSE, JHCFG_DEPLOY_WAITING), 0);
	after = rig_state(&scene->rig);
	assert_string_equal(after, before);
	/* and once more, from the same object */
	rig_sh(&scene->rig, "rm fail");
	deploy(scene, JHCFG_DEPLOY_DONE);
}

/* --- what comes in between ---------------------------------------------------- */

/* The target stands before its first start until open_gate(). */
static void close_gate(struct scene *scene)
{
	const char *folder = scene->rig.folder;

	rig_sh(&scene->rig,
	       "mkfifo gate && printf '#!/bin/sh\\n[ \"$2 $3\" != \"cell start\" ] || "
	       "[ ! -e %s/gate ] || cat %s/gate\\n' >hook && chmod +x hook",
	       folder, folder);
}

static void open_gate(struct scene *scene)
{
	rig_sh(&scene->rig, "mv gate open && : <>open");
}

static JhwDeployStep *step_called(struct scene *scene, const char *title)
{
	GListModel *steps = jhw_deploy_steps(scene->deploy);

	for (guint n = 0; n < g_list_model_get_n_items(steps); n++) {
		g_autoptr(JhwDeployStep) step = g_list_model_get_item(steps, n);

		if (g_str_equal(jhw_deploy_step_title(step), title))
			return step; /* the list keeps it */
	}
	fail_msg("no step \"%s\"", title);
	return NULL;
}

/* Up to the gate. */
static void run_to_the_gate(struct scene *scene)
{
	close_gate(scene);
	connect_to(scene->target);
	plan(scene);
	expect_phase(scene, JHCFG_DEPLOY_PLANNED);
	jhw_deploy_run(scene->deploy);
	while (jhw_deploy_step_state(step_called(scene, "Start a")) == JHCFG_DEPLOY_WAITING)
		g_main_context_iteration(NULL, TRUE);
	assert_int_equal(jhw_deploy_step_state(step_called(scene, "Start a")),
			 JHCFG_DEPLOY_WORKING);
}

static void test_stop_takes_back_behind_the_step_that_runs(void **state)
{
	struct scene *scene = *state;
	g_autofree char *before = rig_state(&scene->rig), *after = NULL;

	run_to_the_gate(scene);
	jhw_deploy_stop(scene->deploy);
	expect_phase(scene, JHCFG_DEPLOY_RUNNING);
	open_gate(scene);
	wait_over(scene->deploy);
	expect_phase(scene, JHCFG_DEPLOY_FAILED);
	expect_message(scene, "it was stopped");
	expect_headline(scene, "It failed; what was done has been taken back");
	after = rig_state(&scene->rig);
	assert_string_equal(after, before);
}

/* The target is tried again by itself; the deploy goes on where it was. */
static void test_cut_connection_comes_back_and_the_deploy_goes_on(void **state)
{
	struct scene *scene = *state;

	run_to_the_gate(scene);
	sshd_cut(&scene->sshd);
	while (!*jhw_deploy_note(scene->deploy))
		g_main_context_iteration(NULL, TRUE);
	assert_non_null(strstr(jhw_deploy_note(scene->deploy), "connecting again"));
	open_gate(scene);
	wait_over(scene->deploy);
	expect_phase(scene, JHCFG_DEPLOY_DONE);
	assert_string_equal(scene->noted, "");
	assert_true(jhw_target_is_ready(scene->target));
}

static void test_disconnecting_forgets_what_was_going_on(void **state)
{
	struct scene *scene = *state;

	run_to_the_gate(scene);
	jhw_target_close(scene->target);
	assert_false(jhw_deploy_is_there(scene->deploy));
	assert_int_equal(g_list_model_get_n_items(jhw_deploy_steps(scene->deploy)), 0);
	expect_headline(scene, "");
	open_gate(scene);
}

static void test_second_window_is_told_who_deploys(void **state)
{
	struct scene *scene = *state;
	struct scene other = *scene;

	run_to_the_gate(scene);
	other.target = jhw_target_new();
	other.deploy = jhw_deploy_new(scene->document, other.target);
	connect_to(other.target);
	plan(&other);
	if (jhw_deploy_phase(other.deploy) == JHCFG_DEPLOY_PLANNED) {
		jhw_deploy_run(other.deploy);
		wait_over(other.deploy);
	}
	expect_phase(&other, JHCFG_DEPLOY_FAILED);
	expect_message(&other, "another deploy is at work there: ");
	g_object_unref(other.deploy);
	g_object_unref(other.target);

	open_gate(scene);
	wait_over(scene->deploy);
	expect_phase(scene, JHCFG_DEPLOY_DONE);
}

/* --- what may not be deployed ------------------------------------------------- */

/* This machine is none that the rules like. */
static void test_findings_keep_it_from_running_until_forced(void **state)
{
	struct scene *scene = *state;

	connect_to(scene->target);
	scene->rig.options.force = false;
	plan(scene);
	expect_phase(scene, JHCFG_DEPLOY_PLANNED);
	assert_false(jhw_deploy_may_run(scene->deploy));
	assert_true(g_list_model_get_n_items(jhw_deploy_problems(scene->deploy)) > 0);
	jhw_deploy_run(scene->deploy);
	expect_phase(scene, JHCFG_DEPLOY_PLANNED);
	rig_expect_read(&scene->rig, "cat calls; ls -A site", "");
	scene->rig.options.force = true;
	plan(scene);
	assert_true(jhw_deploy_may_run(scene->deploy));
}

static void test_without_a_target_it_says_what_to_do(void **state)
{
	struct scene *scene = *state;
	g_autoptr(GError) error = NULL;

	assert_false(jhw_deploy_begin(scene->deploy, &scene->rig.options, &error));
	assert_non_null(strstr(error->message, "choose one"));
	assert_false(jhw_deploy_is_there(scene->deploy));
	g_clear_error(&error);
	/* one that is lost is not to be chosen again, and what was planned for it
	 * is still to be seen */
	connect_to(scene->target);
	plan(scene);
	sshd_cut(&scene->sshd);
	while (jhw_target_is_ready(scene->target))
		g_main_context_iteration(NULL, TRUE);
	assert_false(jhw_deploy_begin(scene->deploy, &scene->rig.options, &error));
	assert_string_equal(error->message, "ssh://fixture is not connected");
	expect_phase(scene, JHCFG_DEPLOY_PLANNED);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_project_is_deployed_and_then_there_is_nothing_to_do),
		CASE(test_what_the_target_runs_is_followed),
		CASE(test_failed_step_is_told_and_taken_back),
		CASE(test_stop_takes_back_behind_the_step_that_runs),
		CASE(test_cut_connection_comes_back_and_the_deploy_goes_on),
		CASE(test_disconnecting_forgets_what_was_going_on),
		CASE(test_second_window_is_told_who_deploys),
		CASE(test_findings_keep_it_from_running_until_forced),
		CASE(test_without_a_target_it_says_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
