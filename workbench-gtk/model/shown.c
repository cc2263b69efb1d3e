// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/shown.h"

#include <inttypes.h>

#include "model/number.h"
#include "model/preferences.h"

static char *shown(JhwPreference which, uint64_t number)
{
	return jhw_preference(which) == 16 ? jhw_number_hex_text(number)
					   : g_strdup_printf("%" PRIu64, number);
}

char *jhw_shown_address(uint64_t address)
{
	return shown(JHW_PREFERENCE_ADDRESSES, address);
}

char *jhw_shown_range(uint64_t first, uint64_t last)
{
	g_autofree char *from = jhw_shown_address(first), *to = jhw_shown_address(last);

	return g_strdup_printf("%s-%s", from, to);
}

int jhw_shown_how(void)
{
	return jhw_preference(JHW_PREFERENCE_ADDRESSES) * 100 +
	       jhw_preference(JHW_PREFERENCE_INTERRUPTS);
}

char *jhw_shown_irq(uint64_t number)
{
	return shown(JHW_PREFERENCE_INTERRUPTS, number);
}
