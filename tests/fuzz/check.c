// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a system or a cell, and as the images for it, judged by all
 * rules; what can be repaired is. A finding is printable, and a fix-it is
 * undone without a trace. */
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>
#include <jhcfg/jhcfg.h>
#include <jhcfg/workspace.h>

#include "fuzz.h"

#define MAX_FIXES 8
#define MIB	  0x100000ULL

/* A system for cells that come alone. */
static struct jhcfg_config *make_root(uint8_t architecture)
{
	struct jhcfg_config *config = jhcfg_config_create(true, architecture);
	const struct jhcfg_memory ram = {
		.phys_start = 0x40000000,
		.virt_start = 0x40000000,
		.size = 512 * MIB,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA,
	};
	const struct jhcfg_memory hypervisor = {
		.phys_start = 0x7fc00000,
		.size = 4 * MIB,
	};
	const struct jhcfg_platform platform = {
		.pci_mmconfig_base = 0x08e00000,
		.pci_is_virtual = 1,
		.gic_version = 3,
		.gicd_base = 0x08000000,
		.gicr_base = 0x080a0000,
		.maintenance_irq = 25,
	};

	if (!config)
		abort();
	jhcfg_config_set_name(config, "root");
	jhcfg_config_set_platform(config, &platform);
	jhcfg_config_set_hypervisor_memory(config, &hypervisor);
	for (unsigned int cpu = 0; cpu < 4; cpu++)
		jhcfg_config_add_cpu(config, cpu);
	jhcfg_config_insert_memory(config, 0, &ram);
	return config;
}

static struct jhcfg_workspace *open(const struct jhcfg_config *config)
{
	uint8_t architecture = jhcfg_config_architecture(config);
	struct jhcfg_config *root = NULL;
	struct jhcfg_workspace *workspace = NULL;

	if (jhcfg_config_system(config)) {
		jhcfg_workspace_from_configs(config, NULL, 0, NULL, NULL,
					     &workspace);
		return workspace;
	}
	root = make_root(architecture);
	jhcfg_workspace_from_configs(root, &config, 1, NULL, NULL, &workspace);
	jhcfg_config_free(root);
	return workspace;
}

static void look(const struct jhcfg_finding *finding)
{
	const char *texts[] = { finding->object, finding->message };

	for (size_t n = 0; n < sizeof(texts) / sizeof(texts[0]); n++) {
		if (!*texts[n])
			abort();
		for (const char *at = texts[n]; *at; at++)
			if (*at < 0x20 || *at > 0x7e)
				abort();
	}
}

static char *root_text(const struct jhcfg_workspace *workspace)
{
	char *text;

	if (jhcfg_project_write(jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY),
				&text))
		abort();
	return text;
}

static void repair(struct jhcfg_workspace *workspace,
		   const struct jhcfg_check_options *options,
		   const struct jhcfg_findings *findings,
		   const struct jhcfg_finding *finding)
{
	char *before = root_text(workspace), *after;
	int err = jhcfg_check_fix(workspace, options, findings, finding, NULL);
	struct jhcfg_findings *again;

	if (!err) {
		if (jhcfg_check(workspace, options, &again))
			abort();
		jhcfg_findings_free(again);
		/* one that changes nothing makes no step */
		if (jhcfg_workspace_undo_name(workspace))
			jhcfg_workspace_undo(workspace);
	}
	after = root_text(workspace);
	if (strcmp(before, after) != 0)
		abort();
	free(before);
	free(after);
}

/* After one is undone the findings are of another state: make them anew. */
static void judge(struct jhcfg_workspace *workspace,
		  const struct jhcfg_check_options *options)
{
	for (size_t fixes = 0, at = 0; fixes < MAX_FIXES; fixes++) {
		const struct jhcfg_finding *finding;
		struct jhcfg_findings *findings;

		if (jhcfg_check(workspace, options, &findings))
			abort();
		for (size_t n = 0; (finding = jhcfg_findings_at(findings, n));
		     n++)
			look(finding);
		while ((finding = jhcfg_findings_at(findings, at++)) &&
		       !finding->fixable)
			;
		if (finding)
			repair(workspace, options, findings, finding);
		else
			fixes = MAX_FIXES;
		jhcfg_findings_free(findings);
	}
}

int fuzz_target(const uint8_t *data, size_t size)
{
	static const enum jhcfg_image_kind kinds[] = { JHCFG_IMAGE_KERNEL,
						       JHCFG_IMAGE_INITRD,
						       JHCFG_IMAGE_DTB,
						       JHCFG_IMAGE_CONFIG };
	struct jhcfg_image images[sizeof(kinds) / sizeof(kinds[0])];
	const struct jhcfg_check_file file = { .name = "file",
					       .bytes = data,
					       .size = size };
	const struct jhcfg_check_options options = {
		.images = images,
		.num_images = sizeof(kinds) / sizeof(kinds[0]),
		.files = &file,
		.num_files = 1,
	};
	struct jhcfg_workspace *workspace;
	struct jhcfg_config *config;

	if (jhcfg_codec_decode(data, size, NULL, &config))
		config = make_root(JAILHOUSE_ARM64);
	workspace = open(config);
	jhcfg_config_free(config);
	if (!workspace)
		return 0; /* a name that the root has, or too long */
	for (size_t n = 0; n < options.num_images; n++)
		images[n] = (struct jhcfg_image){
			.cell = jhcfg_workspace_cell_key(workspace, 1),
			.kind = kinds[n],
			.name = "image",
			.bytes = data,
			.size = size,
			.address = 0x40000000 + n * MIB,
			.command_line = "console=ttyS0 root=/dev/sda1",
		};
	judge(workspace, &options);
	jhcfg_workspace_free(workspace);
	return 0;
}
