// SPDX-License-Identifier: GPL-2.0-or-later
#include "explain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

/* Any request may fail like this. */
#define ANY_REQUEST DEVICE_NUM_REQUESTS

struct cause {
	enum device_request request;
	int err;
	const char *text;
	const char *rules; /* that find it beforehand: "F01 H02"; or NULL */
};

/* The first row that fits counts. */
static const struct cause causes[] = {
	{ DEVICE_ENABLE, EINVAL,
	  "the lines above name the entry if the configuration was refused "
	  "(wrong file, revision or architecture; a region that overlaps "
	  "another or the hypervisor). Without such a line: the hypervisor's "
	  "memory is too small for image, CPUs and configuration, or the "
	  "online CPUs differ from the root cell's",
	  "F01 F02 F04 H01 H02 C03 C05 I02 I09 P11" },
	{ DEVICE_ENABLE, EBUSY,
	  "it is enabled already (cat /sys/devices/jailhouse/enabled), or "
	  "KVM holds EL2: boot with kvm-arm.mode=none id_aa64mmfr1.vh=0",
	  "T01" },
	{ DEVICE_ENABLE, ENODEV,
	  "the processor was not started in EL2, or the GIC is not what the "
	  "configuration says; run: jailhouse hardware check",
	  "T01 I09" },
	{ DEVICE_ENABLE, ENOENT,
	  "the hypervisor image is missing: install /lib/firmware/"
	  "jailhouse.bin",
	  "T04" },
	{ DEVICE_ENABLE, ENOMEM,
	  "the page pool is too small: give hypervisor_memory more",
	  "H02 H03 H05" },
	{ DEVICE_ENABLE, EIO,
	  "a processor feature is missing; run: jailhouse "
	  "hardware check",
	  "T01" },
	{ DEVICE_ENABLE, EFAULT,
	  "the file is shorter than its own counts say: compile it again",
	  "F03" },
	{ DEVICE_ENABLE, ETIMEDOUT,
	  "not all CPUs entered in time; everything was undone", NULL },
	{ DEVICE_DISABLE, EBUSY,
	  "a CPU of the root cell is offline, or a cell refuses to end: bring "
	  "all CPUs online (/sys/devices/system/cpu/cpu*/online)",
	  NULL },
	{ DEVICE_DISABLE, EPERM,
	  "a cell denied its shutdown request; ask again or shut it down "
	  "first: jailhouse cell shutdown",
	  NULL },
	{ DEVICE_CELL_CREATE, EBUSY,
	  "a CPU of the cell does not belong to the root now, or this "
	  "command runs on the last one: see jailhouse cell list",
	  "C01 C02 C03 V02" },
	{ DEVICE_CELL_CREATE, EEXIST,
	  "a cell of this name exists: see jailhouse cell list", "F05" },
	{ DEVICE_CELL_CREATE, EINVAL,
	  "the line above names the entry if the configuration was refused. "
	  "Otherwise: not enabled, or not a configuration of a cell for this "
	  "architecture",
	  "F01 F02 C04 H04 M01 M02 V01 V03 V04 U01 U02 I02" },
	{ DEVICE_CELL_CREATE, E2BIG,
	  "the configuration is longer than 64 KiB: merge regions", "F06 I07" },
	{ DEVICE_CELL_CREATE, ERANGE,
	  "an address is wider than this processor's physical addresses",
	  "M13 P10" },
	{ DEVICE_CELL_CREATE, EPERM,
	  "a cell that is \"running/locked\" vetoes changes: shut it down "
	  "first",
	  NULL },
	{ DEVICE_CELL_CREATE, ENOMEM,
	  "the page pool is exhausted: give hypervisor_memory more", "H03" },
	{ DEVICE_CELL_DESTROY, EPERM,
	  "the cell denied its shutdown request, or another one is "
	  "\"running/locked\"; try again, or shut that one down first",
	  "B07" },
	{ DEVICE_CELL_LOAD, EINVAL,
	  "an image does not lie within one region of the cell that is "
	  "LOADABLE and WRITE; mind the address (-a)",
	  "B03 B04 M15" },
	{ DEVICE_CELL_LOAD, EPERM,
	  "the cell denied its shutdown request; ask again", NULL },
	{ DEVICE_CELL_SHUTDOWN, EPERM,
	  "the cell denied its shutdown request; ask again", NULL },
	{ DEVICE_CELL_SHUTDOWN, EINVAL,
	  "the root cell cannot be shut down; or it is not enabled", NULL },
	{ DEVICE_CELL_START, EPERM,
	  "the cell runs and denied its shutdown request; ask again", NULL },
	{ DEVICE_DISABLE, EINVAL, "it is not enabled", NULL },
	{ ANY_REQUEST, ENOENT, "no such cell: see jailhouse cell list", NULL },
	{ ANY_REQUEST, EINVAL,
	  "the root cell cannot be addressed, or it is not enabled: "
	  "cat /sys/devices/jailhouse/enabled",
	  NULL },
	{ ANY_REQUEST, EINTR, "a signal came while another request ran", NULL },
	{ ANY_REQUEST, ENOTTY,
	  "the driver does not know the request: the jailhouse program and "
	  "the module are of different versions",
	  NULL },
};

static const char *const steps[DEVICE_NUM_REQUESTS] = {
	[DEVICE_ENABLE] = "enabling the hypervisor",
	[DEVICE_DISABLE] = "disabling the hypervisor",
	[DEVICE_CELL_CREATE] = "creating the cell",
	[DEVICE_CELL_LOAD] = "loading the cell",
	[DEVICE_CELL_START] = "starting the cell",
	[DEVICE_CELL_SHUTDOWN] = "shutting down the cell",
	[DEVICE_CELL_DESTROY] = "destroying the cell",
};

const char *explain_cause(enum device_request request, int err)
{
	for (size_t n = 0; n < sizeof(causes) / sizeof(causes[0]); n++) {
		const struct cause *cause = &causes[n];

		if ((cause->request == request ||
		     cause->request == ANY_REQUEST) &&
		    cause->err == abs(err))
			return cause->text;
	}
	return "the kernel log may say more: dmesg | tail";
}

void explain_errno(FILE *out, int err)
{
	bool any = false;

	for (size_t n = 0; n < sizeof(causes) / sizeof(causes[0]); n++) {
		const struct cause *cause = &causes[n];

		if (cause->err != abs(err))
			continue;
		any = true;
		fprintf(out, "%s:\n  %s\n",
			cause->request == ANY_REQUEST ? "any request"
						      : steps[cause->request],
			cause->text);
		if (cause->rules)
			fprintf(out, "  found beforehand by: %s\n",
				cause->rules);
	}
	if (!any)
		fprintf(out, "no request is known to fail like this; the "
			     "kernel log may say more: dmesg | tail\n");
}

void explain_request(enum device_request request, int err)
{
	const char *name = strerrorname_np(abs(err));

	output_hint("%s failed (%s): %s", steps[request], name ? name : "?",
		    explain_cause(request, err));
}

void explain_open(int err)
{
	switch (abs(err)) {
	case ENOENT:
		output_hint("the driver is not loaded: modprobe jailhouse");
		break;
	case EACCES:
	case EPERM:
		output_hint("this needs root");
		break;
	default:
		break;
	}
}
