/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMPORT_LINUX_COLLECT_H
#define IMPORT_LINUX_COLLECT_H

/* collect.sh, built in */
extern const char linux_collect_script[];

#endif
