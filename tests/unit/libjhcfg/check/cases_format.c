// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>
#include <string.h>

/* --- F02 ------------------------------------------------------------------ */

static void aarch32_guest(struct fixture *fixture)
{
	struct jhcfg_config *config = edit_rtos(fixture);

	jhcfg_config_set_cell_flags(config, JAILHOUSE_CELL_AARCH32);
}

static void cell_of_32_bit(struct fixture *fixture)
{
	jhcfg_config_set_architecture(edit_rtos(fixture), JAILHOUSE_ARM);
}

/* --- F05 ------------------------------------------------------------------ */

static void longest_name(struct fixture *fixture)
{
	jhcfg_config_set_name(edit_rtos(fixture),
			      "a-name-that-has-31-characters--");
}

static void same_names(struct fixture *fixture)
{
	jhcfg_config_set_name(edit_guest(fixture), "rtos");
}

static void no_name(struct fixture *fixture)
{
	edit_rtos(fixture)->cell.name[0] = 0;
}

static void control_characters(struct fixture *fixture)
{
	strcpy(edit_rtos(fixture)->cell.name, "rt\x1b[31m\tos");
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_format[] = {
	CASE("F02", sample_arm64, aarch32_guest, cell_of_32_bit),
	CASE("F05", sample_arm64, longest_name,  same_names),
	CASE("F05", sample_arm64, NULL,          no_name),
	CASE("F05", sample_arm64, NULL,          control_characters),
	END_OF_CASES,
};
/* clang-format on */
