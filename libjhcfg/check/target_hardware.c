// SPDX-License-Identifier: LGPL-2.1-or-later
/* T05 to T07: what the target's hardware does beside the hypervisor. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include <jhcfg/diff.h>

#include "check/cpus.h"
#include "check/other.h"
#include "model/private.h"

/* --- T05 ------------------------------------------------------------------ */

/* Below, a neighbour's waking up is lost in the noise. */
#define DEEP_US 50U

static bool in_domain(const struct check *check, unsigned int a, unsigned int b)
{
	const struct jhcfg_hw_cpu *x = cpus_hardware(check->board, a);
	const struct jhcfg_hw_cpu *y = cpus_hardware(check->board, b);

	/* all that we do not know is one package */
	return !x || !y ||
	       (x->package == y->package && x->cluster == y->cluster);
}

/* A CPU of the cell in the domain of that one; NO_CPU: none. */
static unsigned int neighbour(const struct check *check,
			      const struct check_cell *cell, unsigned int cpu)
{
	for_each_cpu_of (of_cell, cell)
		if (in_domain(check, cpu, of_cell))
			return of_cell;
	return NO_CPU;
}

/* The first finding says it all: there are states for each CPU. */
void check_idle(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_live *target = check->live;

	if (cell->is_root || check_is_linux(check, cell) ||
	    !jhcfg_live_knows(target, JHCFG_LIVE_IDLE_STATES))
		return;
	for (size_t n = 0; n < target->num_idle_states; n++) {
		const struct jhcfg_live_idle *state = &target->idle_states[n];
		unsigned int cpu;

		if (state->disabled || state->exit_latency_us < DEEP_US ||
		    jhcfg_cell_has_cpu(cell->cell, state->cpu))
			continue;
		cpu = neighbour(check, cell, state->cpu);
		if (cpu == NO_CPU)
			continue;
		check_report(check,
			     &(struct found){ .cell = cell,
					      .element = JHCFG_AT_CPU,
					      .index = cpu },
			     "CPU %u of cell \"%s\" shares a power domain with "
			     "CPU %u, where Linux uses state %s (%u us to wake "
			     "up)",
			     cpu, cell->name, state->cpu, state->name,
			     state->exit_latency_us);
		return;
	}
}

/* --- T06 ------------------------------------------------------------------ */

/* Nodes whose drivers call firmware by SMC, beyond PSCI. */
static const char *const callers[] = {
	"xlnx,zynqmp-firmware",	      "arm,scmi-smc",
	"arm,scmi-smc-param",	      "qcom,scm",
	"amlogic,meson-gxbb-sm",      "fsl,imx-sm-sip",
	"rockchip,rk3399-dmc",	      "intel,stratix10-svc",
	"nvidia,trusted-foundations",
};

static bool is_caller(const struct jhcfg_hw_device *device)
{
	for (size_t n = 0; n < device->num_compatible; n++)
		for (size_t i = 0; i < sizeof(callers) / sizeof(callers[0]);
		     i++)
			if (!strcmp(device->compatible[n], callers[i]))
				return true;
	return false;
}

void check_firmware_calls(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_hw_device *device;

	/* Which of them is whose, the board does not say. */
	if (jhcfg_cell_num_pio(root->cell))
		return;
	for (size_t n = 0; (device = jhcfg_board_device(check->board, n)); n++)
		if (is_caller(device) && strcmp(device->status, "disabled") &&
		    !check_enough(check))
			check_report(
				check,
				&(struct found){ .cell = root,
						 .element = JHCFG_AT_DEVICE,
						 .index = n },
				"Linux calls firmware for \"%s\" (%s) by "
				"SMC, which the hypervisor intercepts",
				device->name, device->compatible[0]);
}

/* --- T07 ------------------------------------------------------------------ */

static void report(struct check *check, const char *what, uint64_t ours,
		   uint64_t theirs)
{
	if (ours != theirs)
		check_report(check,
			     &(struct found){ .element = JHCFG_AT_TARGET },
			     "%s: 0x%" PRIx64 " on the board of the project, "
			     "0x%" PRIx64 " on the target",
			     what, ours, theirs);
}

static uint64_t ram_of(const struct jhcfg_board *board)
{
	const struct jhcfg_hw_memory *entry;
	uint64_t sum = 0;

	for (size_t n = 0; (entry = jhcfg_board_memory(board, n)); n++)
		if (entry->kind == JHCFG_HW_RAM)
			sum += entry->range.size;
	return sum;
}

static uint64_t chip_of(const struct jhcfg_board *board)
{
	const struct jhcfg_hw_irqchip *chip = jhcfg_board_main_irqchip(board);

	return chip ? chip->gicd.start : 0;
}

static int compare_functions(const void *a, const void *b)
{
	const struct jhcfg_hw_pci_function *x =
		*(const struct jhcfg_hw_pci_function *const *)a;
	const struct jhcfg_hw_pci_function *y =
		*(const struct jhcfg_hw_pci_function *const *)b;
	uint32_t i = (uint32_t)x->domain << 16 | x->bdf;
	uint32_t j = (uint32_t)y->domain << 16 | y->bdf;

	return (i > j) - (i < j);
}

static const struct jhcfg_hw_pci_function **sorted_functions(
	const struct jhcfg_board *board, size_t *count)
{
	const struct jhcfg_hw_pci_function **list;

	*count = jhcfg_board_num_pci_functions(board);
	list = calloc(*count + 1, sizeof(const void *));
	for (size_t n = 0; list && n < *count; n++)
		list[n] = jhcfg_board_pci_function(board, n);
	if (list)
		qsort(list, *count, sizeof(const void *), compare_functions);
	return list;
}

static void report_function(struct check *check,
			    const struct jhcfg_hw_pci_function *function,
			    const char *where)
{
	if (!check_enough(check))
		check_report(check,
			     &(struct found){ .element = JHCFG_AT_TARGET },
			     "PCI function %04x:%02x:%02x.%x (%04x:%04x) is "
			     "only on the %s",
			     function->domain, function->bdf >> 8,
			     function->bdf >> 3 & 31, function->bdf & 7,
			     function->vendor, function->device, where);
}

/* Both lists in step. */
static void compare_pci(struct check *check, const struct jhcfg_board *theirs)
{
	size_t na, nb, i = 0, j = 0;
	const struct jhcfg_hw_pci_function **a =
		sorted_functions(check->board, &na);
	const struct jhcfg_hw_pci_function **b = sorted_functions(theirs, &nb);

	if (!a || !b)
		check_no_memory(check);
	while (a && b && (i < na || j < nb)) {
		int order = i == na   ? 1
			    : j == nb ? -1
				      : compare_functions(&a[i], &b[j]);

		if (!order && (a[i]->vendor != b[j]->vendor ||
			       a[i]->device != b[j]->device))
			order = -1;
		if (order < 0)
			report_function(check, a[i], "board of the project");
		if (order > 0)
			report_function(check, b[j], "target");
		i += order <= 0;
		j += order >= 0;
	}
	free(a);
	free(b);
}

static void report_fingerprint(struct check *check, const char *ours)
{
	const char *theirs = check->live->fingerprint;
	char *areas = jhcfg_fingerprint_compare(ours, theirs);

	if (!areas)
		check_no_memory(check);
	else if (strcmp(ours, theirs) != 0)
		check_report(
			check, &(struct found){ .element = JHCFG_AT_TARGET },
			"the target's fingerprint is not the project's%s%s",
			*areas ? ", in: " : "", areas);
	free(areas);
}

/* What the project has noted of the machine it was made for. */
static void compare_fingerprint(struct check *check)
{
	const struct jhcfg_attrs *attrs = &check->all[0].own->system.attrs;

	if (!jhcfg_live_knows(check->live, JHCFG_LIVE_FINGERPRINT))
		return;
	for (size_t n = 0; n < attrs->count; n++) {
		struct json_object *value;

		if (strcmp(attrs->items[n].key, "/fingerprint") != 0)
			continue;
		value = json_tokener_parse(attrs->items[n].json);
		if (json_object_is_type(value, json_type_string))
			report_fingerprint(check,
					   json_object_get_string(value));
		json_object_put(value);
	}
}

void check_drift(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_board *theirs = check->live->board;

	(void)root;
	compare_fingerprint(check);
	if (!check->board || !theirs)
		return;
	if (jhcfg_board_architecture(check->board) !=
	    jhcfg_board_architecture(theirs)) {
		check_report(check,
			     &(struct found){ .element = JHCFG_AT_TARGET },
			     "the target has another architecture than the "
			     "board of the project");
		return;
	}
	report(check, "number of CPUs", jhcfg_board_num_cpus(check->board),
	       jhcfg_board_num_cpus(theirs));
	report(check, "bytes of RAM", ram_of(check->board), ram_of(theirs));
	report(check, "address of the interrupt controller",
	       chip_of(check->board), chip_of(theirs));
	/* a device tree says nothing of functions: they are found */
	if (jhcfg_board_num_pci_functions(check->board))
		compare_pci(check, theirs);
}
