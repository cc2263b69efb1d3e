/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Places that the link script inmate.lds defines */
#ifndef INMATE_ARM_COMMON_IMAGE_H
#define INMATE_ARM_COMMON_IMAGE_H

extern char image_start[];
extern char image_ro_end[]; /* code and constants up to here */
extern char image_tables[]; /* page tables, the first is the root */
extern char image_tables_end[];
extern char image_end[];

#endif
