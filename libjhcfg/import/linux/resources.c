// SPDX-License-Identifier: LGPL-2.1-or-later
#include "import/linux/resources.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/list.h"
#include "import/linux/text.h"

/* "  00001000-0009fbff : System RAM", two blanks a level */
static bool parse_line(const char *line, struct resource *resource)
{
	size_t blanks = strspn(line, " ");
	uint64_t first, last;
	const char *at = line + blanks;

	if (!text_hex(&at, &first) || !text_expect(&at, "-") ||
	    !text_hex(&at, &last) || !text_expect(&at, " : ") || last < first ||
	    blanks / 2 >= RESOURCES_MAX_DEPTH)
		return false;
	/* all addresses there are: one less, which nobody misses */
	if (last - first == UINT64_MAX)
		last--;
	*resource = (struct resource){
		.range = { first, last - first + 1 },
		.depth = (unsigned int)(blanks / 2),
		.name = at,
		.leaf = true,
	};
	return true;
}

static int append(struct resources *resources, const struct resource *resource)
{
	void *items = list_room(resources->items, resources->count,
				sizeof(*resource));

	if (!items)
		return -ENOMEM;
	resources->items = items;
	resources->items[resources->count++] = *resource;
	return 0;
}

/* Hangs it below the last one that is less deep. */
static void set_parent(struct resources *resources, size_t *path,
		       struct resource *resource)
{
	resource->parent = JHCFG_NO_INDEX;
	for (unsigned int n = resource->depth; n-- > 0;)
		if (path[n] != JHCFG_NO_INDEX) {
			resource->parent = path[n];
			resources->items[path[n]].leaf = false;
			break;
		}
	path[resource->depth] = resources->count;
	for (unsigned int n = resource->depth + 1; n < RESOURCES_MAX_DEPTH; n++)
		path[n] = JHCFG_NO_INDEX;
}

static int parse(struct resources *resources, struct jhcfg_diags *diags)
{
	struct text_lines lines = { resources->text, 0 };
	size_t path[RESOURCES_MAX_DEPTH];
	unsigned int skipped = 0;
	bool addresses = false;
	const char *line;

	for (size_t n = 0; n < RESOURCES_MAX_DEPTH; n++)
		path[n] = JHCFG_NO_INDEX;
	while ((line = text_next_line(&lines))) {
		struct resource resource;

		if (!parse_line(line, &resource) ||
		    resources->count == RESOURCES_MAX) {
			skipped++;
			continue;
		}
		addresses |= resource.range.size > 1;
		resource.line = lines.number;
		set_parent(resources, path, &resource);
		if (append(resources, &resource))
			return -ENOMEM;
	}
	if (skipped)
		jhcfg_diags_add(diags, JHCFG_WARNING, "L04", "machine",
				resources->file, NULL,
				"%u lines that cannot be understood were "
				"skipped",
				skipped);
	return resources->count && !addresses ? -EACCES : 0;
}

int resources_parse(struct resources *resources, char *text, const char *file,
		    struct jhcfg_diags *diags)
{
	int err;

	*resources = (struct resources){ .file = file, .text = text };
	err = parse(resources, diags);
	if (err == -EACCES)
		jhcfg_diags_add(diags, JHCFG_ERROR, "L05", "machine", file,
				"read or record it as root",
				"all addresses are hidden");
	if (err)
		resources_clear(resources);
	return err;
}

void resources_clear(struct resources *resources)
{
	free(resources->items);
	free(resources->text);
	*resources = (struct resources){ 0 };
}

size_t resources_find(const struct resources *resources, size_t from,
		      const char *prefix)
{
	size_t length = strlen(prefix);

	for (size_t n = from; n < resources->count; n++)
		if (!strncmp(resources->items[n].name, prefix, length))
			return n;
	return JHCFG_NO_INDEX;
}

size_t resources_at(const struct resources *resources, uint64_t start)
{
	for (size_t n = 0; n < resources->count; n++)
		if (resources->items[n].range.start == start)
			return n;
	return JHCFG_NO_INDEX;
}
