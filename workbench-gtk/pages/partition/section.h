/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A heading with chips below, wrapped like words. Chips of things that stay are
 * kept when the contents change, with their focus. */
#ifndef JHW_PARTITION_SECTION_H
#define JHW_PARTITION_SECTION_H

#include "pages/partition/chip.h"

#define JHW_TYPE_SECTION (jhw_section_get_type())
G_DECLARE_FINAL_TYPE(JhwSection, jhw_section, JHW, SECTION, GtkWidget)

GtkWidget *jhw_section_new(JhwSession *session);
void jhw_section_update(JhwSection *section, const JhwSectionSpec *spec, uint32_t owner);
/* Writes where the chips are, for tests. */
void jhw_section_trace(JhwSection *section);

#endif
