// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Systems that are broken at random in several places at once: whatever the
 * rules make of them, no fix-it does harm that Undo does not take back, and one
 * that cannot repair says why. With sanitizers it also shows that no number in
 * a configuration leads a rule astray. An argument is the number of rounds.
 */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

#define ROUNDS	      150
#define MAX_MUTATIONS 6
#define MAX_CELLS     8

static unsigned int rounds = ROUNDS;

struct dice {
	uint64_t state;
};

/* Numerical Recipes' generator, of which the high bits are good. */
static uint32_t roll(struct dice *dice, uint32_t sides)
{
	dice->state = dice->state * 6364136223846793005 + 1442695040888963407;
	return (uint32_t)(dice->state >> 33) % sides;
}

/* Numbers that mean something to somebody, or to nobody. */
static uint64_t number(struct dice *dice)
{
	static const uint64_t values[] = {
		0,	    1,		 2,
		0x10,	    0x20,	 0x7f,
		0x80,	    0xff,	 0x100,
		0x3ff,	    0x400,	 0x800,
		0xfff,	    0x1000,	 0x1001,
		0xffff,	    0x10000,	 0x100000,
		0x08000000, 0x08e00000,	 0x09010000,
		0x09030000, 0x40000000,	 0x80000000,
		0xa0000000, 0xa0080000,	 0xaf000000,
		0xafc00000, 0xb0000000,	 0xfebf0000,
		0xfec00000, 0xfee00000,	 0xfffff000,
		0xffffffff, 0x100000000, 1ULL << 40,
		1ULL << 48, 1ULL << 63,	 UINT64_MAX - 0xfff,
		UINT64_MAX,
	};
	const size_t count = sizeof(values) / sizeof(values[0]);

	return values[roll(dice, (uint32_t)count)] +
	       (roll(dice, 4) ? 0 : roll(dice, 64));
}

/* --- what is broken ------------------------------------------------------- */

static struct jhcfg_config *any_config(struct fixture *fixture,
				       struct dice *dice)
{
	switch (roll(dice, 3)) {
	case 0:
		return edit_root(fixture);
	case 1:
		return edit_rtos(fixture);
	default:
		return edit_guest(fixture);
	}
}

static struct jhcfg_item *any_item(struct jhcfg_config *config,
				   enum jhcfg_list_id id, struct dice *dice)
{
	struct jhcfg_list *list = &config->cell.lists[id];

	return list->count ? &list->items[roll(dice, (uint32_t)list->count)]
			   : jhcfg_list_append(list);
}

static void break_memory(struct fixture *fixture, struct dice *dice)
{
	struct jhcfg_memory *memory =
		&any_item(any_config(fixture, dice), JHCFG_LIST_MEMORY, dice)
			 ->value.memory;

	switch (roll(dice, 5)) {
	case 0:
		memory->phys_start = number(dice);
		break;
	case 1:
		memory->virt_start = number(dice);
		break;
	case 2:
		memory->size = number(dice);
		break;
	case 3:
		memory->flags ^= 1ULL << roll(dice, 20);
		break;
	default:
		memory->phys_start = memory->virt_start = number(dice);
		break;
	}
}

static void copy_memory(struct fixture *fixture, struct dice *dice)
{
	struct jhcfg_memory copy =
		any_item(any_config(fixture, dice), JHCFG_LIST_MEMORY, dice)
			->value.memory;

	copy.phys_start += (uint64_t)roll(dice, 4) << 11;
	copy.size += (uint64_t)roll(dice, 4) << 11;
	assert_int_equal(jhcfg_config_insert_memory(any_config(fixture, dice),
						    roll(dice, 20), &copy),
			 0);
}

static void remove_memory(struct fixture *fixture, struct dice *dice)
{
	jhcfg_config_remove_memory(any_config(fixture, dice), roll(dice, 6));
}

static void break_irqchip(struct fixture *fixture, struct dice *dice)
{
	struct jhcfg_irqchip *chip =
		&any_item(any_config(fixture, dice), JHCFG_LIST_IRQCHIPS, dice)
			 ->value.irqchip;

	switch (roll(dice, 4)) {
	case 0:
		chip->address = number(dice);
		break;
	case 1:
		chip->pin_base = (uint32_t)number(dice);
		break;
	case 2:
		chip->id = (uint32_t)number(dice);
		break;
	default:
		chip->pin_bitmap[roll(dice, 4)] ^= 1U << roll(dice, 32);
		break;
	}
}

static void break_pci(struct fixture *fixture, struct dice *dice)
{
	struct jhcfg_pci_device *device =
		&any_item(any_config(fixture, dice), JHCFG_LIST_PCI_DEVICES,
			  dice)
			 ->value.pci_device;
	const uint64_t value = number(dice);

	switch (roll(dice, 12)) {
	case 0:
		device->type = (uint8_t)roll(dice, 5);
		break;
	case 1:
		device->bdf = (uint16_t)value;
		break;
	case 2:
		device->iommu = (uint8_t)value;
		break;
	case 3:
		device->caps_start = (uint16_t)value;
		break;
	case 4:
		device->num_caps = (uint16_t)value;
		break;
	case 5:
		device->num_msix_vectors = (uint16_t)value;
		break;
	case 6:
		device->msix_address = value;
		break;
	case 7:
		device->msix_region_size = (uint16_t)value;
		break;
	case 8:
		device->shmem_regions_start = (uint32_t)value;
		break;
	case 9:
		device->shmem_dev_id = (uint8_t)value;
		break;
	case 10:
		device->shmem_peers = (uint8_t)value;
		break;
	default:
		device->shmem_protocol = (uint16_t)value;
		break;
	}
}

/* A link that is written in the configurations, over regions that are there. */
static void add_end(struct fixture *fixture, struct dice *dice)
{
	const struct jhcfg_pci_device end = {
		.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
		.bdf = (uint16_t)(roll(dice, 3) << 3),
		.shmem_regions_start = roll(dice, 10),
		.shmem_dev_id = (uint8_t)roll(dice, 3),
		.shmem_peers = (uint8_t)(1 + roll(dice, 3)),
		.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
	};

	assert_int_equal(
		jhcfg_config_insert_pci_device(any_config(fixture, dice),
					       roll(dice, 8), &end),
		0);
}

static void break_platform(struct fixture *fixture, struct dice *dice)
{
	struct jhcfg_system *system = &edit_root(fixture)->system;
	struct jhcfg_platform *platform = &system->platform;

	switch (roll(dice, 9)) {
	case 0:
		platform->pci_mmconfig_base = number(dice);
		break;
	case 1:
		platform->pci_mmconfig_end_bus = (uint8_t)number(dice);
		break;
	case 2:
		platform->pci_is_virtual ^= 1;
		break;
	case 3:
		platform->iommu_units[roll(dice, 8)].base = number(dice);
		break;
	case 4:
		platform->gicd_base = number(dice);
		break;
	case 5:
		platform->gic_version = (uint8_t)roll(dice, 5);
		break;
	case 6:
		system->hypervisor_memory.phys_start = number(dice);
		break;
	case 7:
		system->hypervisor_memory.size = number(dice);
		break;
	default:
		system->debug_console.address = number(dice);
		break;
	}
}

static void break_cell(struct fixture *fixture, struct dice *dice)
{
	struct jhcfg_config *config = any_config(fixture, dice);

	switch (roll(dice, 5)) {
	case 0:
		jhcfg_config_set_vpci_irq_base(config, (uint32_t)number(dice));
		break;
	case 1:
		jhcfg_config_set_reset_address(config, number(dice));
		break;
	case 2:
		jhcfg_config_add_cpu(config, roll(dice, 70));
		break;
	case 3:
		jhcfg_config_remove_cpu(config, roll(dice, 8));
		break;
	default:
		config->cell.console.address = number(dice);
		break;
	}
}

static void break_board(struct fixture *fixture, struct dice *dice)
{
	struct board_spec *spec = &fixture->spec;

	if (spec->num_devices && roll(dice, 2))
		spec->devices[roll(dice, (uint32_t)spec->num_devices)].windows =
			spec->devices[roll(dice, (uint32_t)spec->num_devices)]
				.windows;
	else
		spec->memories[roll(dice, (uint32_t)spec->num_memories)]
			.range.start = number(dice);
	/* Devices have one window as a rule, but the GIC. */
	for (size_t n = 0; n < spec->num_devices; n++)
		spec->devices[n].num_windows =
			spec->devices[n].num_windows ? 1 : 0;
	remake_board(fixture);
}

static void (*const mutations[])(struct fixture *fixture, struct dice *dice) = {
	break_memory,  break_memory, copy_memory, remove_memory,
	break_irqchip, break_pci,    break_pci,	  add_end,
	add_end,       break_cell,   break_board, break_platform,
};

static void break_some(struct fixture *fixture, struct dice *dice)
{
	const uint32_t count = sizeof(mutations) / sizeof(mutations[0]);
	const uint32_t times = 1 + roll(dice, MAX_MUTATIONS);

	assert_int_equal(jhcfg_workspace_begin(fixture->workspace, "Break"), 0);
	for (uint32_t n = 0; n < times; n++)
		mutations[roll(dice, count)](fixture, dice);
	jhcfg_workspace_end(fixture->workspace);
}

/* --- what must hold ------------------------------------------------------- */

struct snapshot {
	struct jhcfg_config *configs[MAX_CELLS];
	size_t count;
};

static void take_snapshot(const struct jhcfg_workspace *workspace,
			  struct snapshot *snapshot)
{
	snapshot->count = jhcfg_workspace_num_cells(workspace);
	assert_true(snapshot->count <= MAX_CELLS);
	for (size_t n = 0; n < snapshot->count; n++)
		snapshot->configs[n] = jhcfg_config_copy(jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n)));
}

static void compare_snapshot(const struct jhcfg_workspace *workspace,
			     const struct snapshot *snapshot, const char *rule)
{
	for (size_t n = 0; n < snapshot->count; n++)
		if (!jhcfg_config_equal(
			    snapshot->configs[n],
			    jhcfg_workspace_cell(
				    workspace,
				    jhcfg_workspace_cell_key(workspace, n))))
			fail_msg("%s: not undone in cell %zu", rule, n);
}

static void drop_snapshot(struct snapshot *snapshot)
{
	for (size_t n = 0; n < snapshot->count; n++)
		jhcfg_config_free(snapshot->configs[n]);
}

/* What was said is not true any more. */
static void expect_gone(struct fixture *fixture,
			const struct jhcfg_finding *finding)
{
	const struct jhcfg_finding *other;
	struct jhcfg_findings *after;

	assert_int_equal(
		jhcfg_check(fixture->workspace, &fixture->options, &after), 0);
	for (size_t n = 0; (other = jhcfg_findings_at(after, n)); n++)
		if (other->rule == finding->rule &&
		    !strcmp(other->object, finding->object) &&
		    !strcmp(other->message, finding->message))
			fail_msg("%s: not repaired: %s", finding->rule->id,
				 finding->message);
	jhcfg_findings_free(after);
}

static void try_fix(struct fixture *fixture,
		    const struct jhcfg_findings *findings,
		    const struct jhcfg_finding *finding,
		    const struct snapshot *snapshot)
{
	const char *rule = finding->rule->id;
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = jhcfg_check_fix(fixture->workspace, &fixture->options,
				  findings, finding, diags);

	if (err == -EINVAL) {
		if (!jhcfg_diags_get(diags, 0))
			fail_msg("%s: refuses without a reason: %s", rule,
				 finding->message);
	} else if (err) {
		fail_msg("%s: error %d: %s", rule, err, finding->message);
	} else if (strstr(jhcfg_workspace_undo_name(fixture->workspace),
			  rule)) {
		expect_gone(fixture, finding);
		assert_int_equal(jhcfg_workspace_undo(fixture->workspace), 0);
	} else {
		fail_msg("%s: has changed nothing: %s", rule, finding->message);
	}
	compare_snapshot(fixture->workspace, snapshot, rule);
	jhcfg_diags_free(diags);
}

/* The fix-it of one finding of each rule. */
static void try_all(struct fixture *fixture)
{
	const struct jhcfg_rule *rule;
	const struct jhcfg_finding *finding;
	struct jhcfg_findings *findings = NULL;
	struct snapshot snapshot;

	take_snapshot(fixture->workspace, &snapshot);
	for (size_t r = 0; (rule = jhcfg_rule_at(r)); r++) {
		if (!findings)
			assert_int_equal(jhcfg_check(fixture->workspace,
						     &fixture->options,
						     &findings),
					 0);
		for (size_t n = 0; (finding = jhcfg_findings_at(findings, n));
		     n++)
			if (finding->rule == rule && finding->fixable)
				break;
		if (!finding)
			continue;
		try_fix(fixture, findings, finding, &snapshot);
		jhcfg_findings_free(findings);
		findings = NULL;
	}
	jhcfg_findings_free(findings);
	drop_snapshot(&snapshot);
}

static void run_rounds(void (*sample)(struct fixture *fixture), uint64_t seed)
{
	for (unsigned int n = 0; n < rounds; n++) {
		struct dice dice = { seed + n };
		struct fixture fixture;

		sample(&fixture);
		break_some(&fixture, &dice);
		try_all(&fixture);
		fixture_clear(&fixture);
	}
}

static void test_random_faults_of_an_arm64_board(void **state)
{
	(void)state;
	run_rounds(sample_arm64, 1000);
}

static void test_random_faults_of_a_pc(void **state)
{
	(void)state;
	run_rounds(sample_x86, 2000);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_faults_of_an_arm64_board),
		cmocka_unit_test(test_random_faults_of_a_pc),
	};

	if (argc > 1)
		rounds = (unsigned int)strtoul(argv[1], NULL, 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
