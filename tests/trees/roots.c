// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * roots FILE.dtb...: a root cell for each tree, written as revision 14, judged
 * by the hypervisor's own validator and by our rules. Prints a line for each:
 *   ok NAME regions N warnings N: RULES   accepted, no error found
 *   no NAME reason         no root cell can be made, and why
 *   bad NAME reason        refused, an error, or it breaks what must hold
 * Exit 1 if any is bad.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <hv/config.h>

#include <jhcfg/check.h>
#include <jhcfg/jhcfg.h>
#include <jhcfg/root.h>

#include "../unit/hypervisor/hv_test.h"

#define GICR_FRAMES 0x20000ULL /* of one CPU: ARM IHI 0069H, 12.8 */

static const char *name_of(const char *path)
{
	return strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
}

static bool touches(u64 a, u64 a_size, u64 b, u64 b_size)
{
	return a_size && b_size && a <= b + (b_size - 1) &&
	       b <= a + (a_size - 1);
}

/* Of any two regions, none shares a byte; adjacent equal ones are one. */
static const char *check_pair(const struct jhcfg_memory *a,
			      const struct jhcfg_memory *b)
{
	if (touches(a->phys_start, a->size, b->phys_start, b->size))
		return "regions overlap";
	if (a->flags == b->flags && a->flags & JAILHOUSE_MEM_IO &&
	    a->phys_start + a->size == b->phys_start)
		return "adjacent regions are not merged";
	return NULL;
}

/* No register of the GIC, and no firmware memory, is in a region. */
static const char *check_holes(const struct jhcfg_board *board,
			       const struct jhcfg_memory *mem)
{
	const struct jhcfg_hw_irqchip *gic = jhcfg_board_main_irqchip(board);
	const struct jhcfg_hw_memory *kept;

	if (touches(mem->phys_start, mem->size, gic->gicd.start,
		    gic->gicd.size))
		return "the distributor is in a region";
	for (size_t n = 0; n < gic->num_gicr; n++)
		if (touches(mem->phys_start, mem->size, gic->gicr[n].start,
			    gic->gicr[n].size))
			return "redistributors are in a region";
	for (size_t n = 0; (kept = jhcfg_board_memory(board, n)); n++)
		if (kept->kind == JHCFG_HW_FIRMWARE && kept->no_map &&
		    touches(mem->phys_start, mem->size, kept->range.start,
			    kept->range.size))
			return "firmware memory is in a region";
	return NULL;
}

/* What the hypervisor gets is RAM that nothing reserves. */
static const char *check_placing(const struct jhcfg_board *board,
				 const struct jhcfg_config *config)
{
	const struct jhcfg_memory *hv =
		jhcfg_system_hypervisor_memory(jhcfg_config_system(config));
	const struct jhcfg_hw_memory *kept;
	bool ram = false, known = false;

	for (size_t n = 0; (kept = jhcfg_board_memory(board, n)); n++) {
		known |= kept->kind == JHCFG_HW_RAM;
		if (kept->kind == JHCFG_HW_RAM)
			ram |= jhcfg_board_is_ram(
				board, (struct jhcfg_range){ hv->phys_start,
							     hv->size });
		else if (touches(hv->phys_start, hv->size, kept->range.start,
				 kept->range.size))
			return "the hypervisor is in reserved memory";
	}
	return known && !ram ? "the hypervisor is not in RAM" : NULL;
}

static const char *check(const struct jhcfg_board *board,
			 const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const char *fault = check_placing(board, config);
	size_t count = jhcfg_cell_num_memory(cell);

	for (size_t a = 0; !fault && a < count; a++) {
		fault = check_holes(board, jhcfg_cell_memory(cell, a));
		for (size_t b = a + 1; !fault && b < count; b++)
			fault = check_pair(jhcfg_cell_memory(cell, a),
					   jhcfg_cell_memory(cell, b));
	}
	return fault;
}

static int judge(const void *binary, size_t size)
{
	const struct jailhouse_system *system = binary;
	struct reserved_range ranges[16];
	unsigned int cpus = 0;
	struct config_context context = {
		.system = system,
		.reserved = ranges,
		.architecture = system->architecture,
		.num_cpus = HV_MAX_CPUS,
		.max_cell_id = 255,
		.max_spi = 1019,
		.max_address = 1ULL << 48,
	};
	struct cpu_set set;

	config_cpu_set(&system->root_cell, &set);
	for (unsigned int n = 0; n < HV_MAX_CPUS; n++)
		cpus += set.word[n / 64] >> n % 64 & 1;
	context.num_reserved = config_reserved_ranges(
		system, cpus * GICR_FRAMES, ranges, ARRAY_SIZE(ranges));
	host_console_reset();
	return config_check_system(&context, system, size);
}

/* --- our rules ------------------------------------------------------------ */

/* Each rule once, in the order of findings. */
static void list_rules(const struct jhcfg_findings *findings,
		       enum jhcfg_severity severity, char *text, size_t room)
{
	const struct jhcfg_rule *last = NULL;
	size_t length = 0;

	for (size_t n = 0; n < jhcfg_findings_count(findings); n++) {
		const struct jhcfg_finding *finding =
			jhcfg_findings_at(findings, n);

		if (finding->severity != severity || finding->rule == last ||
		    length + 8 > room)
			continue;
		last = finding->rule;
		length += (size_t)snprintf(text + length, room - length, " %s",
					   last->id);
	}
}

/* Whether the rules find no error; the reason says what they found. */
static bool check_rules(struct jhcfg_board *board,
			const struct jhcfg_config *config, char *reason,
			size_t room)
{
	struct jhcfg_workspace *workspace = NULL;
	struct jhcfg_findings *findings = NULL;
	char rules[128] = "";
	bool good = false;

	if (jhcfg_workspace_from_configs(config, NULL, 0, board, NULL,
					 &workspace) ||
	    jhcfg_check(workspace, NULL, &findings)) {
		snprintf(reason, room, "cannot be checked");
	} else if (jhcfg_findings_of(findings, JHCFG_ERROR)) {
		const struct jhcfg_finding *first =
			jhcfg_findings_at(findings, 0);

		snprintf(reason, room, "%s: %s", first->rule->id,
			 first->message);
	} else {
		list_rules(findings, JHCFG_WARNING, rules, sizeof(rules));
		snprintf(reason, room, "regions %zu warnings %zu:%s",
			 jhcfg_cell_num_memory(jhcfg_config_cell(config)),
			 jhcfg_findings_of(findings, JHCFG_WARNING), rules);
		good = true;
	}
	jhcfg_findings_free(findings);
	jhcfg_workspace_free(workspace);
	return good;
}

/* --- all trees ------------------------------------------------------------ */

/* What the generator says it cannot do. */
static const char *refusal(const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (diag->severity == JHCFG_ERROR)
			return diag->text;
	return NULL;
}

enum outcome {
	ROOT_OK,
	ROOT_NO,
	ROOT_BAD
};

static enum outcome judge_config(struct jhcfg_board *board,
				 const struct jhcfg_config *config,
				 char *reason, size_t room)
{
	const char *fault = check(board, config);
	enum outcome outcome = ROOT_BAD;
	void *binary = NULL;
	size_t size;

	if (fault)
		snprintf(reason, room, "%s", fault);
	else if (jhcfg_codec_encode(config, NULL, &binary, &size))
		snprintf(reason, room, "cannot be written");
	else if (judge(binary, size))
		snprintf(reason, room, "%s", host_console_text());
	else if (check_rules(board, config, reason, room))
		outcome = ROOT_OK;
	free(binary);
	return outcome;
}

static enum outcome try_board(struct jhcfg_board *board, char *reason,
			      size_t room)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;
	enum outcome outcome;

	if (!jhcfg_root_generate(board, &(struct jhcfg_root_options){ 0 },
				 diags, &config)) {
		outcome = judge_config(board, config, reason, room);
	} else {
		const char *why = refusal(diags);

		snprintf(reason, room, "%s", why ? why : "no reason given");
		outcome = why ? ROOT_NO : ROOT_BAD;
	}
	reason[strcspn(reason, "\n")] = 0;
	jhcfg_config_free(config);
	jhcfg_diags_free(diags);
	return outcome;
}

int main(int argc, char **argv)
{
	static const char *const words[] = { "ok", "no", "bad" };
	int failed = 0;

	for (int n = 1; n < argc; n++) {
		struct jhcfg_board *board = NULL;
		char reason[256] = "cannot be imported";
		enum outcome outcome = ROOT_BAD;

		if (!jhcfg_import_device_tree(argv[n], NULL, 0, NULL, &board))
			outcome = try_board(board, reason, sizeof(reason));
		printf("%s %s %s\n", words[outcome], name_of(argv[n]), reason);
		failed |= outcome == ROOT_BAD;
		jhcfg_board_free(board);
	}
	return failed;
}
