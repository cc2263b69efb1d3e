/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses and interrupts as a person chose to read them. New strings, which
 * jhw_number_parse() reads, too. Main thread only. */
#ifndef JHW_SHOWN_H
#define JHW_SHOWN_H

#include <glib.h>
#include <stdint.h>

/* "0x40000000" or "1073741824" */
char *jhw_shown_address(uint64_t address);
/* "0x40000000-0x4fffffff": first and last byte */
char *jhw_shown_range(uint64_t first, uint64_t last);
/* "33" or "0x21" */
char *jhw_shown_irq(uint64_t number);
/* A number that changes with what was chosen, for those who keep texts. */
int jhw_shown_how(void);

#endif
