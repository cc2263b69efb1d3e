/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Projects that are worth looking at: small, large, wrong, empty. Each is made
 * anew, for whoever asks. */
#ifndef TESTS_GTK_SCENES_H
#define TESTS_GTK_SCENES_H

#include "model/document.h"
#include "model/ref.h"

JhwDocument *scene_qemu(void);	 /* five cells, links, four CPUs */
JhwDocument *scene_zcu102(void); /* a real board */
JhwDocument *scene_pc(void);	 /* x86: a recorded one, and a cell */
JhwDocument *scene_large(void);	 /* 64 cells, 256 CPUs, 4,000 regions */
JhwDocument *scene_empty(void);	 /* nothing is known, and nothing there */
JhwDocument *scene_single(void); /* one CPU, one UART */
/* Memory of two, an interrupt of two, and one of no device. */
JhwDocument *scene_wrong(void);
JhwDocument *scene_long_names(void);

/* Its first region of RAM. */
JhwRef scene_ram(JhwDocument *document, const char *cell);

#endif
