// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtk_fixture.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <stdlib.h>

#include <jhcfg/diff.h>
#include <jhcfg/project.h>

#include "cmocka_all.h"
#include "model/error.h"
#include "model/owner.h"

static JhwDocument *load(const char *path)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL;
	JhwDocument *document = jhw_document_load(path, diags, &error);

	if (!document)
		fail_msg("%s", error->message);
	return document;
}

JhwDocument *fixture_board(const char *name)
{
	g_autofree char *path = g_build_filename(TEST_BOARDS, name, "system.json", NULL);

	return load(path);
}

JhwDocument *fixture_machine(const char *name)
{
	g_autofree char *path = g_strdup_printf("%s/machines/%s.tar.gz", TEST_FIXTURES, name);

	return load(path);
}

struct new_cell {
	const char *name;
	unsigned int cpu;
};

static int add_cell(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const struct new_cell *cell = data;
	const struct jhcfg_plan_request request = {
		.name = cell->name, .cpus = &cell->cpu, .num_cpus = 1, .memory_size = 1 << 20
	};
	struct jhcfg_plan *plan = NULL;
	int err = jhcfg_plan_cell(workspace, &request, diags, &plan);

	if (err)
		return err;
	err = jhcfg_plan_apply(workspace, plan);
	jhcfg_plan_free(plan);
	return err;
}

JhwSession *fixture_session(const char *board)
{
	g_autoptr(JhwLog) log = jhw_log_new();
	g_autoptr(JhwTarget) target = jhw_target_new();
	g_autoptr(JhwDocument) document = fixture_board(board);
	JhwSession *session = jhw_session_new(document, log);

	jhw_session_set_target(session, target);
	return session;
}

uint32_t fixture_new_cell(JhwDocument *document, const char *name, unsigned int cpu)
{
	struct new_cell cell = { name, cpu };
	g_autoptr(GError) error = NULL;

	if (!jhw_document_edit(document, "New cell", add_cell, &cell, &error))
		fail_msg("%s", error->message);
	return fixture_cell(document, name);
}

static void add_links(const struct jhcfg_workspace *workspace, GString *text)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++) {
		g_string_append_printf(
			text, "%u %s %x %u %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64 " %u:",
			link->key, link->name, link->bdf, link->protocol, link->base,
			link->state_size, link->rw_size, link->output_size, link->num_msix_vectors);
		for (unsigned int id = 0; id < link->num_peers; id++)
			g_string_append_printf(text, " %u", link->peers[id]);
		g_string_append_c(text, '\n');
	}
}

static void add_scenarios(const struct jhcfg_workspace *workspace, GString *text)
{
	const struct jhcfg_scenario *scenario;

	for (size_t n = 0; (scenario = jhcfg_workspace_scenario(workspace, n)); n++) {
		g_string_append_printf(text, "%s:", scenario->name);
		for (size_t m = 0; m < scenario->num_cells; m++)
			g_string_append_printf(text, " %u", scenario->cells[m]);
		g_string_append_c(text, '\n');
	}
}

char *fixture_text(JhwDocument *document)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	GString *text = g_string_new(NULL);
	const struct jhcfg_waiver *waiver;
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		char *part = NULL;

		assert_int_equal(jhcfg_project_write(jhcfg_workspace_cell(workspace, key), &part),
				 0);
		g_string_append_printf(text, "%u %s", key, part);
		free(part);
	}
	add_links(workspace, text);
	add_scenarios(workspace, text);
	for (size_t n = 0; (waiver = jhcfg_workspace_waiver(workspace, n)); n++)
		g_string_append_printf(text, "%s %s %s\n", waiver->rule, waiver->object,
				       waiver->reason);
	return g_string_free(text, FALSE);
}

/* --- files ------------------------------------------------------------------- */

static gint by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of the folder and those in it; files are removed once they are read. */
static void take_files(const char *folder, GString *text)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	assert_non_null(dir);
	while ((name = g_dir_read_name(dir)))
		g_ptr_array_add(names, g_build_filename(folder, name, NULL));
	g_ptr_array_sort(names, by_name);
	for (guint n = 0; n < names->len; n++) {
		g_autofree char *contents = NULL;

		if (g_file_test(names->pdata[n], G_FILE_TEST_IS_DIR)) {
			take_files(names->pdata[n], text);
			continue;
		}
		assert_true(g_file_get_contents(names->pdata[n], &contents, NULL, NULL));
		g_string_append_printf(text, "%s:\n%s\n", strrchr(names->pdata[n], '/'), contents);
		g_unlink(names->pdata[n]);
	}
	g_rmdir(folder);
}

char *fixture_files(JhwDocument *document)
{
	g_autoptr(JhwWorkspace) fork = jhw_document_fork(document);
	g_autofree char *folder = g_dir_make_tmp("jhw-files-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "system.json", NULL);
	GString *text = g_string_new(NULL);

	assert_non_null(fork);
	assert_int_equal(jhcfg_workspace_save(fork, path, NULL), 0);
	take_files(folder, text);
	return g_string_free(text, FALSE);
}

/* --- what they say ------------------------------------------------------------ */

static GPtrArray *configs_of(JhwDocument *document)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	GPtrArray *configs = g_ptr_array_new();
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		g_ptr_array_add(configs, (gpointer)(uintptr_t)jhcfg_workspace_cell(workspace, key));
	return configs;
}

char *fixture_differences(JhwDocument *a, JhwDocument *b)
{
	g_autoptr(GPtrArray) first = configs_of(a), second = configs_of(b);
	const struct jhcfg_diff_side sides[] = {
		{ .configs = (const struct jhcfg_config *const *)first->pdata,
		  .num_configs = first->len },
		{ .configs = (const struct jhcfg_config *const *)second->pdata,
		  .num_configs = second->len },
	};
	struct jhcfg_diff *diff = NULL;
	char *text, *copy;

	assert_int_equal(jhcfg_diff_make(&sides[0], &sides[1], &diff), 0);
	text = jhcfg_diff_text(diff);
	copy = g_strdup(text);
	free(text);
	jhcfg_diff_free(diff);
	return copy;
}

uint32_t fixture_cell(JhwDocument *document, const char *name)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (g_str_equal(jhcfg_cell_name(jhw_cell(workspace, key)), name))
			return key;
	fail_msg("no cell \"%s\"", name);
	return 0;
}

JhwRef fixture_device(JhwDocument *document, const char *name)
{
	size_t index = jhcfg_board_find_device(
		jhcfg_workspace_board(jhw_document_workspace(document)), name);

	assert_int_not_equal(index, JHCFG_NO_INDEX);
	return jhw_ref_of(JHW_REF_DEVICE, index);
}

void fixture_settle(JhwSession *session)
{
	while (!jhw_checker_is_settled(jhw_session_checker(session)))
		g_main_context_iteration(NULL, TRUE);
}
