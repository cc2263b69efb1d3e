/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Marks what the library exports; everything else has hidden visibility. */
#ifndef JHCFG_API_H
#define JHCFG_API_H

#define JHCFG_API __attribute__((visibility("default")))

#endif
