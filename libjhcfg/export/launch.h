/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_EXPORT_LAUNCH_H
#define JHCFG_EXPORT_LAUNCH_H

/* launch.sh: what is the same in all of them, behind its first empty line. */
extern const char export_launch_script[];

#endif
