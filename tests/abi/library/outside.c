// SPDX-License-Identifier: GPL-2.0-or-later
/* A program of somebody else: makes a cell, and writes it in all forms. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/jhcfg.h>

static struct jhcfg_config *make_cell(void)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	struct jhcfg_memory memory = {
		.phys_start = 0x70000000,
		.size = 0x100000,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE,
	};

	if (!config || jhcfg_config_set_name(config, "rtos") ||
	    jhcfg_config_add_cpu(config, 3) ||
	    jhcfg_config_insert_memory(config, 0, &memory))
		exit(1);
	for (unsigned int n = 1; n < 11; n++) {
		memory.phys_start += 0x200000;
		memory.flags = JAILHOUSE_MEM_READ;
		if (jhcfg_config_insert_memory(config, n, &memory))
			exit(1);
	}
	return config;
}

static void check_text(int err, char *text, const char *wanted)
{
	if (err || !strstr(text, wanted))
		exit(1);
	free(text);
}

int main(void)
{
	struct jhcfg_config *config = make_cell(), *again;
	struct jhcfg_diags *diags = jhcfg_diags_new();
	char *text = NULL;
	void *binary;
	size_t size;
	int err;

	err = jhcfg_project_write(config, &text);
	check_text(err, text, "\"name\": \"rtos\"");
	err = jhcfg_c_form_write(config, NULL, diags, &text);
	check_text(err, text, ".name = \"rtos\"");
	if (jhcfg_codec_encode(config, diags, &binary, &size) ||
	    jhcfg_codec_decode(binary, size, diags, &again) ||
	    !jhcfg_config_equal(config, again) || jhcfg_diags_get(diags, 0))
		return 1;
	printf("%s: %u CPU, %zu bytes\n",
	       jhcfg_cell_name(jhcfg_config_cell(again)),
	       jhcfg_cell_num_cpus(jhcfg_config_cell(again)), size);
	free(binary);
	jhcfg_config_free(again);
	jhcfg_config_free(config);
	jhcfg_diags_free(diags);
	return 0;
}
