// SPDX-License-Identifier: GPL-2.0-or-later
/* hardware check: a machine as a tree of files, and what each change to it
 * does to the outcome. */
#include "hardware.h"

#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "fake_sysfs.h"
#include "tree.h"

#define DT "/proc/device-tree"

static const char good_cmdline[] =
	"console=ttyAMA0 mem=768M kvm-arm.mode=none id_aa64mmfr1.vh=0\n";
static const char good_log[] =
	"6,0,0,-;Booting Linux on physical CPU 0x0000000000\n"
	"6,100,0,-;CPU: All CPU(s) started at EL2\n";

/* The emulated board as it ought to be. */
static int setup(void **state)
{
	static const char memory_reg[] = "\0\0\0\0\x40\0\0\0\0\0\0\0\x40\0\0\0";
	static const char gic[] = "arm,gic-v3";

	(void)state;
	tree_make();
	tree_write("/proc/cmdline", good_cmdline);
	tree_write("/proc/iomem", "40000000-6fffffff : System RAM\n");
	tree_write("/proc/sys/kernel/osrelease", "6.1.0-50-arm64\n");
	tree_write("/dev/kmsg", good_log);
	tree_write("/sys/devices/system/cpu/present", "0-3\n");
	tree_write("/sys/devices/system/cpu/offline", "\n");
	tree_write("/sys/devices/system/cpu/cpu1/online", "1\n");
	tree_write_bytes(DT "/#address-cells", "\0\0\0\2", 4);
	tree_write_bytes(DT "/#size-cells", "\0\0\0\2", 4);
	tree_write_bytes(DT "/memory@40000000/reg", memory_reg, 16);
	tree_write(DT "/psci/method", "smc");
	tree_write_bytes(DT "/intc@8000000/compatible", gic, sizeof(gic));
	tree_write(DT "/intc@8000000/interrupts", "x");
	tree_write("/lib/modules/6.1.0-50-arm64/modules.dep",
		   "extra/jailhouse.ko:\n");
	tree_write("/lib/firmware/jailhouse.bin", "JAILHOUS...");
	return 0;
}

static struct hardware_result check(const char *name)
{
	const struct hardware_check *row = hardware_arm64_checks;
	struct hardware_result result = { 0 };
	struct hardware_machine machine;

	while (row->name && strcmp(row->name, name))
		row++;
	assert_non_null(row->name);
	assert_int_equal(hardware_read_machine(&machine), 0);
	row->run(&machine, &result);
	hardware_clear_machine(&machine);
	return result;
}

static void assert_ok(const char *name)
{
	assert_int_equal(check(name).status, HARDWARE_OK);
}

static void assert_missing(const char *name, const char *advice)
{
	struct hardware_result result = check(name);

	assert_int_equal(result.status, HARDWARE_MISSING);
	if (!strstr(result.advice, advice))
		print_error("advice: %s\n", result.advice);
	assert_non_null(strstr(result.advice, advice));
}

static void assert_unknown(const char *name)
{
	struct hardware_result result = check(name);

	assert_int_equal(result.status, HARDWARE_UNKNOWN);
	assert_true(*result.advice);
}

static void test_all_ok_on_the_emulated_board(void **state)
{
	(void)state;
	for (const struct hardware_check *row = hardware_arm64_checks;
	     row->name; row++)
		assert_ok(row->name);
}

static void test_cpus_one_is_too_few(void **state)
{
	(void)state;
	tree_write("/sys/devices/system/cpu/present", "0\n");
	assert_missing("More than one CPU", "no CPU that a cell");
}

static void test_el2_started_at_el1(void **state)
{
	(void)state;
	tree_write("/dev/kmsg", "6,1,0,-;CPU: All CPU(s) started at EL1\n");
	assert_missing("Kernel started in EL2", "virtualization=on");
}

static void test_el2_unknown_when_the_log_is_gone(void **state)
{
	(void)state;
	tree_write("/dev/kmsg", "");
	assert_unknown("Kernel started in EL2");
	fake_enabled(1);
	assert_ok("Kernel started in EL2");
}

static void test_vhe_kernel_needs_options(void **state)
{
	(void)state;
	tree_write("/proc/cmdline", "mem=768M\n");
	assert_ok("Kernel left EL2 (no VHE)");
	tree_write("/dev/kmsg", "6,1,0,-;CPU features: detected: "
				"Virtualization Host Extensions\n");
	assert_missing("Kernel left EL2 (no VHE)",
		       "id_aa64mmfr1.vh=0 kvm-arm.mode=none");
	tree_write("/dev/kmsg", "");
	assert_unknown("Kernel left EL2 (no VHE)");
}

static void test_kvm_by_kernel_and_options(void **state)
{
	(void)state;
	tree_write("/proc/cmdline", "mem=768M\n");
	assert_ok("EL2 not held by KVM");
	tree_write("/dev/kvm", "");
	/* 6.1 gives EL2 to KVM with the first virtual machine only */
	assert_ok("EL2 not held by KVM");
	tree_write("/proc/sys/kernel/osrelease", "6.12.9+deb12-arm64\n");
	assert_missing("EL2 not held by KVM", "kvm-arm.mode=none");
	tree_write("/proc/cmdline", "kvm.enable_virt_at_load=0\n");
	assert_ok("EL2 not held by KVM");
	tree_write("/proc/cmdline", "kvm-arm.mode=protected\n");
	assert_missing("EL2 not held by KVM", "kvm-arm.mode=none");
	tree_write("/proc/cmdline", good_cmdline);
	assert_ok("EL2 not held by KVM");
}

static void test_parameter_must_be_a_whole_word(void **state)
{
	(void)state;
	tree_write("/dev/kvm", "");
	tree_write("/proc/sys/kernel/osrelease", "6.12.9\n");
	tree_write("/proc/cmdline", "x.kvm-arm.mode=none kvm-arm.mode=nonex\n");
	assert_missing("EL2 not held by KVM", "");
}

static void test_parameter_last_word_counts(void **state)
{
	(void)state;
	tree_write("/dev/kvm", "");
	tree_write("/proc/sys/kernel/osrelease", "6.12.9\n");
	tree_write("/proc/cmdline", "kvm-arm.mode=none kvm-arm.mode=nvhe\n");
	assert_missing("EL2 not held by KVM", "kvm-arm.mode=none");
	tree_write("/proc/cmdline", "kvm-arm.mode=nvhe kvm-arm.mode=none\n");
	assert_ok("EL2 not held by KVM");
}

static void test_gic_absent_or_of_version_2(void **state)
{
	static const char gic400[] = "arm,gic-400\0arm,cortex-a15-gic";

	(void)state;
	tree_write_bytes(DT "/intc@8000000/compatible", gic400, sizeof(gic400));
	assert_ok("GIC version");
	tree_delete(DT "/intc@8000000");
	assert_missing("GIC version", "device tree");
	assert_missing("GIC virtualization", "");
}

static void test_gic_found_below_a_bus(void **state)
{
	static const char gic[] = "arm,gic-v3";

	(void)state;
	tree_delete(DT "/intc@8000000");
	tree_write_bytes(DT "/soc/bus/intc/compatible", gic, sizeof(gic));
	assert_ok("GIC version");
	assert_missing("GIC virtualization", "virtualization=on");
}

static void test_its_is_reported(void **state)
{
	static const char its[] = "arm,gic-v3-its";

	(void)state;
	tree_write_bytes(DT "/intc@8000000/its@8080000/compatible", its,
			 sizeof(its));
	assert_missing("No interrupts by ITS", "INTx");
}

static void test_psci_by_hvc_or_absent(void **state)
{
	(void)state;
	tree_write(DT "/psci/method", "hvc");
	assert_missing("PSCI", "SMC");
	tree_delete(DT "/psci");
	assert_missing("PSCI", "SMC");
}

static void test_hotplug_absent_or_cpus_offline(void **state)
{
	(void)state;
	tree_write("/sys/devices/system/cpu/offline", "2-3\n");
	assert_missing("CPU hotplug", "online");
	/* they belong to cells then */
	fake_enabled(1);
	assert_ok("CPU hotplug");
	tree_delete("/sys/devices/system/cpu/cpu1");
	assert_missing("CPU hotplug", "CONFIG_HOTPLUG_CPU");
}

static void test_memory_not_reserved(void **state)
{
	(void)state;
	tree_write("/proc/iomem", "40000000-7fffffff : System RAM\n");
	assert_missing("Memory kept from Linux", "mem=");
	tree_write("/proc/iomem", "00000000-00000000 : System RAM\n");
	assert_unknown("Memory kept from Linux");
}

static void test_memory_hole_is_named(void **state)
{
	(void)state;
	assert_string_equal(check("Memory kept from Linux").found,
			    "0x70000000-0x7fffffff");
}

static void test_driver_loaded_installed_or_missing(void **state)
{
	(void)state;
	tree_write("/proc/sys/kernel/osrelease", "6.2\n");
	assert_missing("Driver", "jailhouse.ko");
	tree_write("/sys/module/jailhouse/refcnt", "0\n");
	assert_ok("Driver");
}

static void test_firmware_missing_or_something_else(void **state)
{
	(void)state;
	tree_write("/lib/firmware/jailhouse.bin", "MZ");
	assert_missing("Hypervisor image", "built with the driver");
	tree_delete("/lib/firmware/jailhouse.bin");
	assert_missing("Hypervisor image", "install");
}

/* Nothing of it is there: no crash, and nothing passes by accident. */
static void test_nothing_passes_in_an_empty_tree(void **state)
{
	(void)state;
	tree_remove();
	tree_make();
	for (const struct hardware_check *row = hardware_arm64_checks;
	     row->name; row++) {
		struct hardware_result result = check(row->name);

		if (row->optional || !strcmp(row->name, "EL2 not held by KVM"))
			continue;
		assert_int_not_equal(result.status, HARDWARE_OK);
		assert_true(*result.advice);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, tree_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_all_ok_on_the_emulated_board),
		CASE(test_cpus_one_is_too_few),
		CASE(test_el2_started_at_el1),
		CASE(test_el2_unknown_when_the_log_is_gone),
		CASE(test_vhe_kernel_needs_options),
		CASE(test_kvm_by_kernel_and_options),
		CASE(test_parameter_must_be_a_whole_word),
		CASE(test_parameter_last_word_counts),
		CASE(test_gic_absent_or_of_version_2),
		CASE(test_gic_found_below_a_bus),
		CASE(test_its_is_reported),
		CASE(test_psci_by_hvc_or_absent),
		CASE(test_hotplug_absent_or_cpus_offline),
		CASE(test_memory_not_reserved),
		CASE(test_memory_hole_is_named),
		CASE(test_driver_loaded_installed_or_missing),
		CASE(test_firmware_missing_or_something_else),
		CASE(test_nothing_passes_in_an_empty_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
