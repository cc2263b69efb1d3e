/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The dialects, one table each. */
#ifndef JHCFG_CODEC_DIALECTS_H
#define JHCFG_CODEC_DIALECTS_H

#include "codec/dialect.h"

extern const struct jhcfg_dialect codec_rev9;
extern const struct jhcfg_dialect codec_rev10;
extern const struct jhcfg_dialect codec_rev11;
extern const struct jhcfg_dialect codec_rev12;
extern const struct jhcfg_dialect codec_rev12_first;
extern const struct jhcfg_dialect codec_rev13;
extern const struct jhcfg_dialect codec_rev13_first;
extern const struct jhcfg_dialect codec_rev14;
extern const struct jhcfg_dialect codec_nxp10;
extern const struct jhcfg_dialect codec_nxp12;
extern const struct jhcfg_dialect codec_ti_old12;
extern const struct jhcfg_dialect codec_openeuler13;
extern const struct jhcfg_dialect codec_openeuler14;
extern const struct jhcfg_dialect codec_bu13;
extern const struct jhcfg_dialect codec_bu13_rebase;
extern const struct jhcfg_dialect codec_omnivisor14;
extern const struct jhcfg_dialect codec_wip_coloring;
extern const struct jhcfg_dialect codec_wip_cpus;

#endif
