// SPDX-License-Identifier: GPL-2.0-or-later
/* What Linux writes: numbers and lines, iomem, cpuinfo, interrupts. */
#include <cmocka_all.h>
#include <errno.h>
#include <string.h>

#include "import/linux/cpuinfo.h"
#include "import/linux/interrupts.h"
#include "import/linux/linux.h"
#include "import/linux/regions.h"
#include "import/linux/resources.h"
#include "import/linux/text.h"

static void test_text_numbers(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		uint64_t value;
	} rows[] = {
		{ "0", true, 0 },
		{ "12", true, 12 },
		{ " 0x1F ", true, 0x1f },
		{ "0XfF", true, 0xff },
		{ "18446744073709551615", true, UINT64_MAX },
		{ "18446744073709551616", false, 0 },
		{ "0xffffffffffffffff", true, UINT64_MAX },
		{ "0x10000000000000000", false, 0 },
		{ "", false, 0 },
		{ "-1", false, 0 },
		{ "0x", false, 0 },
		{ "12x", false, 0 },
	};

	(void)state;
	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
		uint64_t value = 0;

		if (text_number(rows[n].text, &value) != rows[n].ok)
			fail_msg("\"%s\"", rows[n].text);
		assert_int_equal(value, rows[n].value);
	}
}

static void test_text_lists(void **state)
{
	(void)state;
	assert_int_equal(text_list_next("0-3,8", 0), 0);
	assert_int_equal(text_list_next("0-3,8", 3), 3);
	assert_int_equal(text_list_next("0-3,8", 4), 8);
	assert_int_equal(text_list_next("8,0-3", 0), 0);
	assert_true(text_list_next("0-3,8", 9) == UINT64_MAX);
	assert_true(text_list_next("", 0) == UINT64_MAX);
	assert_true(text_list_next("x", 0) == UINT64_MAX);
	assert_int_equal(text_list_next("5-3,7", 0), 7);
}

static void test_text_words_are_whole(void **state)
{
	(void)state;
	assert_true(text_has_word("fpu vmx sse", "vmx"));
	assert_true(text_has_word("vmx", "vmx"));
	assert_false(text_has_word("fpu vmx_flags xvmx", "vmx"));
	assert_false(text_has_word("", "vmx"));
	assert_string_equal(text_value("core id\t\t: 3", "core id"), "3");
	assert_null(text_value("core ids : 3", "core id"));
	assert_null(text_value("core id", "core id"));
}

/* --- iomem -----------------------------------------------------------------
 */

static void test_text_resources_are_a_tree(void **state)
{
	struct resources iomem;
	struct jhcfg_diags *diags = jhcfg_diags_new();

	(void)state;
	assert_int_equal(
		resources_parse(&iomem,
				strdup("00001000-0009fbff : System RAM\n"
				       "c0000000-febfffff : PCI Bus 0000:00\n"
				       "  fe000000-fe1fffff : PCI Bus 0000:01\n"
				       "    fe000000-fe000fff : 0000:01:00.0\n"
				       "      fe000000-fe000fff : nvme\n"
				       "  fe200000-fe200fff : MSFT0101:00\n"
				       "0-ffffffffffffffff : all\n"),
				"iomem", diags),
		0);
	assert_int_equal(iomem.count, 7);
	assert_int_equal(iomem.items[0].range.size, 0x9ec00);
	assert_int_equal(iomem.items[0].parent, JHCFG_NO_INDEX);
	assert_int_equal(iomem.items[4].parent, 3);
	assert_int_equal(iomem.items[4].line, 5);
	assert_int_equal(iomem.items[5].parent, 1);
	assert_true(iomem.items[4].leaf);
	assert_false(iomem.items[3].leaf);
	assert_int_equal(resources_find(&iomem, 0, "MSFT"), 5);
	assert_int_equal(resources_find(&iomem, 6, "MSFT"), JHCFG_NO_INDEX);
	assert_int_equal(resources_at(&iomem, 0xfe200000), 5);
	assert_int_equal(resources_at(&iomem, 1), JHCFG_NO_INDEX);
	/* all that there is has no size as a number */
	assert_true(iomem.items[6].range.size == UINT64_MAX);
	assert_int_equal(region_kind(iomem.items[3].name), REGION_SKIP);
	assert_int_equal(region_outer_kind(&iomem, &iomem.items[4]),
			 REGION_SKIP);
	assert_int_equal(region_kind(iomem.items[5].name), REGION_DEVICE);
	assert_int_equal(region_outer_kind(&iomem, &iomem.items[5]),
			 REGION_BUS);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_WARNING), 0);
	resources_clear(&iomem);
	jhcfg_diags_free(diags);
}

static void test_text_resources_skip_what_is_no_line(void **state)
{
	struct resources iomem;
	struct jhcfg_diags *diags = jhcfg_diags_new();

	(void)state;
	assert_int_equal(resources_parse(&iomem,
					 strdup("\n1000\n2000-1000 : x\n"
						"1000-2000: x\n1000 - 2 : x\n"
						"1000-1fff : good\n"
						"-1 : x\n"),
					 "iomem", diags),
			 0);
	assert_int_equal(iomem.count, 1);
	assert_string_equal(iomem.items[0].name, "good");
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_WARNING), 1);
	assert_non_null(strstr(jhcfg_diags_get(diags, 0)->text, "6 lines"));
	resources_clear(&iomem);
	jhcfg_diags_free(diags);
}

static void test_text_resources_that_are_hidden_are_refused(void **state)
{
	struct resources iomem;
	struct jhcfg_diags *diags = jhcfg_diags_new();

	(void)state;
	assert_int_equal(
		resources_parse(&iomem,
				strdup("00000000-00000000 : System RAM\n"),
				"iomem", diags),
		-EACCES);
	assert_string_equal(jhcfg_diags_get(diags, 0)->rule, "L05");
	assert_int_equal(resources_parse(&iomem, strdup(""), "iomem", diags),
			 0);
	resources_clear(&iomem);
	jhcfg_diags_free(diags);
}

/* --- cpuinfo, interrupts, memmap= -------------------------------------------
 */

static void test_text_cpuinfo(void **state)
{
	struct cpuinfo info;

	(void)state;
	assert_int_equal(
		cpuinfo_parse(
			&info,
			strdup("processor\t: 0\nvendor_id\t: GenuineIntel\n"
			       "model name\t: A CPU\nphysical id\t: 0\n"
			       "core id\t\t: 1\napicid\t\t: 2\n"
			       "flags\t\t: fpu vmx hypervisor\n"
			       "address sizes\t: 39 bits physical, 48 bits "
			       "virtual\n\n"
			       "processor\t: 3\napicid\t\t: 6\n"
			       "physical id\t: 1\nflags\t\t: svm\n")),
		0);
	assert_true(info.x86);
	assert_string_equal(info.vendor, "GenuineIntel");
	assert_string_equal(info.model, "A CPU");
	assert_int_equal(info.flags, CPUINFO_VMX | CPUINFO_HYPERVISOR);
	assert_int_equal(info.address_bits, 39);
	assert_int_equal(info.num_cpus, 2);
	assert_int_equal(cpuinfo_find(&info, 0)->core, 1);
	assert_int_equal(cpuinfo_find(&info, 3)->apic_id, 6);
	assert_int_equal(cpuinfo_find(&info, 3)->package, 1);
	assert_int_equal(cpuinfo_find(&info, 3)->line, 10);
	assert_null(cpuinfo_find(&info, 1));
	cpuinfo_clear(&info);

	assert_int_equal(cpuinfo_parse(&info, strdup("processor\t: 0\n"
						     "BogoMIPS\t: 100.00\n"
						     "CPU part\t: 0xd07\n")),
			 0);
	assert_false(info.x86);
	assert_int_equal(info.num_cpus, 1);
	cpuinfo_clear(&info);
}

static void test_text_interrupts(void **state)
{
	char text[] =
		"           CPU0       CPU1\n"
		"  4:       1027          0   IO-APIC   4-edge      ttyS0\n"
		"  9:          0          4   IR-IO-APIC    9-fasteoi   acpi\n"
		" 25:          0          0   PCI-MSI 65536-edge  nvme\n"
		" 14:          0          0     GICv3  33 Level     uart\n"
		"NMI:          0          0   Non-maskable interrupts\n"
		" 77: 1 2 IO-APIC\n";
	struct interrupts interrupts;

	(void)state;
	assert_int_equal(interrupts_parse(&interrupts, text), 0);
	assert_int_equal(interrupts.count, 3);
	assert_int_equal(interrupts_find(&interrupts, 4)->pin, 4);
	assert_int_equal(interrupts_find(&interrupts, 4)->trigger,
			 JHCFG_TRIGGER_EDGE);
	assert_int_equal(interrupts_find(&interrupts, 9)->trigger,
			 JHCFG_TRIGGER_LEVEL);
	assert_int_equal(interrupts_find(&interrupts, 14)->pin, 33);
	assert_int_equal(interrupts_find(&interrupts, 14)->line, 5);
	assert_null(interrupts_find(&interrupts, 25));
	assert_null(interrupts_find(&interrupts, 77));
	interrupts_clear(&interrupts);
}

static void test_text_memmap(void **state)
{
	const char *at =
		"quiet memmap=64M$0x18000000,0x10K$4096 memmap=exactmap "
		"memmap=1G@0 memmap=99999999999G$1 memmap=1$";
	struct jhcfg_range range = { 0 };

	(void)state;
	assert_true(linux_next_memmap(&at, &range));
	assert_int_equal(range.start, 0x18000000);
	assert_int_equal(range.size, 64 << 20);
	assert_true(linux_next_memmap(&at, &range));
	assert_int_equal(range.start, 4096);
	assert_int_equal(range.size, 0x4000);
	assert_false(linux_next_memmap(&at, &range));
	assert_false(linux_next_memmap(&at, &range));
}

static void test_text_names_become_simple(void **state)
{
	char name[12];

	(void)state;
	linux_make_name("Standard PC (Q35)", name, sizeof(name));
	assert_string_equal(name, "standard-pc");
	linux_make_name("--", name, sizeof(name));
	assert_string_equal(name, "");
	linux_make_name("HPET 0", name, sizeof(name));
	assert_string_equal(name, "hpet-0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_numbers),
		cmocka_unit_test(test_text_lists),
		cmocka_unit_test(test_text_words_are_whole),
		cmocka_unit_test(test_text_resources_are_a_tree),
		cmocka_unit_test(test_text_resources_skip_what_is_no_line),
		cmocka_unit_test(
			test_text_resources_that_are_hidden_are_refused),
		cmocka_unit_test(test_text_cpuinfo),
		cmocka_unit_test(test_text_interrupts),
		cmocka_unit_test(test_text_memmap),
		cmocka_unit_test(test_text_names_become_simple),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
