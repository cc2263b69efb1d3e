// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What arm64 needs. The facts about kernels (which command line leaves EL2
 * free) were measured on Debian's 6.1 and 6.12.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "devicetree.h"
#include "free_memory.h"
#include "hardware.h"
#include "paths.h"

#define KEEP_EL2 "id_aa64mmfr1.vh=0 kvm-arm.mode=none"

/* From the first line that every boot logs: nothing was overwritten. */
static bool log_is_complete(const struct hardware_machine *machine)
{
	return strstr(machine->log, "Booting Linux on physical CPU") != NULL;
}

static bool path_exists(const char *path)
{
	char *full = paths_make("%s", path);
	bool exists = full && access(full, F_OK) == 0;

	free(full);
	return exists;
}

static void check_cpus(const struct hardware_machine *machine,
		       struct hardware_result *result)
{
	char *present;

	(void)machine;
	if (paths_read_line(&present, "/sys/devices/system/cpu/present")) {
		hardware_unknown(result, "mount /sys");
		return;
	}
	if (strpbrk(present, "-,"))
		hardware_ok(result, "CPUs %s", present);
	else
		hardware_missing(result,
				 "there is no CPU that a cell could have",
				 "CPU %s", present);
	free(present);
}

static void check_el2(const struct hardware_machine *machine,
		      struct hardware_result *result)
{
	if (machine->enabled)
		hardware_ok(result, "the hypervisor runs");
	else if (strstr(machine->log, "started at EL2"))
		hardware_ok(result, "all CPUs");
	else if (strstr(machine->log, "started at EL1") ||
		 strstr(machine->log, "started in inconsistent modes"))
		hardware_missing(
			result,
			"let firmware or boot loader start the kernel in EL2; "
			"with QEMU: -M virt,virtualization=on",
			"the kernel was started in EL1");
	else
		hardware_unknown(
			result, "the kernel's log (dmesg) no longer tells, or "
				"this is not root; \"jailhouse enable\" probes "
				"before it changes anything");
}

static void check_vhe(const struct hardware_machine *machine,
		      struct hardware_result *result)
{
	if (machine->enabled)
		hardware_ok(result, "the hypervisor runs");
	else if (strstr(machine->log, "Virtualization Host Extensions"))
		hardware_missing(result,
				 "add to the kernel command line: " KEEP_EL2,
				 "the kernel itself runs in EL2 (VHE)");
	else if (hardware_parameter_is(machine, "id_aa64mmfr1.vh", "0") ||
		 hardware_parameter_is(machine, "kvm-arm.mode", "nvhe"))
		hardware_ok(result, "by the kernel command line");
	else if (log_is_complete(machine))
		hardware_ok(result, "no VHE");
	else
		hardware_unknown(result,
				 "the kernel's log (dmesg) no longer tells; "
				 "id_aa64mmfr1.vh=0 on its command line is "
				 "always right");
}

/* Kernels from here on give EL2 to KVM when it is loaded, not when a virtual
 * machine starts. */
static bool kvm_takes_el2_early(const struct hardware_machine *machine)
{
	unsigned int major = 0, minor = 0;

	if (sscanf(machine->release, "%u.%u", &major, &minor) != 2)
		return true;
	if (hardware_parameter_is(machine, "kvm.enable_virt_at_load", "0"))
		return false;
	return major > 6 || (major == 6 && minor >= 12);
}

static void check_kvm(const struct hardware_machine *machine,
		      struct hardware_result *result)
{
	static const char advice[] =
		"add to the kernel command line: kvm-arm.mode=none";

	if (machine->enabled)
		hardware_ok(result, "the hypervisor runs");
	else if (hardware_parameter_is(machine, "kvm-arm.mode", "none"))
		hardware_ok(result, "KVM is off");
	else if (hardware_parameter_is(machine, "kvm-arm.mode", "protected"))
		hardware_missing(result, advice, "protected KVM");
	else if (!path_exists("/dev/kvm"))
		hardware_ok(result, "no KVM");
	else if (kvm_takes_el2_early(machine))
		hardware_missing(result, advice, "KVM holds EL2");
	else
		hardware_ok(result, "KVM is there; run no virtual machine");
}

static void check_gic(const struct hardware_machine *machine,
		      struct hardware_result *result)
{
	if (!machine->gic)
		hardware_missing(result,
				 "start the kernel with a device tree that has "
				 "a GIC",
				 "no GIC in the device tree");
	else
		hardware_ok(result, "GICv%u", machine->gic_version);
}

/* The maintenance interrupt is the only property "interrupts" of a GIC. */
static void check_gic_virtualization(const struct hardware_machine *machine,
				     struct hardware_result *result)
{
	if (machine->gic && devicetree_has(machine->gic, "interrupts"))
		hardware_ok(result, "maintenance interrupt");
	else
		hardware_missing(result,
				 "the device tree names no maintenance "
				 "interrupt of the GIC; with QEMU: -M "
				 "virt,virtualization=on",
				 "none");
}

static void check_its(const struct hardware_machine *machine,
		      struct hardware_result *result)
{
	if (machine->gic &&
	    devicetree_has_below(machine->gic, "arm,gic-v3-its"))
		hardware_missing(result,
				 "LPIs (MSIs through an ITS) are not "
				 "partitioned: let PCI devices of cells use "
				 "INTx; with QEMU: -M virt,its=off",
				 "ITS");
	else
		hardware_ok(result, "%s", "");
}

static void check_psci(const struct hardware_machine *machine,
		       struct hardware_result *result)
{
	char *method = devicetree_string("/psci", "method");

	(void)machine;
	if (method && !strcmp(method, "smc"))
		hardware_ok(result, "by SMC");
	else
		hardware_missing(result,
				 "CPUs can change cells only if firmware "
				 "offers PSCI (TF-A does) by SMC",
				 "%s", method ? method : "none");
	free(method);
}

static void check_hotplug(const struct hardware_machine *machine,
			  struct hardware_result *result)
{
	char *offline_cpus;

	(void)machine;
	if (!path_exists("/sys/devices/system/cpu/cpu1/online")) {
		hardware_missing(result, "use a kernel with CONFIG_HOTPLUG_CPU",
				 "CPUs cannot be taken offline");
		return;
	}
	if (!machine->enabled &&
	    !paths_read_line(&offline_cpus,
			     "/sys/devices/system/cpu/offline")) {
		bool has_offline = *offline_cpus != '\0';

		if (has_offline)
			hardware_missing(result,
					 "bring them online before enabling, "
					 "or leave them out of the root cell",
					 "offline: %s", offline_cpus);
		free(offline_cpus);
		if (has_offline)
			return;
	}
	hardware_ok(result, "%s", "");
}

static void check_memory(const struct hardware_machine *machine,
			 struct hardware_result *result)
{
	struct devicetree_range banks[32];
	struct devicetree_range hole;
	size_t count = devicetree_memory(banks, 32);

	switch (free_memory_find(banks, count, machine->iomem, &hole)) {
	case FREE_MEMORY_FOUND:
		hardware_ok(result, "0x%" PRIx64 "-0x%" PRIx64, hole.start,
			    hole.start + hole.size - 1);
		break;
	case FREE_MEMORY_NONE:
		hardware_missing(result,
				 "keep some from Linux: mem=SIZE on the kernel "
				 "command line, or a reserved-memory node with "
				 "no-map in the device tree",
				 "Linux uses all memory");
		break;
	case FREE_MEMORY_UNKNOWN:
		hardware_unknown(result,
				 "run this as root: /proc/iomem hides its "
				 "addresses, or there is no device tree");
		break;
	}
}

static void check_driver(const struct hardware_machine *machine,
			 struct hardware_result *result)
{
	char *dep;
	bool installed = false;

	if (path_exists("/sys/module/jailhouse")) {
		hardware_ok(result, "loaded");
		return;
	}
	if (!paths_read(&dep, NULL, "/lib/modules/%s/modules.dep",
			machine->release)) {
		installed = strstr(dep, "/jailhouse.ko") != NULL;
		free(dep);
	}
	if (installed)
		hardware_ok(result, "installed; load it: modprobe jailhouse");
	else
		hardware_missing(result,
				 "install jailhouse.ko for this kernel, then "
				 "run depmod",
				 "not installed for %s", machine->release);
}

static void check_firmware(const struct hardware_machine *machine,
			   struct hardware_result *result)
{
	static const char signature[] = "JAILHOUS";
	char *image;
	size_t size;

	(void)machine;
	if (paths_read(&image, &size, "/lib/firmware/jailhouse.bin")) {
		hardware_missing(result, "install /lib/firmware/jailhouse.bin",
				 "not installed");
		return;
	}
	if (size > strlen(signature) &&
	    !memcmp(image, signature, strlen(signature)))
		hardware_ok(result, "%zu bytes", size);
	else
		hardware_missing(result,
				 "install the one that was built with the "
				 "driver",
				 "/lib/firmware/jailhouse.bin is no "
				 "hypervisor image");
	free(image);
}

const struct hardware_check hardware_arm64_checks[] = {
	{ "More than one CPU", false, check_cpus },
	{ "Kernel started in EL2", false, check_el2 },
	{ "Kernel left EL2 (no VHE)", false, check_vhe },
	{ "EL2 not held by KVM", false, check_kvm },
	{ "GIC version", false, check_gic },
	{ "GIC virtualization", false, check_gic_virtualization },
	{ "No interrupts by ITS", true, check_its },
	{ "PSCI", false, check_psci },
	{ "CPU hotplug", false, check_hotplug },
	{ "Memory kept from Linux", false, check_memory },
	{ "Driver", false, check_driver },
	{ "Hypervisor image", false, check_firmware },
	{ 0 },
};
