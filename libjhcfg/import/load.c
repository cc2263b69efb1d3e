// SPDX-License-Identifier: LGPL-2.1-or-later
/* Device trees from files: .dtb, .dts, overlays. */
#include <errno.h>
#include <fcntl.h>
#include <libfdt.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/import.h>

#include "import/tree.h"

static int complain(struct jhcfg_diags *diags, int err, const char *path,
		    const char *hint, const char *text, const char *detail)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "D02", "device tree", path, hint,
			"%s: %s", text, detail);
	return err;
}

/* The whole output of the program, whose file @fd is. */
static int read_pipe(int fd, void **data, size_t *size)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return jhcfg_file_read(path, JHCFG_DEVICE_TREE_MAX, data, size);
}

static int spawn_dtc(const char *path, int output, pid_t *pid)
{
	char *arguments[] = { strdup("dtc"), strdup("-q"),  strdup("-@"),
			      strdup("-I"),  strdup("dts"), strdup("-O"),
			      strdup("dtb"), strdup("--"),  strdup(path),
			      NULL };
	posix_spawn_file_actions_t actions;
	int err = posix_spawn_file_actions_init(&actions);

	if (!err) {
		err = posix_spawn_file_actions_adddup2(&actions, output, 1);
		if (!err)
			err = posix_spawnp(pid, "dtc", &actions, NULL,
					   arguments, environ);
		posix_spawn_file_actions_destroy(&actions);
	}
	for (size_t n = 0; n < sizeof(arguments) / sizeof(*arguments); n++)
		free(arguments[n]);
	return -err;
}

/* dtc says on stderr, with file and line, what is wrong. */
static int compile(const char *path, struct jhcfg_diags *diags, void **data,
		   size_t *size)
{
	int ends[2], err, status = 0;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	err = spawn_dtc(path, ends[1], &pid);
	close(ends[1]);
	if (err) {
		close(ends[0]);
		return complain(diags, err, path,
				"install dtc (device-tree-compiler), or give "
				"the .dtb file",
				"dtc cannot be run", strerror(-err));
	}
	err = read_pipe(ends[0], data, size);
	close(ends[0]); /* ends a dtc that goes on writing */
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!err && (!WIFEXITED(status) || WEXITSTATUS(status))) {
		free(*data);
		return complain(diags, -EINVAL, path,
				"run the C preprocessor first if it has "
				"#include lines",
				"it is refused", "dtc said why");
	}
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
