/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "[USER@]HOST[:PORT]" in its parts. */
#ifndef JHCFG_TARGET_PLACE_H
#define JHCFG_TARGET_PLACE_H

struct target_place;

/* -EINVAL: malformed. HOST may be an IPv6 address in brackets. */
int target_parse_place(const char *text, struct target_place *place);
void target_clear_place(struct target_place *place);

/* The name of an emulated board, "qemu-arm64". -EINVAL, -ENOMEM; @place is to
 * be cleared in any case. */
int target_parse_board(const char *text, struct target_place *place);

#endif
