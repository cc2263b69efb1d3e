// SPDX-License-Identifier: GPL-2.0-or-later
/* Opening whatever a person names: a project, or something to make one of. */
#include <errno.h>

#include <jhcfg/root.h>
#include <jhcfg/source.h>

#include "model/document.h"
#include "model/error.h"
#include "model/text.h"

/* What is not a project itself: hardware gets a root cell, configurations
 * become a project of their own. */
static int import(const char *path, struct jhcfg_diags *diags, struct jhcfg_workspace **workspace)
{
	static const struct jhcfg_root_options options; /* the library chooses */
	struct jhcfg_source source = { 0 };
	struct jhcfg_config *root = NULL;
	int err = jhcfg_source_read(path, NULL, diags, &source);

	if (err)
		return err;
	if (!source.config)
		err = jhcfg_root_generate(source.board, &options, diags, &root);
	else if (!jhcfg_config_system(source.config)) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "D01", "source", "",
				_("open its system, and add the cell to that"),
				_("it is %s of a single cell"), source.words);
		err = -EINVAL;
	}
	if (!err)
		err = jhcfg_workspace_from_configs(root ? root : source.config, NULL, 0,
						   source.board, diags, workspace);
	jhcfg_config_free(root);
	jhcfg_source_clear(&source);
	return err;
}

static gboolean is_project(const char *path)
{
	return g_str_has_suffix(path, ".json") && !g_str_has_suffix(path, "board.json");
}

JhwDocument *jhw_document_load(const char *path, struct jhcfg_diags *diags, GError **error)
{
	struct jhcfg_workspace *workspace = NULL;
	gboolean project = is_project(path);
	int err = project ? jhcfg_workspace_load(path, diags, &workspace)
			  : import(path, diags, &workspace);

	if (err) {
		jhw_error_take(error, err, diags);
		g_prefix_error(error, "%s: ", path);
		return NULL;
	}
	return jhw_document_new(workspace, project ? path : NULL);
}
