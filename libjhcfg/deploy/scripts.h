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

#endif
