/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Time-outs of the driver, which are parameters of its module. */
#ifndef CLI_TIMEOUTS_H
#define CLI_TIMEOUTS_H

/*
 * Sets parameter @parameter to @text, a number of microseconds above 0. Says
 * what is wrong: not a number, or a driver without that parameter. -errno.
 */
int timeouts_set(const char *parameter, const char *text);

#endif
