/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The first step of an emulated board: where is it? */
#ifndef JHCFG_TARGET_SSH_BOARD_H
#define JHCFG_TARGET_SSH_BOARD_H

#include "target/ssh.h"

struct ssh_board;

enum ssh_board_state {
	SSH_BOARD_AGAIN, /* the steps are woken when there is news */
	SSH_BOARD_KNOWN, /* it is in the settings now */
	SSH_BOARD_LOST,	 /* ssh_target_lost() was called */
};

/* Sets ssh->board. -ENOMEM. */
int ssh_board_new(struct ssh_target *ssh, const char *name);
/* NULL is legal. */
void ssh_board_free(struct ssh_board *board);
enum ssh_board_state ssh_board_find(struct ssh_board *board);
/* Nobody waits for it any more; NULL is legal. */
void ssh_board_stop(struct ssh_board *board);

#endif
