// SPDX-License-Identifier: LGPL-2.1-or-later
/* Device trees from files: .dtb, .dts, overlays. */
#include <errno.h>
#include <fcntl.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/import.h>

#include "import/tree.h"
#include "util/process.h"

static int complain(struct jhcfg_diags *diags, int err, const char *path,
		    const char *hint, const char *text, const char *detail)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "D02", "device tree", path, hint,
			"%s: %s", text, detail);
	return err;
}

/* What dtc says of a broken source is a line for each mistake; a source that
 * includes a pipe, or itself, must not keep anybody waiting. */
#define DTC_TIMEOUT_MS 30000
#define DTC_MAX_OUTPUT (64 * 1024)
#define DTC_MAX_MEMORY (UINT64_C(1) << 30)

/* Its first line, which says where the first mistake is. */
static int refused(const char *path, char *said, struct jhcfg_diags *diags)
{
	said[strcspn(said, "\n")] = 0;
	return complain(diags, -EINVAL, path,
			"run the C preprocessor first if it has #include lines",
			"dtc refuses it", *said ? said : "it does not say why");
}

static int run_dtc(const char *path, const char *output,
		   struct jhcfg_diags *diags)
{
	const char *const arguments[] = { "dtc",  "-q", "-@",  "-I",
					  "dts",  "-O", "dtb", "-o",
					  output, "--", path,  NULL };
	const struct jhcfg_process process = {
		.argv = arguments,
		.timeout_ms = DTC_TIMEOUT_MS,
		.max_output = DTC_MAX_OUTPUT,
		.max_file_size = JHCFG_DEVICE_TREE_MAX,
		.max_memory = DTC_MAX_MEMORY,
	};
	char *said = NULL;
	size_t size = 0;
	int status = 0,
	    err = jhcfg_process_run(&process, &said, &size, &status);

	if (err == -ETIMEDOUT || err == -EFBIG)
		complain(diags, err, path, "give the .dtb file",
			 "dtc was stopped", strerror(-err));
	else if (err)
		complain(diags, err, path,
			 "install dtc (device-tree-compiler), or give the .dtb "
			 "file",
			 "dtc cannot be run", strerror(-err));
	else if (!WIFEXITED(status) || WEXITSTATUS(status))
		err = refused(path, said, diags);
	free(said);
	return err;
}

static int compile(const char *path, struct jhcfg_diags *diags, void **data,
		   size_t *size)
{
	const char *folder = getenv("TMPDIR");
	char *output;
	int fd, err;

	if (asprintf(&output, "%s/jhcfg-XXXXXX.dtb",
		     folder && *folder ? folder : "/tmp") < 0)
		return -ENOMEM;
	fd = mkostemps(output, 4, O_CLOEXEC);
	if (fd < 0) {
		err = complain(diags, -errno, path,
			       "TMPDIR says where there is room",
			       "no temporary file", strerror(errno));
		free(output);
		return err;
	}
	close(fd);
	err = run_dtc(path, output, diags);
	if (!err) {
		err = jhcfg_file_read(output, JHCFG_DEVICE_TREE_MAX, data,
				      size);
		if (err)
			complain(diags, err, path, NULL,
				 "what dtc made cannot be read",
				 strerror(-err));
	}
	unlink(output);
	free(output);
	return err;
}

static bool is_source(const char *path)
{
	size_t length = strlen(path);

	return length > 4 && !strcmp(path + length - 4, ".dts");
}

static int load(const char *path, struct jhcfg_diags *diags, void **data,
		size_t *size)
{
	int err;

	if (is_source(path))
		return compile(path, diags, data, size);
	err = jhcfg_file_read(path, JHCFG_DEVICE_TREE_MAX, data, size);
	if (err)
		complain(diags, err, path, NULL, "it cannot be read",
			 strerror(-err));
	return err;
}

/* A tree that is none would be applied without effect. */
static bool is_overlay(const void *blob)
{
	int node;

	fdt_for_each_subnode(
		node, blob,
		0) if (fdt_subnode_offset(blob, node, "__overlay__") >=
		       0) return true;
	return false;
}

/* Both are private copies: a failed overlay leaves them damaged. */
static int apply(void **tree, size_t *size, void *overlay, size_t overlay_size,
		 const char *path, struct jhcfg_diags *diags)
{
	size_t room = *size + 2 * overlay_size + 4096;
	const char *error = dt_blob_error(*tree, *size);
	void *larger;
	int err;

	if (!error)
		error = dt_blob_error(overlay, overlay_size);
	if (!error && !is_overlay(overlay))
		error = "it has no fragments";
	if (error)
		return complain(diags, -EINVAL, path, NULL,
				"the overlay cannot be applied", error);
	larger = realloc(*tree, room);
	if (!larger)
		return -ENOMEM;
	*tree = larger;
	*size = room;
	err = fdt_open_into(larger, larger, (int)room);
	if (!err)
		err = fdt_overlay_apply(larger, overlay);
	if (err)
		return complain(diags, -EINVAL, path,
				"the tree needs the labels that the overlay "
				"refers to: build it with dtc -@",
				"the overlay cannot be applied",
				fdt_strerror(err));
	fdt_pack(larger);
	*size = fdt_totalsize(larger);
	return 0;
}

static int apply_file(void **tree, size_t *size, const char *path,
		      struct jhcfg_diags *diags)
{
	void *overlay;
	size_t overlay_size;
	int err = load(path, diags, &overlay, &overlay_size);

	if (err)
		return err;
	err = apply(tree, size, overlay, overlay_size, path, diags);
	free(overlay);
	return err;
}

int jhcfg_import_device_tree(const char *path, const char *const *overlays,
			     size_t num_overlays, struct jhcfg_diags *diags,
			     struct jhcfg_board **board)
{
	const char *slash = strrchr(path, '/');
	void *tree;
	size_t size;
	int err = load(path, diags, &tree, &size);

	if (err)
		return err;
	for (size_t n = 0; !err && n < num_overlays; n++)
		err = apply_file(&tree, &size, overlays[n], diags);
	if (!err)
		err = jhcfg_import_fdt(tree, size, slash ? slash + 1 : path,
				       diags, board);
	free(tree);
	return err;
}
