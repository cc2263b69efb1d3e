/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scripts that more than one file runs on targets. */
#ifndef JHCFG_TARGET_SCRIPT_H
#define JHCFG_TARGET_SCRIPT_H

#include <jhcfg/target.h>

/* What its exit status says: 0, -ENOENT, ... */
int target_script_error(const struct jhcfg_result *result);

/*
 * Writes its input to a file. $1: path, $2: sum, $3: mode, $4: "large" or "".
 * Whatever ends it early leaves the old file. A device or a pipe would be
 * replaced, too, and is refused.
 *
 * The sum is made of what arrives, while it does: on another processor, if
 * there is one. openssl is several times quicker than coreutils and busybox,
 * but slow to start, and may be there and not work: then the file is read
 * again. tee takes small pieces; cat in front of it keeps the server from
 * waiting for that.
 */
#define TARGET_WRITE_SCRIPT                                                    \
	"[ ! -d \"$1\" ] || exit 43\n"                                         \
	"[ ! -e \"$1\" ] || [ -f \"$1\" ] || exit 48\n"                        \
	"t=$1.$$.part; trap 'rm -f \"$t\"' EXIT; trap 'exit 44' HUP INT "      \
	"TERM\n"                                                               \
	"LC_ALL=C; export LC_ALL; umask 077\n"                                 \
	"e=$({ true >\"$t\"; } 2>&1) || case $e in\n"                          \
	"*ead-only*) exit 47;; *'o space'*) exit 45;;\n"                       \
	"*) [ -d \"${1%/*}/\" ] || exit 40; exit 41;; esac\n"                  \
	"sum() { sha256sum; }\n"                                               \
	"[ ! \"$4\" ] || ! command -v openssl >/dev/null ||\n"                 \
	"sum() { openssl dgst -sha256 2>/dev/null ||\n"                        \
	"{ echo unsummed; cat >/dev/null; }; }\n"                              \
	"s=$({ cat | { tee \"$t\"; echo \"tee $?\" >&3; } | sum; } 3>&1)\n"    \
	"case $s in *'tee 0'*) ;; *) exit 45;; esac\n"                         \
	"case $s in *unsummed*) s=$(sha256sum <\"$t\");; esac\n"               \
	"case $s in *\"$2\"*) ;; *) exit 44;; esac\n"                          \
	"[ \"$3\" = 600 ] || chmod \"$3\" \"$t\" || exit 41\n"                 \
	"sync \"$t\" 2>/dev/null || sync\n"                                    \
	"mv -f \"$t\" \"$1\" || exit 41\n"                                     \
	"trap - EXIT\n"

/* $4, for so many bytes. */
#define TARGET_WRITE_SIZE(size) ((size) < (4 << 20) ? "" : "large")

/* Exit statuses of it. */
#define TARGET_WRITE_NO_FOLDER	 40
#define TARGET_WRITE_NOT_ALLOWED 41
#define TARGET_WRITE_DAMAGED	 44
#define TARGET_WRITE_NO_ROOM	 45
#define TARGET_WRITE_READ_ONLY	 47
#define TARGET_WRITE_NO_FILE	 48

#endif
