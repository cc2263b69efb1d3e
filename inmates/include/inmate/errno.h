/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Error numbers as the hypervisor uses them */
#ifndef INMATE_ERRNO_H
#define INMATE_ERRNO_H

/* clang-format off */
#define EPERM		1
#define ENOENT		2
#define EIO		5
#define E2BIG		7
#define ENOMEM		12
#define EBUSY		16
#define EEXIST		17
#define ENODEV		19
#define EINVAL		22
#define ERANGE		34
#define ENOSYS		38
#define ETIMEDOUT	110
/* clang-format on */

#endif
