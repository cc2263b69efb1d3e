// SPDX-License-Identifier: GPL-2.0-or-later
/* Interrupts and links of the root. */
#include "cmocka_all.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/codec.h>
#include <jhcfg/file.h>

#include "moments.h"

static struct moments moments;

static int begin(void **state)
{
	(void)state;
	moments_begin(&moments);
	moments_cell(&moments, 0, "root", "0-1");
	return 0;
}

static int end(void **state)
{
	(void)state;
	moments_end(&moments);
	return 0;
}

/* --- /proc/interrupts ----------------------------------------------------- */

static const char arm_interrupts[] =
	"           CPU0       CPU1       \n"
	" 11:       1000       2000     GICv3  27 Level     arch_timer\n"
	" 14:         40          2     GICv3  33 Level     uart-pl011\n"
	" 45:        %d          1     GICv3 140 Edge      uio_ivshmem\n"
	" 46:          5          0     GICv3 141 Edge      eth0, uio_ivshmem\n"
	"IPI0:        9          9       Rescheduling interrupts\n"
	"Err:          0\n";

static struct sample_text text_of(const char *text)
{
	return (struct sample_text){ text, strlen(text) };
}

static void test_interrupts_rows_of_arm(void **state)
{
	struct interrupt_reader reader;
	struct interrupt_row row;

	(void)state;
	interrupts_begin(&reader, text_of(arm_interrupts));
	assert_true(interrupts_next(&reader, &row));
	assert_int_equal(row.irq, 11);
	/* each CPU's own */
	assert_int_equal(row.hardware, UINT_MAX);
	assert_int_equal(row.count, 3000);
	assert_true(interrupts_next(&reader, &row));
	assert_int_equal(row.hardware, 33);
	assert_int_equal(row.actions.length, 10);
	assert_memory_equal(row.actions.text, "uart-pl011", 10);
	assert_false(row.shared);
}

static void test_interrupts_rows_of_x86(void **state)
{
	struct interrupt_reader reader;
	struct interrupt_row row;

	(void)state;
	interrupts_begin(
		&reader,
		text_of("            CPU0       CPU1       \n"
			"   9:          4          0   IO-APIC   "
			"9-fasteoi   acpi\n"
			"  24:          7          1   PCI-MSI 65536-"
			"edge      nvme0q0\n"
			" NMI:          0          0   Non-maskable\n"));
	assert_true(interrupts_next(&reader, &row));
	assert_int_equal(row.hardware, 9);
	assert_memory_equal(row.actions.text, "acpi", row.actions.length);
	assert_true(interrupts_next(&reader, &row));
	assert_int_equal(row.hardware, UINT_MAX);
	assert_int_equal(row.count, 8);
	assert_false(interrupts_next(&reader, &row));
}

static void test_interrupts_garbled_rows_are_passed_over(void **state)
{
	static const char *const texts[] = {
		"",
		"\n",
		"CPU0\n:\n",
		"CPU0\n1:\n",
		"CPU0\n1: x\n",
		"CPU0\n99999999999999999999: 1 a b\n",
		"CPU0\n 1: 5",
	};

	(void)state;
	for (size_t n = 0; n < sizeof(texts) / sizeof(*texts); n++) {
		struct interrupt_reader reader;
		struct interrupt_row row = { 0 };

		interrupts_begin(&reader, text_of(texts[n]));
		while (interrupts_next(&reader, &row))
			assert_int_equal(row.hardware, UINT_MAX);
	}
}

static void test_irqs_are_counted_and_go(void **state)
{
	const struct tui_model *model;

	(void)state;
	moments_set(&moments, "/proc/interrupts", arm_interrupts, 100);
	moments_next(&moments, 0);
	moments_set(&moments, "/proc/interrupts", arm_interrupts, 150);
	model = moments_next(&moments, 1000);
	assert_int_equal(model->num_irqs, 3);
	assert_int_equal(model->irqs[1].number, 140);
	assert_int_equal(model->irqs[1].owner, 0);
	assert_int_equal(model->irqs[1].count.total, 151);
	assert_int_equal(model->irqs[1].count.rate_milli, 50000);
	moments_remove(&moments, "/proc/interrupts");
	assert_int_equal(moments_next(&moments, 1000)->num_irqs, 0);
}

/* --- links ---------------------------------------------------------------- */

static void set_uio(unsigned int irq)
{
	static const char folder[] = "/sys/class/uio/uio0/";
	char path[64];

#define UIO(file) (snprintf(path, sizeof(path), "%s" file, folder), path)
	moments_set(&moments, UIO("device/uevent"),
		    "DRIVER=uio_ivshmem\nPCI_CLASS=FF0000\nPCI_ID=110A:4106\n"
		    "PCI_SLOT_NAME=0001:00:00.0\n");
	moments_set(&moments, UIO("device/irq"), "%u\n", irq);
	moments_set(&moments, UIO("event"), "77\n");
}

static void set_net(const char *state)
{
	static const char folder[] = "/sys/class/net/eth1/";
	char path[64];

#define NET(file) (snprintf(path, sizeof(path), "%s" file, folder), path)
	moments_set(&moments, NET("device/uevent"),
		    "DRIVER=ivshmem-net\nPCI_CLASS=FF0001\nPCI_ID=110A:4106\n"
		    "PCI_SLOT_NAME=0001:00:01.0\n");
	moments_set(&moments, NET("operstate"), "%s\n", state);
	moments_set(&moments, NET("flags"), "0x1003\n");
	moments_set(&moments, NET("device/msi_irqs/9"), "msix\n");
	moments_set(&moments, NET("device/msi_irqs/10"), "msix\n");
}

static void set_bytes(int received, int sent)
{
	moments_set(&moments, "/proc/net/dev",
		    "Inter-|   Receive   |  Transmit\n"
		    " face |bytes packets|bytes packets\n"
		    "    lo:  55 1 0 0 0 0 0 0 55 1 0 0 0 0 0 0\n"
		    "  eth1: %d 9 0 0 0 0 0 0 %d 5 0 0 0 0 0 0\n",
		    received, sent);
}

/* Twice: their names are found first, then what belongs to them. */
static const struct tui_model *look(uint64_t ms)
{
	moments_next(&moments, ms);
	return moments_next(&moments, ms);
}

static void test_links_uio_counts_what_linux_took(void **state)
{
	const struct tui_model *model;

	(void)state;
	set_uio(45);
	moments_set(&moments, "/proc/interrupts", arm_interrupts, 100);
	look(1000);
	moments_set(&moments, "/proc/interrupts", arm_interrupts, 10100);
	model = moments_next(&moments, 1000);
	assert_int_equal(model->num_links, 1);
	assert_string_equal(model->links[0].name, "uio0");
	assert_string_equal(model->links[0].bdf, "0001:00:00.0");
	assert_string_equal(model->links[0].driver, "uio_ivshmem");
	assert_string_equal(model->links[0].kind, "uio");
	assert_int_equal(model->links[0].irqs.total, 10101);
	assert_int_equal(model->links[0].irqs.rate_milli, 10000000);
	assert_int_equal(model->links[0].num_vectors, 1);
	assert_int_equal(model->links[0].state, TUI_LINK_UNKNOWN);
}

static void test_links_shared_line_is_the_devices_own_count(void **state)
{
	const struct tui_model *model;

	(void)state;
	set_uio(46);
	moments_set(&moments, "/proc/interrupts", arm_interrupts, 100);
	model = look(1000);
	assert_int_equal(model->links[0].vectors[0].total, TUI_NO_VALUE);
	assert_int_equal(model->links[0].irqs.total, 77);
}

static void test_links_net_has_vectors_bytes_and_state(void **state)
{
	const struct tui_model *model;

	(void)state;
	set_net("up");
	set_bytes(1000, 2000);
	moments_set(&moments, "/proc/interrupts",
		    "  CPU0\n 9: 30 PCI-MSI 1 eth1\n 10: 5 PCI-MSI 2 eth1\n");
	look(500);
	set_bytes(3000, 2500);
	model = moments_next(&moments, 1000);
	assert_int_equal(model->num_links, 1);
	assert_string_equal(model->links[0].kind, "net");
	assert_int_equal(model->links[0].state, TUI_LINK_UP);
	assert_int_equal(model->links[0].num_vectors, 2);
	assert_int_equal(model->links[0].vectors[0].total, 30);
	assert_int_equal(model->links[0].vectors[1].total, 5);
	assert_int_equal(model->links[0].irqs.total, 35);
	assert_int_equal(model->links[0].rx_bytes.rate_milli, 2000000);
	assert_int_equal(model->links[0].tx_bytes.rate_milli, 500000);
	set_net("down");
	assert_int_equal(moments_next(&moments, 1000)->links[0].state,
			 TUI_LINK_WAITING);
	moments_remove(&moments, "/sys/class/net");
	assert_int_equal(moments_next(&moments, 1000)->num_links, 0);
}

static void test_links_other_devices_are_none(void **state)
{
	(void)state;
	set_uio(45);
	moments_set(&moments, "/sys/class/uio/uio0/device/uevent",
		    "DRIVER=uio_pci_generic\nPCI_ID=8086:1234\n"
		    "PCI_SLOT_NAME=0000:00:01.0\n");
	assert_int_equal(look(1000)->num_links, 0);
	moments_set(&moments, "/sys/class/uio/uio0/device/uevent", "%s", "");
	assert_int_equal(look(1000)->num_links, 0);
}

static void test_links_paths_lead_nowhere_else(void **state)
{
	(void)state;
	moments_set(&moments, "/proc/net/dev",
		    "\n\n  ../..: 1\n a/b: 1\n eth0: 1\n: 1\n .: 1\n"
		    " averyveryverylongname: 1\n");
	moments_next(&moments, 0);
	assert_int_equal(moments.links.num_net, 1);
	assert_string_equal(moments.links.net[0], "eth0");
}

/* --- configurations ------------------------------------------------------- */

static void give_config(unsigned int cell, const char *file)
{
	struct jhcfg_config *config;
	char path[512];
	size_t size;
	void *data;

	snprintf(path, sizeof(path), "%s/%s", getenv("CELLS"), file);
	assert_int_equal(jhcfg_file_read(path, 1 << 20, &data, &size), 0);
	assert_int_equal(
		jhcfg_codec_decode_as(data, size, NULL, NULL, &config, NULL),
		0);
	free(data);
	update_config(moments.store, moments.store->model.cells[cell].serial,
		      config);
	assert_int_equal(update_map(moments.store), 0);
}

static void test_configs_tell_memory_ends_and_owners(void **state)
{
	const struct tui_model *model;
	uint64_t before = 0;
	bool cell = false, hypervisor = false;

	(void)state;
	set_uio(45);
	moments_cell(&moments, 1, "ivshmem-demo", "2");
	moments_set(&moments, "/proc/interrupts", arm_interrupts, 100);
	look(1000);
	give_config(0, "qemu-arm64.cell");
	give_config(1, "qemu-arm64-ivshmem-demo.cell");
	model = moments_next(&moments, 1000);
	assert_string_equal(model->arch, "arm64");
	assert_string_equal(model->irqchip, "GICv3");
	assert_true(model->cells[0].ram >= (uint64_t)512 << 20);
	assert_true(model->cells[1].ram > 0);
	assert_true(model->cells[1].ram < model->cells[0].ram);
	for (size_t n = 0; n < model->num_segments; n++) {
		cell |= model->segments[n].owner == 1;
		hypervisor |= model->segments[n].owner == TUI_HYPERVISOR;
		before += model->segments[n].bytes;
	}
	assert_true(cell && hypervisor);
	assert_true(before <= (uint64_t)1 << 30);
	assert_int_equal(model->links[0].num_ends, 3);
	assert_string_equal(model->links[0].ends[0].cell, "root");
	assert_string_equal(model->links[0].ends[1].cell, "ivshmem-demo");
	assert_true(model->links[0].ends[1].up);
	assert_string_equal(model->links[0].ends[2].cell, "");
	assert_int_equal(model->links[0].state, TUI_LINK_WAITING);
	/* the cell's own interrupt is its, and counted by nobody */
	cell = false;
	for (size_t n = 0; n < model->num_irqs; n++) {
		if (model->irqs[n].owner != 1)
			continue;
		cell = true;
		assert_int_equal(model->irqs[n].count.total, TUI_NO_VALUE);
	}
	assert_true(cell);
	/* and all of that goes with it */
	moments_remove(&moments, JH "cells/1/");
	model = moments_next(&moments, 1000);
	for (size_t n = 0; n < model->num_segments; n++)
		assert_int_not_equal(model->segments[n].owner, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(test_interrupts_rows_of_arm),
		TEST(test_interrupts_rows_of_x86),
		TEST(test_interrupts_garbled_rows_are_passed_over),
		TEST(test_irqs_are_counted_and_go),
		TEST(test_links_uio_counts_what_linux_took),
		TEST(test_links_shared_line_is_the_devices_own_count),
		TEST(test_links_net_has_vectors_bytes_and_state),
		TEST(test_links_other_devices_are_none),
		TEST(test_links_paths_lead_nowhere_else),
		TEST(test_configs_tell_memory_ends_and_owners),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
