/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What runs on the target beside plain commands, for any POSIX shell; busybox
 * will do. What varies comes as arguments, never as text of the scripts.
 */
#ifndef JHCFG_DEPLOY_SCRIPTS_H
#define JHCFG_DEPLOY_SCRIPTS_H

extern const char deploy_upload_script[];
extern const char deploy_enable_script[];
extern const char deploy_enable_detached[];
extern const char deploy_await_script[];
extern const char deploy_load_script[];
extern const char deploy_confirm_script[];
extern const char deploy_sweep_script[];

/*
 * lock(): "take", "keep", "drop" or "see", path of the claim, seconds for which
 * it counts, whose it is. It goes by the time since the target was started,
 * which nobody sets; after it, $up and $boot are there.
 */
#define DEPLOY_LOCK_FUNCTION                                                   \
	"up=0 boot=; read -r up i </proc/uptime; up=${up%%.*}\n"               \
	"read -r boot </proc/sys/kernel/random/boot_id\n"                      \
	"claim() { c=$2.$$.part\n"                                             \
	"printf '%s %s %s %s\n' \"$boot\" \"$up\" \"$3\" \"$4\" >\"$c\" && "   \
	"mv -f \"$c\" \"$2\" || { rm -f \"$c\"; return 1; }; }\n"              \
	"lock() { case $1 in\n"                                                \
	"take) mkdir -p \"${2%/*}\" && claim \"$@\";;\n"                       \
	"keep) [ ! -e \"$2\" ] || claim \"$@\";;\n"                            \
	"drop) rm -f \"$2\";;\n"                                               \
	"esac; }\n"

/* The arguments of lock(). */
extern const char deploy_lock_script[];

#endif
