// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/c_form.h>
#include <jhcfg/codec.h>
#include <jhcfg/emit.h>
#include <jhcfg/file.h>

#include "model/error.h"
#include "model/owner.h"
#include "model/text.h"

struct export
{
	const struct jhcfg_workspace *workspace;
	const char *folder;
	struct jhcfg_diags *diags;
	guint count;
};

/* Takes over @data. */
static int store(struct export *export, const char *name, const char *end, void *data, size_t size)
{
	g_autofree char *base = g_strdelimit(g_strdup_printf("%s%s", name, end), "/\n\t", '_');
	g_autofree char *path = g_build_filename(export->folder, base, NULL);
	int err = jhcfg_file_write(path, data, size);

	free(data);
	if (err)
		jhcfg_diags_add(export->diags, JHCFG_ERROR, "", path, "",
				_("choose another folder"), _("cannot be written: %s"),
				g_strerror(-err));
	else
		export->count++;
	return err;
}

static int store_text(struct export *export, const char *name, int err, char *text)
{
	return err ? err : store(export, name, "", text, strlen(text));
}

static int write_config(struct export *export, const struct jhcfg_config *config)
{
	const char *name = jhcfg_cell_name(jhcfg_config_cell(config));
	void *data = NULL;
	char *text = NULL;
	size_t size = 0;
	int err = jhcfg_codec_encode(config, export->diags, &data, &size);

	if (!err)
		err = store(export, name, ".cell", data, size);
	if (!err)
		err = jhcfg_c_form_write(config, NULL, export->diags, &text);
	if (!err)
		err = store(export, name, ".c", text, strlen(text));
	return err;
}

static int write_configs(struct export *export)
{
	uint32_t key;
	int err = 0;

	for (size_t n = 0; !err && (key = jhcfg_workspace_cell_key(export->workspace, n)); n++) {
		const struct jhcfg_config *config = jhcfg_workspace_cell(export->workspace, key);

		err = config ? write_config(export, config) : -ENOMEM;
	}
	return err;
}

/* Not for all systems: what they do not have is left out. */
static int write_command_line(struct export *export)
{
	char *text = NULL;
	int err = jhcfg_emit_command_line(export->workspace, JHCFG_BOOT_PLAIN, NULL, &text);

	return err == -ENOTSUP ? 0 : store_text(export, "cmdline.txt", err, text);
}

static int write_overlay(struct export *export)
{
	void *blob = NULL;
	char *text = NULL;
	size_t size = 0;
	int err;

	if (jhcfg_config_architecture(jhcfg_workspace_cell(export->workspace, JHCFG_ROOT_KEY)) == 0)
		return 0; /* PCs have no device tree */
	err = jhcfg_emit_root_overlay(export->workspace, NULL, export->diags, &blob, &size);
	if (err)
		return err;
	err = jhcfg_emit_tree_source(blob, size, &text);
	err = store_text(export, "jailhouse-overlay.dts", err, text);
	if (!err)
		return store(export, "jailhouse-overlay.dtbo", "", blob, size);
	free(blob);
	return err;
}

static int write_report(struct export *export)
{
	char *text = NULL;
	int err = jhcfg_emit_report(export->workspace, JHCFG_REPORT_MARKDOWN, &text);

	return store_text(export, "report.md", err, text);
}

gboolean jhw_export(const struct jhcfg_workspace *workspace, const char *folder, guint *count,
		    GError **error)
{
	static int (*const writers[])(struct export *) = {
		write_configs,
		write_command_line,
		write_overlay,
		write_report,
	};
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	struct export export = { .workspace = workspace, .folder = folder, .diags = diags };
	int err = g_mkdir_with_parents(folder, 0777) ? -errno : 0;

	if (err)
		jhcfg_diags_add(diags, JHCFG_ERROR, "", folder, "", _("choose another folder"),
				_("cannot be made: %s"), g_strerror(-err));
	for (guint n = 0; !err && n < G_N_ELEMENTS(writers); n++)
		err = writers[n](&export);
	*count = export.count;
	return err ? jhw_error_take(error, err, diags) : TRUE;
}
