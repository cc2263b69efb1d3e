// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>

#define GICD 0x08000000U
#define IO   (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)

/* --- U01 ------------------------------------------------------------------ */

static void add_stream(struct jhcfg_config *config, uint32_t id)
{
	const struct jhcfg_stream_id stream = { .id = id };

	assert_int_equal(
		jhcfg_config_insert_stream_id(config, SIZE_MAX, &stream), 0);
}

static void give_ethernet(struct fixture *fixture)
{
	struct jhcfg_config *config = edit_guest(fixture);

	add_memory(config, "eth0", 0x09040000, 0x09040000, 0x1000, IO);
	jhcfg_config_add_irq(config, GICD, 37);
}

static void give_ethernet_with_stream(struct fixture *fixture)
{
	give_ethernet(fixture);
	add_stream(edit_guest(fixture), 0x10);
}

static void stream_of_two(struct fixture *fixture)
{
	add_stream(edit_guest(fixture), 0x20);
	add_stream(edit_rtos(fixture), 0x20);
}

static void stream_twice(struct fixture *fixture)
{
	add_stream(edit_rtos(fixture), 0x21);
	add_stream(edit_rtos(fixture), 0x21);
}

static void use_smmuv2(struct fixture *fixture)
{
	edit_root(fixture)->system.platform.iommu_units[0].type =
		JAILHOUSE_IOMMU_ARM_MMU500;
	fixture->spec.iommus[0].unit.type = JAILHOUSE_IOMMU_ARM_MMU500;
	remake_board(fixture);
}

/* Bits 0 and 1 do not matter: 0x20 to 0x23. */
static void masks_apart(struct fixture *fixture)
{
	use_smmuv2(fixture);
	add_stream(edit_guest(fixture), 0x00030020);
	add_stream(edit_rtos(fixture), 0x24);
}

static void masks_meet(struct fixture *fixture)
{
	use_smmuv2(fixture);
	add_stream(edit_guest(fixture), 0x00030020);
	add_stream(edit_rtos(fixture), 0x22);
}

/* --- U02 ------------------------------------------------------------------ */

static void add_cache(struct jhcfg_config *config, uint32_t start,
		      uint32_t size)
{
	const struct jhcfg_cache cache = {
		.start = start,
		.size = size,
		.type = JAILHOUSE_CACHE_L3,
	};

	assert_int_equal(jhcfg_config_insert_cache(config, SIZE_MAX, &cache),
			 0);
}

static void upper_ways(struct fixture *fixture)
{
	add_cache(edit_rtos(fixture), 8, 8);
	add_cache(edit_guest(fixture), 4, 4);
}

static void no_ways(struct fixture *fixture)
{
	add_cache(edit_rtos(fixture), 8, 0);
}

static void ways_beyond(struct fixture *fixture)
{
	add_cache(edit_rtos(fixture), 12, UINT32_MAX);
}

static void second_cache(struct fixture *fixture)
{
	add_cache(edit_rtos(fixture), 8, 2);
	add_cache(edit_rtos(fixture), 10, 2);
}

static void code_only(struct fixture *fixture)
{
	add_cache(edit_rtos(fixture), 8, 2);
	edit_rtos(fixture)
		->cell.lists[JHCFG_LIST_CACHE]
		.items[0]
		.value.cache.type = JAILHOUSE_CACHE_L3_CODE;
}

static void nothing_left(struct fixture *fixture)
{
	add_cache(edit_rtos(fixture), 8, 8);
	add_cache(edit_guest(fixture), 0, 8);
}

/* --- T01 ------------------------------------------------------------------ */

static void set_virtualization(struct fixture *fixture, uint32_t has)
{
	live(fixture, JHCFG_LIVE_VIRTUALIZATION)->virtualization = has;
}

static void in_el2(struct fixture *fixture)
{
	set_virtualization(fixture, JHCFG_LIVE_EL2);
}

static void in_el1(struct fixture *fixture)
{
	set_virtualization(fixture, JHCFG_LIVE_IOMMU);
}

static void start_kernel(struct fixture *fixture, const char *command_line)
{
	static const struct jhcfg_live_option options[] = {
		{ "CONFIG_HOTPLUG_CPU", "y" },
		{ "CONFIG_KVM", "y" },
	};
	struct jhcfg_live *target = live(
		fixture, JHCFG_LIVE_KERNEL_CONFIG | JHCFG_LIVE_COMMAND_LINE);

	target->kernel_options = options;
	target->num_kernel_options = 2;
	target->command_line = command_line;
}

static void kvm_off(struct fixture *fixture)
{
	start_kernel(fixture, "quiet kvm-arm.mode=none");
}

static void kvm_in_el2(struct fixture *fixture)
{
	start_kernel(fixture, "quiet");
}

static void vmx_and_iommu(struct fixture *fixture)
{
	set_virtualization(fixture, JHCFG_LIVE_VMX | JHCFG_LIVE_IOMMU);
}

static void locked(struct fixture *fixture)
{
	set_virtualization(fixture, JHCFG_LIVE_VMX | JHCFG_LIVE_IOMMU |
					    JHCFG_LIVE_BIOS_LOCK |
					    JHCFG_LIVE_IOMMU_USED);
}

static void nothing_there(struct fixture *fixture)
{
	set_virtualization(fixture, 0);
}

static const char *const kvm_modules[] = { "kvm", "kvm_intel" };

static void kvm_loaded(struct fixture *fixture)
{
	struct jhcfg_live *target = live(fixture, JHCFG_LIVE_MODULES);

	target->modules = kvm_modules;
	target->num_modules = 2;
}

static void kvm_without_driver(struct fixture *fixture)
{
	kvm_loaded(fixture);
	fixture->live.num_modules = 1;
}

/* --- T02, T03, T04 -------------------------------------------------------- */

static void set_machine(struct fixture *fixture, const char *vendor,
			const char *product)
{
	struct jhcfg_live *target =
		live(fixture, JHCFG_LIVE_MACHINE | JHCFG_LIVE_HYPERVISOR_FLAG);

	target->vendor = vendor;
	target->product = product;
	target->in_a_vm = true;
}

static void in_qemu(struct fixture *fixture)
{
	set_machine(fixture, "QEMU", "Standard PC");
}

static void in_virtualbox(struct fixture *fixture)
{
	set_machine(fixture, "innotek GmbH", "VirtualBox");
}

static void in_unknown_vm(struct fixture *fixture)
{
	set_machine(fixture, "ACME", "Cloud");
}

static void set_driver(struct fixture *fixture, const char *driver,
		       const char *kernel)
{
	struct jhcfg_live *target =
		live(fixture, JHCFG_LIVE_MODULE_VERSION | JHCFG_LIVE_RELEASE);

	target->module_version = driver;
	target->kernel_release = kernel;
}

static void established_on_4_19(struct fixture *fixture)
{
	set_driver(fixture, "v0.12", "4.19.0-26-amd64");
}

static void established_on_6_1(struct fixture *fixture)
{
	set_driver(fixture, "v0.12", "6.1.0-26-arm64");
}

static void set_image(struct fixture *fixture, const char *version)
{
	static struct jhcfg_live_image image;

	image = (struct jhcfg_live_image){ .file = "jailhouse.bin",
					   .version = version };
	set_driver(fixture, "0.1.0", "6.1.0-26-arm64");
	live(fixture, JHCFG_LIVE_IMAGES)->images = &image;
	fixture->live.num_images = 1;
}

static void same_version(struct fixture *fixture)
{
	set_image(fixture, "0.1.0");
}

static void other_version(struct fixture *fixture)
{
	set_image(fixture, "0.2.0");
}

static void no_image(struct fixture *fixture)
{
	live(fixture, JHCFG_LIVE_IMAGES);
}

static void no_driver(struct fixture *fixture)
{
	set_driver(fixture, "", "6.1.0-26-arm64");
}

/* --- T05 ------------------------------------------------------------------ */

/* The CPU that the rtos leaves to Linux is in its cluster. */
static void sleep_on(struct fixture *fixture, unsigned int cpu,
		     uint32_t exit_latency_us)
{
	static struct jhcfg_live_idle state;
	struct jhcfg_live *target = live(fixture, JHCFG_LIVE_IDLE_STATES);

	state = (struct jhcfg_live_idle){ cpu, "cluster-sleep", exit_latency_us,
					  false };
	target->idle_states = &state;
	target->num_idle_states = 1;
	jhcfg_config_remove_cpu(edit_rtos(fixture), 4);
}

static void sleep_elsewhere(struct fixture *fixture)
{
	sleep_on(fixture, 0, 1000);
}

static void light_sleep(struct fixture *fixture)
{
	sleep_on(fixture, 4, 10);
}

static void deep_sleep(struct fixture *fixture)
{
	sleep_on(fixture, 4, 1000);
}

/* --- T06 ------------------------------------------------------------------ */

static const char *const zynqmp[] = { "xlnx,zynqmp-firmware" };

static void vendor_firmware(struct fixture *fixture)
{
	device(fixture, "gpio")->compatible = zynqmp;
	remake_board(fixture);
}

static void vendor_firmware_listed(struct fixture *fixture)
{
	const struct jhcfg_pio pio = { 0, 0x40 };

	jhcfg_config_insert_pio(edit_root(fixture), SIZE_MAX, &pio);
	vendor_firmware(fixture);
}

static void vendor_firmware_disabled(struct fixture *fixture)
{
	device(fixture, "gpio")->status = "disabled";
	vendor_firmware(fixture);
}

/* --- T07 ------------------------------------------------------------------ */

/* The target's board is the project's from before its change. */
static void keep_board(struct fixture *fixture)
{
	/* which undo needs, and so keeps */
	live(fixture, 0)->board = jhcfg_workspace_board(fixture->workspace);
	remake_board(fixture);
}

static void same_board(struct fixture *fixture)
{
	keep_board(fixture);
}

static void more_memory(struct fixture *fixture)
{
	fixture->spec.memories[0].range.size += 0x100000;
	keep_board(fixture);
}

static void function_gone(struct fixture *fixture)
{
	fixture->spec.num_pci_functions--;
	keep_board(fixture);
}

static void set_fingerprints(struct fixture *fixture, const char *ours,
			     const char *theirs)
{
	jhcfg_attrs_add(&edit_root(fixture)->system.attrs, "/fingerprint",
			ours);
	live(fixture, JHCFG_LIVE_FINGERPRINT)->fingerprint = theirs;
}

static void same_fingerprint(struct fixture *fixture)
{
	set_fingerprints(fixture, "\"4711\"", "4711");
}

static void other_fingerprint(struct fixture *fixture)
{
	set_fingerprints(fixture, "\"4711\"", "0815");
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_other[] = {
	CASE("U01", sample_arm64, give_ethernet_with_stream, give_ethernet),
	CASE("U01", sample_arm64, NULL, stream_of_two),
	CASE("U01", sample_arm64, NULL, stream_twice),
	CASE("U01", sample_arm64, masks_apart, masks_meet),
	CASE("U02", sample_x86, upper_ways, no_ways),
	CASE("U02", sample_x86, upper_ways, ways_beyond),
	CASE("U02", sample_x86, NULL, second_cache),
	CASE("U02", sample_x86, NULL, code_only),
	CASE("U02", sample_x86, NULL, nothing_left),
	CASE("T01", sample_arm64, in_el2, in_el1),
	CASE_ALSO("T01", sample_arm64, kvm_off, kvm_in_el2, "V11"),
	CASE("T01", sample_x86, vmx_and_iommu, locked),
	CASE("T01", sample_x86, vmx_and_iommu, nothing_there),
	CASE("T01", sample_x86, kvm_without_driver, kvm_loaded),
	CASE("T02", sample_x86, in_qemu, in_virtualbox),
	CASE("T02", sample_x86, in_qemu, in_unknown_vm),
	CASE("T03", sample_arm64, established_on_4_19, established_on_6_1),
	CASE("T04", sample_arm64, same_version, other_version),
	CASE("T04", sample_arm64, same_version, no_image),
	CASE("T04", sample_arm64, same_version, no_driver),
	CASE_ALSO("T05", sample_arm64, sleep_elsewhere, deep_sleep, "C07"),
	CASE_ALSO("T05", sample_arm64, light_sleep, deep_sleep, "C07"),
	CASE("T06", sample_arm64, vendor_firmware_disabled, vendor_firmware),
	CASE("T06", sample_arm64, vendor_firmware_listed, vendor_firmware),
	CASE("T07", sample_arm64, same_board, more_memory),
	CASE("T07", sample_x86, same_board, function_gone),
	CASE("T07", sample_arm64, same_fingerprint, other_fingerprint),
	END_OF_CASES,
};
/* clang-format on */
