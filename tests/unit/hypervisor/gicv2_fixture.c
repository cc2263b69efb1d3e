// SPDX-License-Identifier: GPL-2.0-or-later
#include "gicv2_fixture.h"

#define IIDR_GIC400 0x0202043bU
#define PIDR2_GICV2 0x2bU
#define VTR_4_LRS   0x90000003U

char *fake_gicd, *fake_gicc, *fake_gich, *fake_gicv;

void gicv2_set_up_registers(void)
{
	fake_gicd = host_device(HOST_GICD_BASE, 0x10000);
	fake_gicc = host_device(GICC_BASE, GICC_SIZE);
	fake_gich = host_device(GICH_BASE, GICH_SIZE);
	fake_gicv = host_device(GICV_BASE, GICC_SIZE);
	*gicd32(GICD_TYPER) = (HOST_MAX_INTID + 1) / 32 - 1;
	*gicd32(GICV2_PIDR2) = PIDR2_GICV2;
	*gicc32(GICC_IIDR) = IIDR_GIC400;
	*gicc32(GICC_RPR) = 0xff;
	*(u32 *)(void *)(fake_gicv + GICC_IIDR) = IIDR_GIC400;
	*gich32(GICH_VTR) = VTR_4_LRS;
	gicv2_refresh();
}

void gicv2_refresh(void)
{
	u32 empty = 0, ended = 0;

	for (unsigned int n = 0; n < GICV2_LRS; n++) {
		u32 lr = *lr32(n);

		if (lr & (GICV2_LR_PENDING | GICV2_LR_ACTIVE))
			continue;
		if (lr & GICV2_LR_EOI && !(lr & GICV2_LR_HW))
			ended |= 1U << n;
		else
			empty |= 1U << n;
	}
	*gich32(GICH_EISR) = ended;
	*gich32(GICH_ELRSR) = empty;
}

void gicv2_on_cpu(unsigned int id, void (*function)(void *arg), void *arg)
{
	memset(fake_gicd + GICD_ITARGETSR, 1 << id, 32);
	host_on_cpu(id, function, arg);
}

static void init_cpu(void *arg)
{
	(void)arg;
	assert_int_equal(gicv2_cpu_ops.init(this_cpu()), 0);
}

int gicv2_setup(void **state)
{
	(void)state;
	machine_reset_configs();
	machine_system.head.platform_info.arm.gic_version = 2;
	machine_system.head.platform_info.arm.gicc_base = GICC_BASE;
	machine_system.head.platform_info.arm.gich_base = GICH_BASE;
	machine_system.head.platform_info.arm.gicv_base = GICV_BASE;
	host_boot_hook = gicv2_set_up_registers;
	machine_boot();
	for (unsigned int cpu = 0; cpu < MACHINE_CPUS; cpu++)
		gicv2_on_cpu(cpu, init_cpu, NULL);
	assert_int_equal(machine_create(&machine_cell), 0);
	return 0;
}
