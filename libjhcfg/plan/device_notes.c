// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a device needs that stays where it is, and what may not work. */
#include <string.h>

#include "plan/device.h"

static const struct {
	const char *noun, *why;
} refs[] = {
	[JHCFG_REF_CLOCK] = { "clock",
			      "Linux gates clocks that it does not use: keep "
			      "it running" },
	[JHCFG_REF_POWER] = { "power domain",
			      "Linux turns off what it does not use" },
	[JHCFG_REF_RESET] = { "reset", "Linux must not pull it" },
	[JHCFG_REF_PINCTRL] = { "pins", "Linux sets them up" },
	[JHCFG_REF_DMA] = { "DMA channel", "of a controller that Linux has" },
	[JHCFG_REF_PHY] = { "PHY", "Linux sets it up" },
	[JHCFG_REF_REGULATOR] = { "regulator",
				  "Linux turns off what it does not use" },
	[JHCFG_REF_IOMMU] = { NULL, NULL },
	[JHCFG_REF_MSI] = { "MSI controller", "the cell gets no messages" },
	[JHCFG_REF_OTHER] = { "device", "it refers to it" },
};

static int note_ref(struct giving *giving, const struct jhcfg_hw_ref *ref)
{
	const struct jhcfg_hw_device *provider =
		jhcfg_board_device(giving->board, ref->device);
	bool named;

	if (ref->kind >= sizeof(refs) / sizeof(refs[0]) ||
	    !refs[ref->kind].noun || !provider)
		return 0;
	named = *ref->name;
	return plan_note(giving->plan, JHCFG_PLAN_NOTE, giving->cell,
			 refs[ref->kind].why, "%s %s%s%s%s stays with root",
			 refs[ref->kind].noun, provider->name,
			 named ? " (" : "", named ? ref->name : "",
			 named ? ")" : "");
}

int plan_note_surroundings(struct giving *giving)
{
	const struct jhcfg_hw_device *device = giving->device;
	struct jhcfg_plan *plan = giving->plan;
	const struct jhcfg_console *debug =
		jhcfg_system_debug_console(plan_system(plan));
	int err = 0;

	for (size_t n = 0; !err && n < device->num_refs; n++)
		err = note_ref(giving, &device->refs[n]);
	if (!err && !strcmp(device->status, "disabled"))
		err = plan_note(plan, JHCFG_PLAN_NOTE, giving->cell,
				"Linux leaves it alone, and so its clocks and "
				"pins: whoever drives it sets them up",
				"%s is disabled in the device tree",
				device->name);
	if (!err && device->boot_console)
		err = plan_note(plan, JHCFG_PLAN_WARNING, giving->cell,
				"Linux must not use it any more",
				"%s is the console of Linux", device->name);
	if (!err && device->num_windows && debug->type &&
	    debug->address == device->windows[0].start)
		err = plan_note(plan, JHCFG_PLAN_WARNING, giving->cell,
				"their lines come out mixed",
				"the hypervisor prints on %s, too",
				device->name);
	if (!err && device->dma && !device->num_stream_ids)
		err = plan_note(plan, JHCFG_PLAN_WARNING, giving->cell,
				"no IOMMU stands between it and memory: the "
				"cell's RAM must be mapped 1:1",
				"%s reads and writes memory by itself",
				device->name);
	return err;
}
