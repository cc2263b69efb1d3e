/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Names of the format's constants, without their prefix, as the project form
 * and the C form write them. A list ends with a NULL name.
 */
#ifndef JHCFG_MODEL_NAMES_H
#define JHCFG_MODEL_NAMES_H

#include <stdint.h>

struct jhcfg_name {
	const char *name;
	uint64_t value;
	const char *text; /* what it means; NULL: the name says it */
};

/* What a name or a field means: the one place where that is said. Schema,
 * command line and editor show it. */
#define SAYS(text_) .text = text_

extern const struct jhcfg_name jhcfg_architectures[];
extern const struct jhcfg_name jhcfg_cell_flag_names[];
extern const struct jhcfg_name jhcfg_system_flag_names[];
extern const struct jhcfg_name jhcfg_memory_flag_names[];
extern const struct jhcfg_name jhcfg_console_types[];
extern const struct jhcfg_name jhcfg_console_flag_names[];
extern const struct jhcfg_name jhcfg_cache_types[];
extern const struct jhcfg_name jhcfg_cache_flag_names[];
extern const struct jhcfg_name jhcfg_pci_types[];
extern const struct jhcfg_name jhcfg_pci_cap_flag_names[];
extern const struct jhcfg_name jhcfg_iommu_types[];
extern const struct jhcfg_name jhcfg_apic_modes[];

/* The entry with this name, or NULL. */
const struct jhcfg_name *jhcfg_name_find(const struct jhcfg_name *names,
					 const char *name);
/* The name of this value, or NULL. */
const char *jhcfg_name_of(const struct jhcfg_name *names, uint64_t value);

#endif
