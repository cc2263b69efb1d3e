// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmocka_all.h"

#include "moments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target/tree.h"

void moments_begin(struct moments *moments)
{
	memset(moments, 0, sizeof(*moments));
	moments->store = tui_store_new();
	assert_non_null(moments->store);
	moments_set(moments, JH "enabled", "1\n");
}

static void drop(struct moments *moments, size_t n)
{
	free((void *)(uintptr_t)moments->paths[n]);
	free(moments->texts[n]);
	moments->count--;
	moments->paths[n] = moments->paths[moments->count];
	moments->texts[n] = moments->texts[moments->count];
}

void moments_end(struct moments *moments)
{
	while (moments->count)
		drop(moments, 0);
	sample_clear(&moments->sample);
	tui_store_free(moments->store);
}

void moments_remove(struct moments *moments, const char *prefix)
{
	for (size_t n = 0; n < moments->count;) {
		if (strncmp(moments->paths[n], prefix, strlen(prefix)))
			n++;
		else
			drop(moments, n);
	}
}

void moments_set(struct moments *moments, const char *path, const char *format,
		 ...)
{
	size_t n = 0;
	va_list args;

	while (n < moments->count && strcmp(moments->paths[n], path))
		n++;
	if (n == moments->count) {
		assert_true(n < 4096);
		moments->paths[n] = strdup(path);
		moments->count++;
	} else {
		free(moments->texts[n]);
	}
	va_start(args, format);
	assert_true(vasprintf(&moments->texts[n], format, args) >= 0);
	va_end(args);
}

void moments_cell(struct moments *moments, unsigned int id, const char *name,
		  const char *cpus)
{
	char path[96];

#define AT(attr) (snprintf(path, sizeof(path), JH "cells/%u/" attr, id), path)
	moments_set(moments, AT("name"), "%s\n", name);
	moments_set(moments, AT("state"), "running\n");
	moments_set(moments, AT("cpus_assigned_list"), "%s\n", cpus);
	moments_set(moments, AT("cpus_failed_list"), "\n");
}

void moments_exits(struct moments *moments, unsigned int id, int cpu,
		   unsigned long long exits)
{
	static const char *const reasons[] = { "total", "mmio" };
	char folder[16] = "", path[128];

	if (cpu >= 0)
		snprintf(folder, sizeof(folder), "cpu%d/", cpu);
	for (size_t n = 0; n < 2; n++) {
		snprintf(path, sizeof(path),
			 JH "cells/%u/statistics/%svmexits_%s", id, folder,
			 reasons[n]);
		moments_set(moments, path, "%llu\n", exits);
	}
}

const struct tui_model *moments_next(struct moments *moments, uint64_t ms)
{
	struct jhcfg_tree *tree = target_tree_new((size_t)64 << 20);

	for (size_t n = 0; n < moments->count; n++)
		assert_int_equal(target_tree_add(tree, moments->paths[n],
						 moments->texts[n],
						 strlen(moments->texts[n])),
				 0);
	target_tree_finish(tree);
	moments->ms += ms;
	assert_int_equal(sample_parse(&moments->sample, moments->store, tree),
			 0);
	assert_int_equal(update_model(moments->store, &moments->sample,
				      moments->ms,
				      1000000 + (int64_t)moments->ms),
			 0);
	links_choose(&moments->links, tree);
	assert_int_equal(update_links(moments->store, &moments->sample, tree,
				      &moments->links),
			 0);
	jhcfg_tree_free(tree);
	return &moments->store->model;
}

bool moments_told(const struct moments *moments, uint64_t since,
		  const char *text)
{
	const struct tui_model *model = &moments->store->model;

	while (since++ < model->num_events) {
		const struct tui_event *event = tui_model_event(model, since);

		if (event && strstr(event->text, text))
			return true;
	}
	return false;
}
