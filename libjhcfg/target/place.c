// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/place.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "target/backend.h"

/* Nothing that a program that gets it could take for something else: an
 * option, another host, a second line. */
static bool is_sane(const char *text, const char *extra)
{
	if (!*text || *text == '-')
		return false;
	for (; *text; text++) {
		if (!isalnum((unsigned char)*text) && !strchr(extra, *text))
			return false;
	}
	return true;
}

static int parse_port(const char *text, unsigned int *port)
{
	unsigned int value = 0;

	if (!*text || strlen(text) > 5)
		return -EINVAL;
	for (; *text; text++) {
		if (!isdigit((unsigned char)*text))
			return -EINVAL;
		value = value * 10 + (unsigned int)(*text - '0');
	}
	if (!value || value > 65535)
		return -EINVAL;
	*port = value;
	return 0;
}

/* Splits off what follows the host; *@port is its start or NULL. */
static int split_host(char *text, char **host, char **port)
{
	char *colon;

	*host = text;
	if (*text != '[') {
		colon = strchr(text, ':');
		if (colon)
			*colon++ = 0;
		*port = colon;
		return is_sane(*host, ".-_") ? 0 : -EINVAL;
	}
	*host = text + 1;
	text = strchr(text, ']');
	if (!text)
		return -EINVAL;
	*text++ = 0;
	if (*text && *text != ':')
		return -EINVAL;
	*port = *text ? text + 1 : NULL;
	return is_sane(*host, ":.%") ? 0 : -EINVAL;
}

int target_parse_place(const char *text, struct target_place *place)
{
	struct target_place found = { 0 };
	char *copy = strdup(text), *at, *host, *port;
	int err = -EINVAL;

	if (!copy)
		return -ENOMEM;
	at = strrchr(copy, '@');
	if (at)
		*at++ = 0;
	if (at && !is_sane(copy, ".-_+"))
		goto out;
	if (split_host(at ? at : copy, &host, &port))
		goto out;
	if (port && parse_port(port, &found.port))
		goto out;
	err = -ENOMEM;
	found.host = strdup(host);
	if (at)
		found.user = strdup(copy);
	if (!found.host || (at && !found.user)) {
		target_clear_place(&found);
		goto out;
	}
	*place = found;
	err = 0;
out:
	free(copy);
	return err;
}

int target_parse_board(const char *text, struct target_place *place)
{
	if (!is_sane(text, ".-_") || *text == '.' || strlen(text) > 64)
		return -EINVAL;
	place->host = strdup("127.0.0.1");
	place->user = strdup("root");
	place->board = strdup(text);
	return place->host && place->user && place->board ? 0 : -ENOMEM;
}

void target_clear_place(struct target_place *place)
{
	free(place->user);
	free(place->host);
	free(place->path);
	free(place->board);
	*place = (struct target_place){ 0 };
}
