/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_STATUS_JSON_H
#define CLI_STATUS_JSON_H

#include <json-c/json.h>

#include <jhcfg/status.h>

/* What hypervisor and cells do, as an object; what is missing is null. NULL
 * without memory. */
struct json_object *status_json(const struct jhcfg_status *status);

#endif
