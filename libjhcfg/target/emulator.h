/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_TARGET_EMULATOR_H
#define JHCFG_TARGET_EMULATOR_H

/*
 * The program that starts emulated boards, freed by free(): JAILHOUSE_EMU in
 * the environment, that of the checkout JHW_TOP, or the installed one. NULL:
 * there is none.
 */
char *target_find_emulator(void);
/* What to do then. */
#define TARGET_NO_EMULATOR                                                     \
	"name tools/emu.sh of a checkout in JAILHOUSE_EMU, or its folder in "  \
	"JHW_TOP"

#endif
