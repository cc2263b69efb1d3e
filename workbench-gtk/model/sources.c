// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sources.h"

#include <stdlib.h>

#include <jhcfg/c_form.h>
#include <jhcfg/emit.h>
#include <jhcfg/project.h>

#include "model/error.h"
#include "model/text.h"

/* The library's strings are not GLib's. Takes over @text. */
static char *finish(int err, char *text, const struct jhcfg_diags *diags, GError **error)
{
	char *copy = NULL;

	if (err)
		jhw_error_take(error, err, diags);
	else
		copy = g_strdup(text);
	free(text);
	return copy;
}

static char *make_c(const struct jhcfg_workspace *workspace, uint32_t cell, GError **error)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	char *text = NULL;
	int err = jhcfg_c_form_write(jhcfg_workspace_cell(workspace, cell), NULL, diags, &text);

	return finish(err, text, diags, error);
}

static char *make_json(const struct jhcfg_workspace *workspace, uint32_t cell, GError **error)
{
	char *text = NULL;
	int err = jhcfg_project_write(jhcfg_workspace_cell(workspace, cell), &text);

	return finish(err, text, NULL, error);
}

/* Takes over @blob. */
static char *tree_text(int err, void *blob, size_t size, const struct jhcfg_diags *diags,
		       GError **error)
{
	char *text = NULL;

	if (!err)
		err = jhcfg_emit_tree_source(blob, size, &text);
	free(blob);
	return finish(err, text, diags, error);
}

static char *make_tree(const struct jhcfg_workspace *workspace, uint32_t cell, GError **error)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	void *blob = NULL;
	size_t size = 0;
	int err = jhcfg_emit_linux_tree(workspace, cell, NULL, diags, &blob, &size);

	return tree_text(err, blob, size, diags, error);
}

static char *make_overlay(const struct jhcfg_workspace *workspace, G_GNUC_UNUSED uint32_t cell,
			  GError **error)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	void *blob = NULL;
	size_t size = 0;
	int err = jhcfg_emit_root_overlay(workspace, NULL, diags, &blob, &size);

	return tree_text(err, blob, size, diags, error);
}

static char *make_command_line(const struct jhcfg_workspace *workspace, G_GNUC_UNUSED uint32_t cell,
			       GError **error)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	char *text = NULL;
	int err = jhcfg_emit_command_line(workspace, JHCFG_BOOT_PLAIN, diags, &text);

	return finish(err, text, diags, error);
}

static char *make_report(const struct jhcfg_workspace *workspace, G_GNUC_UNUSED uint32_t cell,
			 GError **error)
{
	char *text = NULL;
	int err = jhcfg_emit_report(workspace, JHCFG_REPORT_MARKDOWN, &text);

	return finish(err, text, NULL, error);
}

/* clang-format off */
static const struct jhw_source_form forms[] = {
	{ N_("C source"),            ".c",    JHW_SYNTAX_C,     TRUE,  make_c },
	{ "JSON",                ".json", JHW_SYNTAX_JSON,  TRUE,  make_json },
	{ N_("Device tree for Linux"), ".dts", JHW_SYNTAX_C,    TRUE,  make_tree },
	{ N_("Overlay for the root"), ".dts", JHW_SYNTAX_C,     FALSE, make_overlay },
	{ N_("Kernel command line"), ".txt",  JHW_SYNTAX_PLAIN, FALSE, make_command_line },
	{ N_("Report"),              ".md",   JHW_SYNTAX_PLAIN, FALSE, make_report },
};
/* clang-format on */

const struct jhw_source_form *jhw_source_form_at(guint index)
{
	return index < G_N_ELEMENTS(forms) ? &forms[index] : NULL;
}
