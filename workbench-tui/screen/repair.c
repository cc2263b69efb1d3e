// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/repair.h"

#define PART_OF_LINE 4 /* a quarter */

void tui_repair_init(struct tui_repair *repair, unsigned int bytes_s)
{
	*repair = (struct tui_repair){ .bytes_s = bytes_s };
}

void tui_repair_look(struct tui_repair *repair, const struct tui_model *model)
{
	const uint64_t console = model->console_bytes.total;

	if (!repair->bytes_s)
		return;
	/* when it begins and ends, the hypervisor speaks, too, and nobody
	 * counts that */
	if (repair->looked &&
	    (repair->attach != model->attach || repair->console != console))
		repair->wanted = true;
	repair->looked = true;
	repair->attach = model->attach;
	repair->console = console;
}

bool tui_repair_due(struct tui_repair *repair, uint64_t now_ms, size_t bytes)
{
	if (!repair->wanted || now_ms < repair->not_before_ms)
		return false;
	repair->wanted = false;
	repair->not_before_ms = now_ms + (uint64_t)bytes * PART_OF_LINE * 1000 /
						 repair->bytes_s;
	return true;
}

int tui_repair_wait_ms(const struct tui_repair *repair, uint64_t now_ms)
{
	if (!repair->wanted)
		return -1;
	if (now_ms >= repair->not_before_ms)
		return 0;
	return repair->not_before_ms - now_ms > INT32_MAX
		       ? INT32_MAX
		       : (int)(repair->not_before_ms - now_ms);
}
