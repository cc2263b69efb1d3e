// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/command_line.h"

#include <string.h>

#include "model/document.h"
#include "model/error.h"
#include "model/export.h"

static int fail(const char *message)
{
	g_printerr("jailhouse-workbench: %s\n", message);
	return 1;
}

static int export_project(const char *folder, const char *project, JhwExportFlags flags)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(JhwDocument) document = jhw_document_load(project, diags, &error);
	guint count = 0;

	if (!document ||
	    !jhw_export(jhw_document_workspace(document), folder, flags, &count, &error))
		return fail(error->message);
	g_print("%u files in %s\n", count, folder);
	return 0;
}

static const GOptionEntry entries[] = {
	{ "export", 'e', 0, G_OPTION_ARG_FILENAME, NULL,
	  "Write all that is needed of PROJECT into DIR, without a display", "DIR" },
	{ "target", 't', 0, G_OPTION_ARG_STRING, NULL,
	  "Connect to TARGET: ssh://[USER@]HOST, emu://BOARD, recorded:FILE, local", "TARGET" },
	{ "force", 0, 0, G_OPTION_ARG_NONE, NULL, "Export in spite of errors that rules find",
	  NULL },
	{ "replace", 0, 0, G_OPTION_ARG_NONE, NULL,
	  "Replace files in DIR that no export left there", NULL },
	{ "version", 'v', 0, G_OPTION_ARG_NONE, NULL, "Say which version this is", NULL },
	{ 0 },
};

void jhw_command_line_add(GApplication *application)
{
	g_application_add_main_option_entries(application, entries);
	g_application_set_option_context_parameter_string(application, "[PROJECT\342\200\246]");
}

gboolean jhw_command_line_run(int argc, char **argv, int *status)
{
	g_autofree char *folder = NULL, *target = NULL;
	gboolean version = FALSE, force = FALSE, replace = FALSE;
	GOptionEntry local[G_N_ELEMENTS(entries)];
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_auto(GStrv) copy = g_new0(char *, argc + 1);

	for (int n = 0; n < argc; n++)
		copy[n] = g_strdup(argv[n]);
	memcpy(local, entries, sizeof(local));
	local[0].arg_data = &folder;
	local[1].arg_data = &target;
	local[2].arg_data = &force;
	local[3].arg_data = &replace;
	local[4].arg_data = &version;
	g_option_context_add_main_entries(context, local, NULL);
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_ignore_unknown_options(context, TRUE);
	if (!g_option_context_parse_strv(context, &copy, NULL) || (!folder && !version))
		return FALSE;
	if (version) {
		g_print("jailhouse-workbench %s\n", JHW_VERSION);
		*status = 0;
	} else if (g_strv_length(copy) != 2) {
		fail("--export DIR wants one project");
		*status = 2;
	} else {
		*status = export_project(folder, copy[1],
					 (force ? JHW_EXPORT_FORCE : 0) |
						 (replace ? JHW_EXPORT_REPLACE : 0));
	}
	return TRUE;
}
