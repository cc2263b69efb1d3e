/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_PARTITION_CHIP_DRAG_H
#define JHW_PARTITION_CHIP_DRAG_H

#include "pages/partition/chip.h"

/* Lets the chip, and what is selected with it, be dragged: as JhwRefList. */
void jhw_chip_add_drag(JhwChip *chip);

#endif
