// SPDX-License-Identifier: LGPL-2.1-or-later
#include "deploy/state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool same_bytes(const void *a, size_t a_size, const void *b,
		       size_t b_size)
{
	return a_size == b_size && !memcmp(a, b, a_size);
}

static int encode(const struct deploy_config *config, void **data, size_t *size)
{
	const struct jhcfg_encode_options options = {
		.dialect = config->dialect,
	};

	return config->model ? jhcfg_codec_encode_as(config->model, &options,
						     NULL, data, size)
			     : -EINVAL;
}

bool deploy_config_equal(const struct deploy_config *a,
			 const struct deploy_config *b)
{
	void *x = NULL, *y = NULL;
	size_t x_size, y_size;
	bool equal;

	if (!a->data || !b->data)
		return false;
	if (same_bytes(a->data, a->size, b->data, b->size))
		return true;
	equal = !encode(a, &x, &x_size) && !encode(b, &y, &y_size) &&
		same_bytes(x, x_size, y, y_size);
	free(x);
	free(y);
	return equal;
}

static bool same_config(const struct deploy_config *a,
			const struct deploy_config *b)
{
	return (!a->data && !b->data) || deploy_config_equal(a, b);
}

/* The number of its folder tells a cell from one that was made again. */
static bool same_cell(const struct deploy_cell *a, const struct deploy_cell *b)
{
	return !strcmp(a->name, b->name) && !strcmp(a->inode, b->inode) &&
	       !strcmp(a->state_name, b->state_name) &&
	       same_config(&a->config, &b->config) &&
	       a->images_known == b->images_known &&
	       (!a->images_known || deploy_images_equal(a, b));
}

/* "SUM-name": the others come and go with the watchdog. */
static bool is_upload(const char *name)
{
	return strspn(name, "0123456789abcdef") == 64 && name[64] == '-';
}

static bool has_uploads_of(const struct deploy_state *a,
			   const struct deploy_state *b)
{
	for (size_t n = 0; n < b->num_files; n++)
		if (is_upload(b->files[n]) &&
		    !deploy_state_has_file(a, b->files[n]))
			return false;
	return true;
}

bool deploy_state_equal(const struct deploy_state *a,
			const struct deploy_state *b)
{
	if (a->driver != b->driver || a->enabled != b->enabled ||
	    a->num_cells != b->num_cells ||
	    strcmp(a->boot_id, b->boot_id) != 0 ||
	    !same_config(&a->root, &b->root))
		return false;
	for (size_t n = 0; n < a->num_cells; n++)
		if (!same_cell(&a->cells[n], &b->cells[n]))
			return false;
	return has_uploads_of(a, b) && has_uploads_of(b, a);
}
