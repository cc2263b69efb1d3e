/* SPDX-License-Identifier: GPL-2.0-only */
/* Shared by arm64.c and el2_arm64.S */
#ifndef JH_ARM64_H
#define JH_ARM64_H

#include <jailhouse/cell-config.h>

#define JH_ARCHITECTURE JAILHOUSE_ARM64

#endif
