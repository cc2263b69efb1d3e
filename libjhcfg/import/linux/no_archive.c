// SPDX-License-Identifier: LGPL-2.1-or-later
/* Built in place of archive.c where libarchive is not at hand: small targets,
 * which read their own /proc and /sys. */
#include <errno.h>

#include "import/linux/machine.h"

int machine_read_archive(const void *data, size_t size, const char *name,
			 struct jhcfg_diags *diags, struct machine **machine)
{
	(void)data;
	(void)size;
	(void)machine;
	jhcfg_diags_add(diags, JHCFG_ERROR, "L02", "archive", name,
			"unpack it with tar and name the folder",
			"this build of jailhouse cannot read archives");
	return -ENOTSUP;
}

int machine_open_archive(const char *path, struct jhcfg_diags *diags,
			 struct machine **machine)
{
	return machine_read_archive(NULL, 0, path, diags, machine);
}
