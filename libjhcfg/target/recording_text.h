/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Contents of files in JSON, where not every byte may stand. */
#ifndef JHCFG_TARGET_RECORDING_TEXT_H
#define JHCFG_TARGET_RECORDING_TEXT_H

#include <stddef.h>

struct json_object;

#define RECORDING_FORMAT  "jhcfg-recording"
#define RECORDING_VERSION 1

/* A string, or {"hex": ...} for what is no UTF-8. -ENOMEM. */
int recording_encode(const char *data, size_t size, struct json_object **value);
/* What such digits stand for, in their place and with a NUL behind it.
 * -EINVAL. */
int recording_decode_hex(char *text, size_t *size);

#endif
