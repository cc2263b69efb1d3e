// SPDX-License-Identifier: LGPL-2.1-or-later
#include "deploy/scripts.h"

#include "target/script.h"

/* The path is in the run directory. */
const char deploy_upload_script[] =
	"[ -d \"${1%/*}\" ] || mkdir -m 700 \"${1%/*}\" || exit "
	"41\n" TARGET_WRITE_SCRIPT;

/*
 * $1: run directory, $2: seconds of the watchdog, $3: what is detached, then
 * the command. It runs in a session of its own with its log on the disk, so
 * that it goes on when it takes our network away.
 */
const char deploy_enable_script[] =
	"d=$1; cd \"$d\" || exit 1\n"
	"rm -f enable.* armed.* alive rolled-back; umask 077\n"
	": >enable.begun || exit 1\n"
	"s=; ! command -v setsid >/dev/null || s=setsid\n"
	"(trap '' HUP; exec $s sh -c \"$3\" sh \"$@\") "
	"</dev/null >enable.log 2>&1 &\n"
	"wait $!; cat enable.log >&2; exit \"$(cat enable.end)\"\n";

/*
 * The same arguments. The watchdog counts down from each sign of life to the
 * next. Who disarms it, and it itself, take the same file away, which only one
 * of them can: a network that comes back late does not lose what it confirmed.
 */
const char deploy_enable_detached[] =
	"n=$2 after=$2 tool=$4 armed=armed.$$; shift 3\n"
	"[ $n = 0 ] || : >$armed\n"
	"\"$@\"; s=$?\n"
	"echo $s >enable.end.part; mv -f enable.end.part enable.end\n"
	"[ $s = 0 ] && [ \"$after\" -gt 0 ] || exit $s\n"
	"(while [ -e $armed ]; do\n"
	"if [ -e alive ]; then rm -f alive; n=$after; fi\n"
	"[ $n -gt 0 ] || break\n"
	"sleep 1; n=$((n - 1)); done\n"
	"mv $armed rolled-back 2>/dev/null && \"$tool\" disable) &\n"
	"exit $s\n";

/* $1: run directory. Waits for an enable that was begun. */
const char deploy_await_script[] =
	"cd \"$1\" || exit 1; n=150\n"
	"while [ ! -e enable.end ] && [ $n -gt 0 ]; do\n"
	"sleep 1; n=$((n - 1)); done\n"
	"cat enable.log >&2; exit \"$(cat enable.end)\"\n";

/* $1: path of the record, $2: its text, then the command. */
const char deploy_load_script[] = "r=$1 t=$2; shift 2; rm -f \"$r\" || exit 1\n"
				  "\"$@\" || exit $?\n"
				  "umask 077; printf %s \"$t\" >\"$r.part\" && "
				  "mv -f \"$r.part\" \"$r\"\n";

/* $1: run directory */
const char deploy_confirm_script[] =
	"cd \"$1\" && rm -f armed.* && [ ! -e rolled-back ]\n";

const char deploy_lock_script[] =
	"umask 077\n" DEPLOY_LOCK_FUNCTION "lock \"$@\"\n";

/* $1: run directory, then names of what is to stay. Without any, it goes, too.
 */
const char deploy_sweep_script[] =
	"d=$1; shift; [ -d \"$d\" ] && cd \"$d\" || exit 0\n"
	"for f in *; do keep=\n"
	"for k in \"$@\"; do [ \"$k\" != \"$f\" ] || keep=1; done\n"
	"[ \"$keep\" ] || rm -f \"./$f\"; done\n"
	"cd / && rmdir \"$d\" 2>/dev/null; exit 0\n";
