/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the lines of /proc/iomem and /proc/ioports are about. */
#ifndef IMPORT_LINUX_REGIONS_H
#define IMPORT_LINUX_REGIONS_H

#include "import/linux/resources.h"

enum region_kind {
	REGION_DEVICE, /* what nothing else is */
	REGION_RAM,
	REGION_SHARED,
	REGION_RESERVED,
	REGION_FIRMWARE,
	REGION_BUS,  /* other regions are inside */
	REGION_SKIP, /* told better elsewhere, with all inside */
};

enum region_kind region_kind(const char *name);
/* The kind of the innermost region around it that decides: buses and what is
 * reserved do not. REGION_BUS: there is none. */
enum region_kind region_outer_kind(const struct resources *resources,
				   const struct resource *resource);

#endif
