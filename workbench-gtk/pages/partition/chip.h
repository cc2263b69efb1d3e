/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A chip: one thing that cells can have. It can be selected, dragged, and moved
 * by keyboard and by its menu; where it is dropped does not matter to it.
 *
 * Actions: "chip.select", "chip.toggle", "chip.menu", "chip.move-to" (u: key of
 * the cell), which moves all that is selected if the chip is.
 */
#ifndef JHW_CHIP_H
#define JHW_CHIP_H

#include <gtk/gtk.h>

#include "model/session.h"
#include "pages/partition/contents.h"

#define JHW_TYPE_CHIP (jhw_chip_get_type())
G_DECLARE_FINAL_TYPE(JhwChip, jhw_chip, JHW, CHIP, GtkWidget)

GtkWidget *jhw_chip_new(JhwSession *session, const JhwRef *ref);
/* Shows it as @spec says, in the owner's colour. */
void jhw_chip_update(JhwChip *chip, const JhwChipSpec *spec, uint32_t owner);
const JhwRef *jhw_chip_ref(JhwChip *chip);
JhwSession *jhw_chip_session(JhwChip *chip);
/* "CPU 3" */
const char *jhw_chip_name(JhwChip *chip);
/* Selects it unless it is among what is selected; then all of that, a new
 * reference. */
JhwRefList *jhw_chip_take(JhwChip *chip);

#endif
