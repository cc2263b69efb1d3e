// SPDX-License-Identifier: GPL-2.0-or-later
/* test_device_tree BOARD.dts OVERLAY.dts: what a board says of a tree. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/jhcfg.h>

static const char *tree_file, *overlay_file;
static struct jhcfg_board *board;
static struct jhcfg_diags *diags;

static int import(void **state)
{
	(void)state;
	diags = jhcfg_diags_new();
	return jhcfg_import_device_tree(tree_file, NULL, 0, diags, &board);
}

static int drop(void **state)
{
	(void)state;
	jhcfg_board_free(board);
	board = NULL;
	jhcfg_diags_free(diags);
	return 0;
}

static const struct jhcfg_hw_device *device(const char *name)
{
	const struct jhcfg_hw_device *found =
		jhcfg_board_device(board, jhcfg_board_find_device(board, name));

	if (!found)
		fail_msg("no device %s", name);
	return found;
}

static void test_device_tree_names_the_board(void **state)
{
	(void)state;
	assert_string_equal(jhcfg_board_name(board), "one");
	assert_string_equal(jhcfg_board_title(board), "Acme One");
	assert_string_equal(jhcfg_board_command_line(board), "quiet");
	assert_string_equal(jhcfg_board_psci_method(board), "smc");
	assert_int_equal(jhcfg_board_architecture(board), JAILHOUSE_ARM64);
	assert_int_equal(jhcfg_board_timer_irq(board, 2), 27);
	assert_null(jhcfg_diags_get(diags, 0));
}

static void test_device_tree_cpus_have_places(void **state)
{
	const struct jhcfg_hw_cpu *cpu;

	(void)state;
	/* the one that failed is not there */
	assert_int_equal(jhcfg_board_num_cpus(board), 3);
	cpu = jhcfg_board_cpu(board, 1);
	assert_int_equal(cpu->id, 1);
	assert_int_equal(cpu->cluster, 0);
	assert_int_equal(cpu->core, 1);
	cpu = jhcfg_board_cpu(board, 2);
	assert_int_equal(cpu->phys_id, 0x100);
	assert_int_equal(cpu->cluster, 1);
	assert_string_equal(cpu->compatible, "arm,cortex-a72");
	assert_string_equal(cpu->enable_method, "psci");
	assert_non_null(strstr(cpu->source, "/cpus/cpu@100"));
}

static void test_device_tree_caches_know_who_shares_them(void **state)
{
	const struct jhcfg_hw_cache *cache;

	(void)state;
	assert_int_equal(jhcfg_board_num_caches(board), 2);
	cache = jhcfg_board_cache(board, 0);
	assert_int_equal(cache->level, 1);
	assert_int_equal(cache->type, 'i');
	assert_int_equal(cache->ways, 2);
	cache = jhcfg_board_cache(board, 1);
	assert_int_equal(cache->level, 2);
	assert_int_equal(cache->size, 0x80000);
	assert_int_equal(cache->num_cpus, 2);
	assert_int_equal(cache->cpus[1], 1);
}

static void test_device_tree_memory_has_kinds(void **state)
{
	static const struct {
		uint64_t start;
		enum jhcfg_hw_memory_kind kind;
	} expected[] = {
		{ 0x80000000, JHCFG_HW_RAM },
		{ 0x880000000, JHCFG_HW_RAM },
		{ 0xbe000000, JHCFG_HW_FIRMWARE },
		{ 0x90000000, JHCFG_HW_SHARED },
		{ 0x80000000, JHCFG_HW_RESERVED }, /* /memreserve/ */
	};

	(void)state;
	assert_int_equal(jhcfg_board_num_memories(board), 5);
	for (size_t n = 0; n < 5; n++) {
		const struct jhcfg_hw_memory *memory =
			jhcfg_board_memory(board, n);

		assert_int_equal(memory->range.start, expected[n].start);
		assert_int_equal(memory->kind, expected[n].kind);
	}
	assert_true(jhcfg_board_memory(board, 2)->no_map);
	assert_true(jhcfg_board_memory(board, 3)->reusable);
}

static void test_device_tree_windows_go_through_ranges(void **state)
{
	const struct jhcfg_hw_device *uart = device("console");

	(void)state;
	assert_int_equal(uart->windows[0].start, 0xf0200000);
	assert_int_equal(uart->windows[0].size, 0x100);
	assert_string_equal(uart->window_names[0], "regs");
	assert_int_equal(device("sensor@48")->num_windows, 0);
	assert_int_equal(device("i2c@240000")->num_windows, 1);
}

static void test_device_tree_uart_says_how_it_is_driven(void **state)
{
	const struct jhcfg_hw_device *uart = device("console");

	(void)state;
	assert_int_equal(uart->kind, JHCFG_HW_DEVICE_UART);
	assert_int_equal(uart->console_type, JAILHOUSE_CON_TYPE_8250);
	assert_int_equal(uart->reg_shift, 2);
	assert_int_equal(uart->reg_io_width, 4);
	assert_true(uart->boot_console);
	assert_string_equal(uart->path, "/bus@f0000000/serial@200000");
	assert_string_equal(jhcfg_board_device(board, uart->parent)->name,
			    "bus@f0000000");
}

static void test_device_tree_interrupts_end_somewhere(void **state)
{
	const struct jhcfg_hw_irq *irq = device("console")->irqs;

	(void)state;
	assert_int_equal(irq->number, 52);
	assert_int_equal(irq->trigger, JHCFG_TRIGGER_LEVEL);
	assert_string_equal(irq->name, "tx");
	assert_false(irq->nested);
	irq = device("button")->irqs;
	assert_true(irq->nested);
	assert_int_equal(irq->number, 5);
	assert_string_equal(jhcfg_board_device(board, irq->controller)->name,
			    "gpio");
	irq = device("dma@220000")->irqs;
	assert_int_equal(device("dma@220000")->num_irqs, 2);
	assert_int_equal(irq[0].number, 54);
	assert_true(irq[1].nested);
}

static void test_device_tree_references_have_arguments(void **state)
{
	const struct jhcfg_hw_device *uart = device("console");

	(void)state;
	assert_int_equal(uart->num_refs, 1);
	assert_int_equal(uart->refs[0].kind, JHCFG_REF_CLOCK);
	assert_string_equal(uart->refs[0].name, "baud");
	assert_int_equal(uart->refs[0].args[0], 7);
	assert_string_equal(
		jhcfg_board_device(board, uart->refs[0].device)->name, "clk");
}

static void test_device_tree_dma_has_stream_ids(void **state)
{
	const struct jhcfg_hw_device *dma = device("dma@220000");
	const struct jhcfg_hw_iommu *iommu = jhcfg_board_iommu(board, 0);

	(void)state;
	assert_true(dma->dma);
	assert_string_equal(dma->status, "disabled");
	assert_int_equal(dma->num_stream_ids, 1);
	assert_int_equal(dma->stream_ids[0], 0x7f << 16 | 0x10);
	assert_int_equal(iommu->unit.type, JAILHOUSE_IOMMU_ARM_MMU500);
	assert_int_equal(iommu->unit.base, 0xf0230000);
}

static void test_device_tree_finds_the_gic(void **state)
{
	const struct jhcfg_hw_irqchip *gic = jhcfg_board_main_irqchip(board);

	(void)state;
	assert_int_equal(gic->kind, JHCFG_HW_GICV2);
	assert_int_equal(gic->gicd.start, 0xf0100000);
	assert_int_equal(gic->gicv.start, 0xf0106000);
	assert_int_equal(gic->maintenance_irq, 25);
}

static void test_device_tree_finds_pci_hosts(void **state)
{
	const struct jhcfg_hw_pci_host *host = jhcfg_board_pci_host(board, 0);

	(void)state;
	assert_int_equal(jhcfg_board_num_pci_hosts(board), 1);
	assert_int_equal(host->domain, 2);
	assert_int_equal(host->last_bus, 15);
	assert_int_equal(host->ecam.start, 0x40000000);
	assert_int_equal(host->num_windows, 2);
	assert_int_equal(host->windows[0].space, JHCFG_PCI_IO);
	assert_int_equal(host->windows[1].cpu.start, 0x50000000);
	assert_true(host->windows[1].prefetchable);
	assert_int_equal(host->intx[0], 62);
	assert_int_equal(host->intx[1], 63);
	assert_int_equal(host->intx[2], 0);
}

static void test_device_tree_overlays_change_it(void **state)
{
	struct jhcfg_board *changed = NULL;
	const struct jhcfg_hw_device *dma;
	size_t index;

	(void)state;
	assert_int_equal(jhcfg_import_device_tree(tree_file, &overlay_file, 1,
						  diags, &changed),
			 0);
	dma = jhcfg_board_device(
		changed,
		jhcfg_board_find_device(changed, "/bus@f0000000/dma@220000"));
	assert_string_equal(dma->status, "okay");
	index = jhcfg_board_find_device(changed, "/bus@f0000000/serial@200000");
	assert_string_equal(jhcfg_board_device(changed, index)->status,
			    "disabled");
	jhcfg_board_free(changed);
}

static void assert_refused(const char *path, const char *overlay, int expected)
{
	struct jhcfg_board *none = NULL;

	assert_int_equal(jhcfg_import_device_tree(
				 path, &overlay, overlay ? 1 : 0, diags, &none),
			 expected);
	assert_null(none);
	assert_int_equal(jhcfg_diags_get(diags, 0)->severity, JHCFG_ERROR);
}

static void test_device_tree_says_what_is_wrong(void **state)
{
	char path[] = "/tmp/jhw-tree-XXXXXX.dts";
	int fd = mkstemps(path, 4);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "/dts-v1/; / { x", 15), 15);
	close(fd);
	assert_refused(path, NULL, -EINVAL);
	unlink(path);
	assert_refused("/nonexistent.dtb", NULL, -ENOENT);
	/* the overlay's place is the tree's and the other way round */
	assert_refused(overlay_file, tree_file, -EINVAL);
}

/* Whatever is cut off, the rest is refused or a board, without reading beyond
 * it: the sanitizers look. */
static void test_device_tree_cut_anywhere_is_refused(void **state)
{
	char command[512];
	size_t size;
	void *blob;
	FILE *dtc;

	(void)state;
	snprintf(command, sizeof(command), "dtc -q -O dtb '%s'", tree_file);
	dtc = popen(command, "r");
	blob = malloc(1 << 16);
	assert_non_null(dtc);
	assert_non_null(blob);
	size = fread(blob, 1, 1 << 16, dtc);
	assert_int_equal(pclose(dtc), 0);
	for (size_t length = 0; length < size; length += 7) {
		struct jhcfg_board *none = NULL;
		void *exact = malloc(length + 1);

		memcpy(exact, blob, length);
		assert_int_equal(
			jhcfg_import_fdt(exact, length, "cut", NULL, &none),
			-EINVAL);
		free(exact);
	}
	free(blob);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, import, drop)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_device_tree_names_the_board),
		CASE(test_device_tree_cpus_have_places),
		CASE(test_device_tree_caches_know_who_shares_them),
		CASE(test_device_tree_memory_has_kinds),
		CASE(test_device_tree_windows_go_through_ranges),
		CASE(test_device_tree_uart_says_how_it_is_driven),
		CASE(test_device_tree_interrupts_end_somewhere),
		CASE(test_device_tree_references_have_arguments),
		CASE(test_device_tree_dma_has_stream_ids),
		CASE(test_device_tree_finds_the_gic),
		CASE(test_device_tree_finds_pci_hosts),
		CASE(test_device_tree_overlays_change_it),
		CASE(test_device_tree_says_what_is_wrong),
		CASE(test_device_tree_cut_anywhere_is_refused),
	};

	if (argc != 3)
		return 2;
	tree_file = argv[1];
	overlay_file = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
