// SPDX-License-Identifier: LGPL-2.1-or-later
/* T01 to T04: whether the target can run a hypervisor, and ours. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <jailhouse/cell-config.h>

#include "check/other.h"

static const struct found at_target = { .element = JHCFG_AT_TARGET };

static void __attribute__((format(printf, 3, 4)))
report(struct check *check, const char *advice, const char *format, ...)
{
	const struct found found = {
		.element = JHCFG_AT_TARGET,
		.advice = advice,
	};
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	check_report(check, &found, "%s", text);
}

/* --- T01 ------------------------------------------------------------------ */

/* KVM is part of arm64 kernels, and takes EL2 unless told not to. */
static bool kvm_takes_el2(const struct jhcfg_live *target)
{
	return jhcfg_live_knows(target, JHCFG_LIVE_COMMAND_LINE) &&
	       jhcfg_live_knows(target, JHCFG_LIVE_KERNEL_CONFIG) &&
	       !strcmp(jhcfg_live_kernel_option(target, "CONFIG_KVM"), "y") &&
	       !strstr(target->command_line, "kvm-arm.mode=none");
}

static void judge_arm(struct check *check, const struct jhcfg_live *target)
{
	if (jhcfg_live_knows(target, JHCFG_LIVE_VIRTUALIZATION) &&
	    !(target->virtualization & JHCFG_LIVE_EL2))
		report(check,
		       "use firmware that starts the kernel in EL2 (HYP mode)",
		       "the target's kernel was not started in EL2");
	if (check->architecture == JAILHOUSE_ARM64 && kvm_takes_el2(target))
		report(check, "boot with kvm-arm.mode=none id_aa64mmfr1.vh=0",
		       "KVM holds EL2 on the target");
}

static void judge_x86(struct check *check, const struct jhcfg_live *target)
{
	const uint32_t has = target->virtualization;

	if (!(has & (JHCFG_LIVE_VMX | JHCFG_LIVE_SVM)))
		report(check, "use another machine, or switch it on",
		       "the target's processor offers neither VT-x nor SVM");
	if (has & JHCFG_LIVE_BIOS_LOCK)
		report(check,
		       "switch virtualization on in the firmware's setup",
		       "the target's firmware has locked VT-x or SVM");
	if (!(has & JHCFG_LIVE_IOMMU))
		report(check,
		       "switch VT-d or AMD-Vi on in the firmware's setup",
		       "the target shows no IOMMU");
	if (has & JHCFG_LIVE_IOMMU_USED)
		report(check, "boot with intel_iommu=off or amd_iommu=off",
		       "Linux uses the target's IOMMU");
}

void check_virtualization(struct check *check, const struct check_cell *root)
{
	static const char *const modules[] = { "kvm_intel", "kvm_amd" };
	const struct jhcfg_live *target = check->live;

	(void)root;
	if (!check_is_x86(check)) {
		judge_arm(check, target);
		return;
	}
	if (jhcfg_live_knows(target, JHCFG_LIVE_VIRTUALIZATION))
		judge_x86(check, target);
	for (size_t n = 0; jhcfg_live_knows(target, JHCFG_LIVE_MODULES) &&
			   n < sizeof(modules) / sizeof(modules[0]);
	     n++)
		if (jhcfg_live_has_module(target, modules[n]))
			report(check, "unload it: rmmod",
			       "module %s is loaded on the target, and holds "
			       "VT-x or SVM",
			       modules[n]);
}

/* --- T02 ------------------------------------------------------------------ */

void check_nested(struct check *check, const struct check_cell *root)
{
	static const char *const others[] = { "VMware", "innotek", "VirtualBox",
					      "Microsoft", "Xen" };
	const struct jhcfg_live *target = check->live;
	const char *vendor = "", *product = "";

	(void)root;
	if (jhcfg_live_knows(target, JHCFG_LIVE_MACHINE)) {
		vendor = target->vendor;
		product = target->product;
	}
	/* the one that passes on all that is needed */
	if (strcasestr(vendor, "QEMU") || strcasestr(product, "QEMU") ||
	    strcasestr(product, "KVM"))
		return;
	for (size_t n = 0; n < sizeof(others) / sizeof(others[0]); n++)
		if (jhcfg_live_knows(target, JHCFG_LIVE_HYPERVISOR_FLAG) &&
		    target->in_a_vm &&
		    (strcasestr(vendor, others[n]) ||
		     strcasestr(product, others[n]))) {
			check_report(check, &at_target,
				     "the target is a virtual machine of %s %s",
				     vendor, product);
			return;
		}
	if (jhcfg_live_knows(target, JHCFG_LIVE_HYPERVISOR_FLAG) &&
	    target->in_a_vm)
		check_report(check, &at_target,
			     "the target is a virtual machine");
}

/* --- T03 ------------------------------------------------------------------ */

/* What broke the established driver, which calls itself v0.something. */
static const struct {
	unsigned int major, minor; /* kernels from this one on */
	const char *what;
} breaks[] = {
	{ 6, 0, "changed the functions that apply device tree overlays" },
	{ 5, 15, "maps the hypervisor's image without the right to execute" },
	{ 5, 7, "exports neither cpu_up and cpu_down nor symbol look-up" },
};

void check_kernel(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_live *target = check->live;
	unsigned int major, minor;

	(void)root;
	if (!jhcfg_live_knows(target, JHCFG_LIVE_RELEASE) ||
	    !jhcfg_live_knows(target, JHCFG_LIVE_MODULE_VERSION) ||
	    strncasecmp(target->module_version, "v0.", 3) != 0 ||
	    sscanf(target->kernel_release, "%u.%u", &major, &minor) != 2)
		return;
	for (size_t n = 0; n < sizeof(breaks) / sizeof(breaks[0]); n++)
		if (major > breaks[n].major ||
		    (major == breaks[n].major && minor >= breaks[n].minor)) {
			check_report(
				check, &at_target,
				"the target's driver %s does not work with "
				"kernel %s, which %s",
				target->module_version, target->kernel_release,
				breaks[n].what);
			return;
		}
}

/* --- T04 ------------------------------------------------------------------ */

static const struct jhcfg_live_image *find_image(const struct check *check)
{
	const struct jhcfg_live *target = check->live;

	for (size_t n = 0; n < target->num_images; n++) {
		const char *file = target->images[n].file;

		if (!strcmp(file, "jailhouse.bin") ||
		    (check_is_x86(check) &&
		     (!strcmp(file, "jailhouse-intel.bin") ||
		      !strcmp(file, "jailhouse-amd.bin"))))
			return &target->images[n];
	}
	return NULL;
}

void check_installed(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_live *target = check->live;
	const struct jhcfg_live_image *image;

	(void)root;
	if (jhcfg_live_knows(target, JHCFG_LIVE_MODULE_VERSION) &&
	    !*target->module_version && !target->module_revision)
		report(check, "install the driver for the target's kernel",
		       "the target has no driver (jailhouse.ko)");
	if (!jhcfg_live_knows(target, JHCFG_LIVE_IMAGES))
		return;
	image = find_image(check);
	if (!image)
		report(check, NULL,
		       "the target has no hypervisor (jailhouse.bin in its "
		       "firmware path)");
	else if (jhcfg_live_knows(target, JHCFG_LIVE_MODULE_VERSION) &&
		 *target->module_version && *image->version &&
		 strcmp(target->module_version, image->version) != 0)
		report(check, NULL,
		       "the target's driver is of version %s, its %s of %s",
		       target->module_version, image->file, image->version);
}
