/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The whole inmate library */
#ifndef INMATE_H
#define INMATE_H

#include <stdbool.h>
#include <stddef.h>

#include <inmate/cmdline.h>
#include <inmate/comm.h>
#include <inmate/errno.h>
#include <inmate/exception.h>
#include <inmate/io.h>
#include <inmate/irq.h>
#include <inmate/ivshmem.h>
#include <inmate/lock.h>
#include <inmate/map.h>
#include <inmate/printk.h>
#include <inmate/psci.h>
#include <inmate/run.h>
#include <inmate/smp.h>
#include <inmate/string.h>
#include <inmate/timer.h>

#endif
