/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rules about the bytes of files that configurations came from. */
#ifndef JHCFG_CHECK_FORMAT_FILES_H
#define JHCFG_CHECK_FORMAT_FILES_H

#include "check/rule.h"

/* What the codec says of all files, as far as it is of the rule that is being
 * judged (it knows rules F01 to F07 by their ids). */
void check_files(struct check *check);

/* F01, F04 */
void check_file_as_it_is(struct check *check, const struct check_cell *root);
/* F08 */
void check_revision(struct check *check, const struct check_cell *root);

#endif
