/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* U: stream ids and cache ways. T: the target. */
#ifndef JHCFG_CHECK_OTHER_H
#define JHCFG_CHECK_OTHER_H

#include "check/rule.h"

/* U01 */
void check_streams(struct check *check, const struct check_cell *root);
int fix_streams(struct fix *fix);
/* U02 */
void check_cache(struct check *check, const struct check_cell *root);
int fix_cache(struct fix *fix);
/* T01 to T07 */
void check_virtualization(struct check *check, const struct check_cell *root);
void check_nested(struct check *check, const struct check_cell *root);
void check_kernel(struct check *check, const struct check_cell *root);
void check_installed(struct check *check, const struct check_cell *root);
void check_idle(struct check *check, const struct check_cell *cell);
void check_firmware_calls(struct check *check, const struct check_cell *root);
void check_drift(struct check *check, const struct check_cell *root);

#endif
