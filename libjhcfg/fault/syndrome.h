/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_FAULT_SYNDROME_H
#define JHCFG_FAULT_SYNDROME_H

#include <stddef.h>
#include <stdint.h>

/* What an exception was, in words: "data abort: translation fault, level 2".
 * @class alone, or with it and all else of @esr (ESR_EL2 of arm64). */
void fault_class_text(unsigned int class, char *text, size_t size);
void fault_syndrome_text(uint64_t esr, char *text, size_t size);

#endif
