// SPDX-License-Identifier: GPL-2.0-or-later
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>
#include <jhcfg/workspace.h>

static char image_a[] = "image of a", image_b[] = "image of b";

void rig_sh(const struct rig *rig, const char *format, ...)
{
	char command[2048], line[2300];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	snprintf(line, sizeof(line), "cd '%s' && { %s\n}", rig->folder,
		 command);
	assert_int_equal(system(line), 0);
}

char *rig_read(const struct rig *rig, const char *command)
{
	char line[2300], *text = calloc(1, 65536);
	FILE *pipe;
	size_t size;

	assert_non_null(text);
	snprintf(line, sizeof(line), "cd '%s' && { %s\n}", rig->folder,
		 command);
	pipe = popen(line, "r");
	assert_non_null(pipe);
	size = fread(text, 1, 65535, pipe);
	text[size] = 0;
	pclose(pipe);
	return text;
}

/* Numbers of cells and folders are not the same after a way back. */
char *rig_state(const struct rig *rig)
{
	return rig_read(
		rig,
		"for f in sys/enabled sys/config; do [ ! -e $f ] || "
		"/usr/bin/sha256sum $f; done\n"
		"for c in sys/cells/*; do [ -d \"$c\" ] || continue\n"
		"cat $c/name $c/state; /usr/bin/sha256sum <$c/config\n"
		"[ ! -e loaded/${c##*/} ] || cat loaded/${c##*/}; done | "
		"cat -v\n"
		"ls -A site/deploy 2>/dev/null | sed 's/loaded-.*/loaded/'\n"
		"ls -A site 2>/dev/null");
}

static uint32_t add_cell(struct rig *rig, const char *name, unsigned int cpu)
{
	const struct jhcfg_memory ram = {
		.phys_start = 0x70000000 + cpu * 0x100000,
		.size = 0x10000,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE,
	};
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	uint32_t key;

	assert_int_equal(jhcfg_config_set_name(config, name), 0);
	assert_int_equal(jhcfg_config_add_cpu(config, cpu), 0);
	assert_int_equal(jhcfg_config_insert_memory(config, 0, &ram), 0);
	assert_int_equal(jhcfg_workspace_add_cell(rig->workspace, config, &key),
			 0);
	jhcfg_config_free(config);
	return key;
}

static void make_workspace(struct rig *rig)
{
	const struct jhcfg_memory ram = {
		.phys_start = 0x40000000,
		.virt_start = 0x40000000,
		.size = 0x40000000,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA,
	};
	struct jhcfg_config *root = jhcfg_config_create(true, JAILHOUSE_ARM64);

	assert_int_equal(jhcfg_config_set_name(root, "root"), 0);
	for (unsigned int cpu = 0; cpu < 4; cpu++)
		assert_int_equal(jhcfg_config_add_cpu(root, cpu), 0);
	assert_int_equal(jhcfg_config_insert_memory(root, 0, &ram), 0);
	assert_int_equal(jhcfg_workspace_from_configs(root, NULL, 0, NULL, NULL,
						      &rig->workspace),
			 0);
	jhcfg_config_free(root);
	assert_int_equal(jhcfg_workspace_begin(rig->workspace, "cells"), 0);
	rig->a = add_cell(rig, "a", 2);
	rig->b = add_cell(rig, "b", 3);
	jhcfg_workspace_end(rig->workspace);
}

static void make_programs(const struct rig *rig)
{
	char path[4096];

	rig_sh(rig,
	       "mkdir -p bin loaded site && cp '%s' bin/jailhouse && "
	       "ln bin/jailhouse bin/modprobe && "
	       "ln bin/jailhouse bin/sha256sum && : >calls",
	       getenv("FAKE_DRIVER_SCRIPT"));
	snprintf(path, sizeof(path), "%s/bin:%s", rig->folder, getenv("PATH"));
	setenv("PATH", path, 1);
}

void rig_make(struct rig *rig, const char *folder)
{
	snprintf(rig->folder, sizeof(rig->folder), "%s", folder);
	snprintf(rig->sysfs, sizeof(rig->sysfs), "%s/sys", folder);
	snprintf(rig->site, sizeof(rig->site), "%s/site", folder);
	make_programs(rig);
	make_workspace(rig);
	rig->images[0] = (struct jhcfg_image){
		.cell = rig->a,
		.name = "a.bin",
		.bytes = image_a,
		.size = strlen(image_a),
	};
	rig->images[1] = (struct jhcfg_image){
		.cell = rig->b,
		.name = "b.bin",
		.bytes = image_b,
		.size = strlen(image_b),
	};
	rig->options = (struct jhcfg_deploy_options){
		.images = rig->images,
		.num_images = 2,
		/* this machine is none that the rules like */
		.force = true,
		.sysfs = rig->sysfs,
		.site = rig->site,
	};
}

void rig_end(struct rig *rig)
{
	char *path = strdup(strchr(getenv("PATH"), ':') + 1);

	jhcfg_deploy_free(rig->deploy);
	jhcfg_target_close(rig->target);
	jhcfg_workspace_free(rig->workspace);
	setenv("PATH", path, 1);
	free(path);
}

int rig_setup(void **state)
{
	struct rig *rig = calloc(1, sizeof(*rig));
	char folder[] = "/tmp/jhw-deploy-XXXXXX";

	assert_non_null(mkdtemp(folder));
	rig_make(rig, folder);
	assert_int_equal(jhcfg_target_open("local", NULL, NULL, &rig->target),
			 0);
	*state = rig;
	return 0;
}

int rig_teardown(void **state)
{
	struct rig *rig = *state;

	rig_end(rig);
	rig_sh(rig, "rm -rf '%s'", rig->folder);
	free(rig);
	return 0;
}

void rig_plan(struct rig *rig)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();

	jhcfg_deploy_free(rig->deploy);
	rig->deploy = NULL;
	assert_int_equal(jhcfg_deploy_begin(rig->target, rig->workspace,
					    &rig->options, &rig->handler, diags,
					    &rig->deploy),
			 0);
	jhcfg_diags_free(diags);
	assert_int_equal(jhcfg_deploy_wait(rig->deploy), 0);
}

enum jhcfg_deploy_phase rig_deploy(struct rig *rig)
{
	rig_plan(rig);
	if (jhcfg_deploy_run(rig->deploy)) {
		rig_tell(rig);
		return JHCFG_DEPLOY_FAILED;
	}
	assert_int_equal(jhcfg_deploy_wait(rig->deploy), 0);
	return jhcfg_deploy_phase(rig->deploy);
}

void rig_expect(struct rig *rig, enum jhcfg_deploy_phase expected)
{
	enum jhcfg_deploy_phase phase = rig_deploy(rig);

	if (phase != expected)
		rig_tell(rig);
	assert_int_equal(phase, expected);
}

void rig_expect_told(const struct rig *rig, const char *text)
{
	const struct jhcfg_diags *diags = jhcfg_deploy_diags(rig->deploy);
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (strstr(diag->text, text))
			return;
	rig_tell(rig);
	fail_msg("no message says \"%s\"", text);
}

void rig_expect_read(const struct rig *rig, const char *command,
		     const char *expected)
{
	char *text = rig_read(rig, command);

	assert_string_equal(text, expected);
	free(text);
}

void rig_expect_over(const struct rig *rig)
{
	const struct jhcfg_deploy_step *step;

	for (size_t n = 0; (step = jhcfg_deploy_step(rig->deploy, n)); n++)
		if (step->state == JHCFG_DEPLOY_WAITING ||
		    step->state == JHCFG_DEPLOY_WORKING) {
			rig_tell(rig);
			fail_msg("step %zu is not over", n);
		}
}

const char *rig_steps(const struct rig *rig)
{
	static char text[2048];
	const struct jhcfg_deploy_step *step;

	*text = 0;
	for (size_t n = 0; (step = jhcfg_deploy_step(rig->deploy, n)); n++) {
		size_t used = strlen(text);

		snprintf(text + used, sizeof(text) - used, "%s%s%s%s",
			 n ? ", " : "", jhcfg_deploy_kind_name(step->kind),
			 *step->object ? " " : "", step->object);
	}
	return text;
}

void rig_tell(const struct rig *rig)
{
	const struct jhcfg_diags *diags = jhcfg_deploy_diags(rig->deploy);
	const struct jhcfg_deploy_step *step;
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		print_error("%s: %s\n", diag->object, diag->text);
	for (size_t n = 0; (step = jhcfg_deploy_step(rig->deploy, n)); n++)
		print_error("%s%s (%s): %s %s\n", step->back ? "back " : "",
			    step->command, step->reason,
			    jhcfg_deploy_state_name(step->state),
			    step->message);
}
