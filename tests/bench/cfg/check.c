// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check: what a check costs. Prints lines of "what cells regions cpus
 * milliseconds": the least of some runs, of one CPU.
 *   small   a system of 100 regions is read from JSON, checked, and written
 *           as JSON and as binary
 *   large   systems of 1, 2, 4 ... 64 cells are checked
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jhcfg/jhcfg.h>

#include "large.h"

#define SMALL_REGIONS 100U
#define LARGEST	      64U
#define RUNS	      20U

static double cpu_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Ends the program with the message if @err. */
static void must(int err, const char *what)
{
	if (!err)
		return;
	fprintf(stderr, "%s: %s\n", what, strerror(-err));
	exit(1);
}

static void check(const struct jhcfg_workspace *workspace)
{
	struct jhcfg_findings *findings;

	must(jhcfg_check(workspace, NULL, &findings), "check");
	if (jhcfg_findings_of(findings, JHCFG_ERROR)) {
		fprintf(stderr, "the system is meant to be good: %s\n",
			jhcfg_findings_at(findings, 0)->message);
		exit(1);
	}
	jhcfg_findings_free(findings);
}

static void read_check_write(const char *text)
{
	struct jhcfg_workspace *workspace;
	const struct jhcfg_config *root;
	struct jhcfg_config *config;
	void *binary;
	size_t size;
	char *json;

	must(jhcfg_project_read(text, strlen(text), NULL, &config), "read");
	must(jhcfg_workspace_from_configs(config, NULL, 0, NULL, NULL,
					  &workspace),
	     "read");
	jhcfg_config_free(config);
	check(workspace);
	root = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	must(jhcfg_project_write(root, &json), "write");
	must(jhcfg_codec_encode(root, NULL, &binary, &size), "encode");
	free(json);
	free(binary);
	jhcfg_workspace_free(workspace);
}

static void measure_small(void)
{
	struct jhcfg_config *config = large_root(SMALL_REGIONS);
	double best = 1e9;
	char *text;

	must(config ? 0 : -1, "make");
	must(jhcfg_project_write(config, &text), "write");
	for (unsigned int n = 0; n < RUNS; n++) {
		double begin = cpu_ms(), took;

		read_check_write(text);
		took = cpu_ms() - begin;
		if (took < best)
			best = took;
	}
	printf("small 0 %u 4 %.3f\n", SMALL_REGIONS, best);
	free(text);
	jhcfg_config_free(config);
}

static void measure_large(unsigned int cells)
{
	struct jhcfg_workspace *workspace = large_system(cells);
	unsigned int regions = 0, cpus = 0;
	double best = 1e9;

	must(workspace ? 0 : -1, "make");
	for (unsigned int n = 0; n < RUNS; n++) {
		double begin = cpu_ms(), took;

		check(workspace);
		took = cpu_ms() - begin;
		if (took < best)
			best = took;
	}
	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++) {
		const struct jhcfg_cell *cell =
			jhcfg_config_cell(jhcfg_workspace_cell(
				workspace,
				jhcfg_workspace_cell_key(workspace, n)));

		regions += (unsigned int)jhcfg_cell_num_memory(cell);
		if (!n)
			cpus = jhcfg_cell_num_cpus(cell);
	}
	printf("large %u %u %u %.3f\n", cells, regions, cpus, best);
	jhcfg_workspace_free(workspace);
}

int main(void)
{
	measure_small();
	for (unsigned int cells = 1; cells <= LARGEST; cells *= 2)
		measure_large(cells);
	return 0;
}
