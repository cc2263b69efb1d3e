// SPDX-License-Identifier: LGPL-2.1-or-later
#include "util/bytes.h"

#include <assert.h>

uint64_t jhcfg_get_member(const void *from, size_t width)
{
	uint64_t u64;
	uint32_t u32;
	uint16_t u16;
	uint8_t u8;

	switch (width) {
	case 8:
		memcpy(&u64, from, 8);
		return u64;
	case 4:
		memcpy(&u32, from, 4);
		return u32;
	case 2:
		memcpy(&u16, from, 2);
		return u16;
	default:
		assert(width == 1);
		memcpy(&u8, from, 1);
		return u8;
	}
}

void jhcfg_put_member(void *to, size_t width, uint64_t value)
{
	uint32_t u32 = (uint32_t)value;
	uint16_t u16 = (uint16_t)value;
	uint8_t u8 = (uint8_t)value;

	assert(value <= jhcfg_width_max(width));
	switch (width) {
	case 8:
		memcpy(to, &value, 8);
		break;
	case 4:
		memcpy(to, &u32, 4);
		break;
	case 2:
		memcpy(to, &u16, 2);
		break;
	default:
		assert(width == 1);
		memcpy(to, &u8, 1);
	}
}
