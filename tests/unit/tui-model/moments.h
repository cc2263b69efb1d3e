/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moments of a made-up target, fed to the model one after the other. */
#ifndef TESTS_MOMENTS_H
#define TESTS_MOMENTS_H

#include "model/console.h"
#include "model/root_links.h"
#include "model/sample.h"
#include "model/update.h"

#define JH "/sys/devices/jailhouse/"

struct moments {
	struct tui_store *store;
	struct sample sample;
	struct links_paths links;
	uint64_t ms;
	/* what the target says next: paths and texts */
	const char *paths[4096];
	char *texts[4096];
	size_t count;
};

void moments_begin(struct moments *moments);
void moments_end(struct moments *moments);

/* The file has this text from now on; NULL: it is gone. */
void moments_set(struct moments *moments, const char *path, const char *format,
		 ...) __attribute__((format(printf, 3, 4)));
void moments_remove(struct moments *moments, const char *prefix);
/* A cell with these CPUs, which is running. */
void moments_cell(struct moments *moments, unsigned int id, const char *name,
		  const char *cpus);
/* Its exits: all for the reason "mmio"; of CPU @cpu, or of all if < 0. */
void moments_exits(struct moments *moments, unsigned int id, int cpu,
		   unsigned long long exits);

/* @ms later, the model is brought up to date. */
const struct tui_model *moments_next(struct moments *moments, uint64_t ms);
/* Is there an event with this text in it behind that serial? */
bool moments_told(const struct moments *moments, uint64_t since,
		  const char *text);

#endif
