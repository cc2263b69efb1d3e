// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Random boards and requests: whatever is planned holds together, and what is
 * refused changes nothing and is refused for a reason that is the smallest.
 */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/check.h>
#include <jhcfg/codec.h>
#include <jhcfg/plan.h>

#include "plan_board.h"

#define ROUNDS	120
#define WISHES	8
#define MIB	0x100000ULL
#define MAX_ALL 512

static uint32_t random_state;

static uint32_t next_random(void)
{
	random_state = random_state * 1664525u + 1013904223u;
	return random_state >> 8;
}

static unsigned int below(unsigned int limit)
{
	return next_random() % limit;
}

static void seed(const char *test)
{
	const char *text = getenv("JHW_SEED");

	random_state = text ? (uint32_t)strtoul(text, NULL, 0) : 0x706c616e;
	print_message("%s: JHW_SEED=0x%x\n", test, random_state);
}

static const struct jhcfg_cell *cell_of(const struct jhcfg_workspace *workspace,
					size_t index)
{
	return jhcfg_config_cell(jhcfg_workspace_cell(
		workspace, jhcfg_workspace_cell_key(workspace, index)));
}

/* --- what must hold ----------------------------------------------------------
 */

struct piece {
	uint64_t start, size;
	size_t cell; /* index, 0 for the hypervisor */
	bool shared;
};

static bool touch(const struct piece *a, const struct piece *b)
{
	return a->size && b->size && a->start < b->start + b->size &&
	       b->start < a->start + a->size;
}

/* Memory of different cells is apart; of one cell, in the guest's eyes, too. */
static void check_memory(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_memory *own =
		jhcfg_system_hypervisor_memory(jhcfg_config_system(
			jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY)));
	struct piece pieces[MAX_ALL] = { { own->phys_start, own->size, 0,
					   false } };
	const struct jhcfg_memory *memory;
	size_t count = 1;

	for (size_t n = 1; n < jhcfg_workspace_num_cells(workspace); n++)
		for (size_t i = 0;
		     (memory = jhcfg_cell_memory(cell_of(workspace, n), i));
		     i++) {
			if (memory->flags & JAILHOUSE_MEM_COMM_REGION)
				continue;
			assert_true(count < MAX_ALL);
			pieces[count++] = (struct piece){
				memory->phys_start, memory->size, n,
				memory->flags & JAILHOUSE_MEM_ROOTSHARED
			};
		}
	for (size_t a = 0; a < count; a++)
		for (size_t b = 0; b < a; b++)
			if (pieces[a].cell != pieces[b].cell &&
			    !(pieces[a].shared && pieces[b].shared))
				assert_false(touch(&pieces[a], &pieces[b]));
}

static void check_guest(const struct jhcfg_cell *cell)
{
	const struct jhcfg_memory *a, *b;

	for (size_t n = 0; (a = jhcfg_cell_memory(cell, n)); n++)
		for (size_t i = 0; i < n; i++) {
			struct piece x = { a->virt_start, a->size, 0, 0 };
			struct piece y;

			b = jhcfg_cell_memory(cell, i);
			y = (struct piece){ b->virt_start, b->size, 0, 0 };
			assert_false(touch(&x, &y));
		}
}

/* Each CPU and each line has one owner, and Linux keeps a CPU. */
static void check_cpus(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_cell *root = cell_of(workspace, 0);
	unsigned int given = 0;

	for (unsigned int cpu = 0; cpu < 64; cpu++) {
		unsigned int owners = 0;

		for (size_t n = 1; n < jhcfg_workspace_num_cells(workspace);
		     n++)
			owners +=
				jhcfg_cell_has_cpu(cell_of(workspace, n), cpu);
		assert_true(owners <= 1);
		if (owners)
			assert_true(jhcfg_cell_has_cpu(root, cpu));
		given += owners;
	}
	assert_true(given < jhcfg_cell_num_cpus(root));
}

static void check_irqs(const struct jhcfg_workspace *workspace)
{
	for (uint32_t number = 32; number < 1020; number++) {
		unsigned int owners = 0;

		for (size_t n = 1; n < jhcfg_workspace_num_cells(workspace);
		     n++)
			owners += jhcfg_config_has_irq(
				jhcfg_workspace_cell(
					workspace,
					jhcfg_workspace_cell_key(workspace, n)),
				BOARD_GICD, number);
		assert_true(owners <= 1);
	}
}

/* RAM is RAM of the board, and not the firmware's. */
static void check_ram(const struct jhcfg_workspace *workspace)
{
	const struct piece firmware = { BOARD_FIRMWARE, MIB, 0, 0 };
	const struct jhcfg_memory *memory;

	for (size_t n = 1; n < jhcfg_workspace_num_cells(workspace); n++)
		for (size_t i = 0;
		     (memory = jhcfg_cell_memory(cell_of(workspace, n), i));
		     i++) {
			struct piece own = { memory->phys_start, memory->size,
					     n, false };

			/* links have empty sections */
			if (!own.size ||
			    memory->flags & (JAILHOUSE_MEM_IO |
					     JAILHOUSE_MEM_COMM_REGION))
				continue;
			assert_true(own.start >= BOARD_RAM &&
				    own.start + own.size <=
					    BOARD_RAM + BOARD_RAM_SIZE);
			assert_false(touch(&own, &firmware));
			/* where large pages fit, they are used */
			if (!memory->virt_start && own.size >= 2 * MIB)
				assert_int_equal(own.start % (2 * MIB), 0);
		}
}

static void check_pool(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_config *cells[WISHES * 2];
	size_t count = jhcfg_workspace_num_cells(workspace) - 1;
	struct jhcfg_pool pool;

	for (size_t n = 0; n < count; n++)
		cells[n] = jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n + 1));
	assert_int_equal(
		jhcfg_pool_estimate(
			jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY), cells,
			count, jhcfg_workspace_board(workspace), NULL, &pool),
		0);
	assert_true(pool.used < pool.pages);
}

/* Each can be written for the driver. */
static void check_files(const struct jhcfg_workspace *workspace)
{
	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++) {
		void *data;
		size_t size;

		assert_int_equal(
			jhcfg_codec_encode(
				jhcfg_workspace_cell(
					workspace,
					jhcfg_workspace_cell_key(workspace, n)),
				NULL, &data, &size),
			0);
		free(data);
	}
}

/* What plans warn of, and people have to do outside of the project: reserve
 * memory; two devices of the board have a line in common. */
static bool is_warned_of(const char *rule)
{
	return !strcmp(rule, "H07") || !strcmp(rule, "I06");
}

/* What is planned has no error in the eyes of the rules. */
static void check_rules(const struct jhcfg_workspace *workspace)
{
	struct jhcfg_check_options options = { .live = NULL };
	struct jhcfg_findings *findings = NULL;
	const struct jhcfg_finding *finding;
	unsigned int errors = 0;

	assert_int_equal(jhcfg_check(workspace, &options, &findings), 0);
	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++) {
		if (finding->severity != JHCFG_ERROR ||
		    is_warned_of(finding->rule->id))
			continue;
		print_message("%s %s: %s\n", finding->rule->id, finding->object,
			      finding->message);
		errors++;
	}
	jhcfg_findings_free(findings);
	assert_int_equal(errors, 0);
}

static void check_all(const struct jhcfg_workspace *workspace)
{
	check_memory(workspace);
	check_cpus(workspace);
	check_irqs(workspace);
	check_ram(workspace);
	check_pool(workspace);
	check_files(workspace);
	check_rules(workspace);
	for (size_t n = 1; n < jhcfg_workspace_num_cells(workspace); n++)
		check_guest(cell_of(workspace, n));
}

/* --- wishes ------------------------------------------------------------------
 */

static const char *const devices[] = { "uart0", "uart1", "uart2", "eth",
				       "dma",	"far",	 "clk" };

static uint64_t random_size(void)
{
	return below(4) ? (1 + below(64)) * 0x1000ULL
			: (1 + below(200)) * MIB + below(4) * 0x1000ULL;
}

struct wishes {
	struct jhcfg_plan_request request;
	char name[16];
	char peers[3][16];
	const char *devices[3];
	unsigned int cpus[3];
	struct jhcfg_plan_link links[3];
};

static void make_wishes(const struct jhcfg_workspace *workspace,
			struct wishes *wishes, unsigned int number)
{
	struct jhcfg_plan_request *request = &wishes->request;

	*wishes = (struct wishes){ .request = { .name = wishes->name } };
	snprintf(wishes->name, sizeof(wishes->name), "cell%u", number);
	request->num_cpus = 1 + below(3);
	for (unsigned int n = 0; n < 3; n++)
		wishes->cpus[n] = below(8);
	if (!below(3))
		request->cpus = wishes->cpus;
	request->memory_size = random_size();
	request->linux_guest = !below(3);
	request->num_devices = below(3);
	for (size_t n = 0; n < request->num_devices; n++)
		wishes->devices[n] =
			devices[below(sizeof(devices) / sizeof(devices[0]))];
	request->devices = wishes->devices;
	request->num_links = below(3);
	for (size_t n = 0; n < request->num_links; n++) {
		snprintf(wishes->peers[n], sizeof(wishes->peers[n]), "%s",
			 jhcfg_cell_name(cell_of(
				 workspace,
				 below((unsigned int)jhcfg_workspace_num_cells(
					 workspace)))));
		wishes->links[n] = (struct jhcfg_plan_link){
			.peer = wishes->peers[n],
			.rw_size = below(3) * 0x1000ULL,
			.output_size = random_size(),
		};
	}
	request->links = wishes->links;
}

/* The last finding names the wishes. */
static void check_refusal(const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag, *last = NULL;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		last = diag;
	assert_non_null(last);
	if (last && !strncmp(last->text, "cannot be had", 13))
		assert_null(strstr(last->text, ", "));
	if (last && !strncmp(last->text, "cannot hold", 11))
		assert_non_null(strstr(last->text, ", "));
}

static unsigned int plan_some(struct jhcfg_workspace *workspace)
{
	unsigned int granted = 0;

	for (unsigned int n = 0; n < WISHES; n++) {
		struct jhcfg_diags *diags = jhcfg_diags_new();
		uint64_t before = jhcfg_workspace_serial(workspace);
		struct jhcfg_plan *plan = NULL;
		struct wishes wishes;
		int err;

		make_wishes(workspace, &wishes, n);
		err = jhcfg_plan_cell(workspace, &wishes.request, diags, &plan);
		/* planning is looking */
		assert_int_equal(jhcfg_workspace_serial(workspace), before);
		if (err) {
			assert_null(plan);
			check_refusal(diags);
		} else {
			assert_int_equal(jhcfg_plan_apply(workspace, plan), 0);
			check_all(workspace);
			granted++;
		}
		jhcfg_plan_free(plan);
		jhcfg_diags_free(diags);
	}
	return granted;
}

static void test_plan_random_cells_hold_together_and_undo(void **state)
{
	static const char *const lines[] = { NULL, "mem=512M", "mem=900M" };
	unsigned int granted = 0;

	(void)state;
	seed(__func__);
	for (unsigned int round = 0; round < ROUNDS; round++) {
		struct board_shape shape = { 1 + below(4), 1 + below(4),
					     lines[below(3)] };
		struct jhcfg_workspace *workspace =
			plan_workspace_make(plan_board_make(&shape));
		struct jhcfg_config *root = jhcfg_config_copy(
			jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY));
		unsigned int steps = plan_some(workspace);

		granted += steps;
		while (steps--)
			assert_int_equal(jhcfg_workspace_undo(workspace), 0);
		assert_int_equal(jhcfg_workspace_num_cells(workspace), 1);
		assert_int_equal(jhcfg_workspace_num_links(workspace), 0);
		assert_true(jhcfg_config_equal(
			root, jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY)));
		jhcfg_config_free(root);
		jhcfg_workspace_free(workspace);
	}
	print_message("%u of %u cells could be had\n", granted,
		      ROUNDS * WISHES);
	/* else this tests nothing */
	assert_true(granted > ROUNDS);
}

/* Devices here and there: what is given comes back completely. */
static void test_plan_random_moves_come_back(void **state)
{
	struct board_shape shape = { 2, 4, NULL };
	struct jhcfg_workspace *workspace =
		plan_workspace_make(plan_board_make(&shape));
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	struct jhcfg_config *empty[3];
	uint32_t keys[3];

	(void)state;
	seed(__func__);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Cells"), 0);
	for (unsigned int n = 0; n < 3; n++) {
		char name[] = { 'a', (char)('0' + n), 0 };

		empty[n] = jhcfg_config_create(false, JAILHOUSE_ARM64);
		jhcfg_config_set_name(empty[n], name);
		assert_int_equal(
			jhcfg_workspace_add_cell(workspace, empty[n], &keys[n]),
			0);
	}
	jhcfg_workspace_end(workspace);
	for (unsigned int n = 0; n < 400; n++) {
		unsigned int to = below(4);
		uint32_t key = to == 3 ? JHCFG_ROOT_KEY : keys[to];
		size_t device = jhcfg_board_find_device(
			board,
			devices[below(sizeof(devices) / sizeof(devices[0]))]);
		struct jhcfg_plan *plan;
		int err = jhcfg_plan_assign_device(workspace, key, device, NULL,
						   &plan);

		if (err) {
			assert_int_equal(err, -EBUSY);
			continue;
		}
		assert_int_equal(jhcfg_plan_apply(workspace, plan), 0);
		jhcfg_plan_free(plan);
		check_memory(workspace);
		check_irqs(workspace);
	}
	for (size_t n = 0; n < sizeof(devices) / sizeof(devices[0]); n++) {
		struct jhcfg_plan *plan;

		assert_int_equal(
			jhcfg_plan_assign_device(
				workspace, JHCFG_ROOT_KEY,
				jhcfg_board_find_device(board, devices[n]),
				NULL, &plan),
			0);
		assert_int_equal(jhcfg_plan_apply(workspace, plan), 0);
		jhcfg_plan_free(plan);
	}
	for (unsigned int n = 0; n < 3; n++) {
		assert_true(jhcfg_config_equal(
			empty[n], jhcfg_workspace_cell(workspace, keys[n])));
		jhcfg_config_free(empty[n]);
	}
	jhcfg_workspace_free(workspace);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plan_random_cells_hold_together_and_undo),
		cmocka_unit_test(test_plan_random_moves_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
