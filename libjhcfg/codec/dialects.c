// SPDX-License-Identifier: LGPL-2.1-or-later
#include "codec/dialects.h"

#include <stdbool.h>
#include <string.h>

const struct jhcfg_dialect *const codec_dialects[] = {
	&codec_rev14,	    &codec_rev13,	 &codec_rev12,
	&codec_rev11,	    &codec_rev10,	 &codec_rev9,
	&codec_nxp12,	    &codec_nxp10,	 &codec_ti_old12,
	&codec_bu13,	    &codec_bu13_rebase,	 &codec_omnivisor14,
	&codec_openeuler14, &codec_openeuler13,	 &codec_rev13_first,
	&codec_rev12_first, &codec_wip_coloring, &codec_wip_cpus,
};

const unsigned int codec_num_dialects =
	sizeof(codec_dialects) / sizeof(codec_dialects[0]);

const struct jhcfg_dialect *jhcfg_dialect_get(size_t index)
{
	return index < codec_num_dialects ? codec_dialects[index] : NULL;
}

const struct jhcfg_dialect *jhcfg_dialect_find(const char *name)
{
	for (unsigned int n = 0; n < codec_num_dialects; n++) {
		if (!strcmp(codec_dialects[n]->name, name))
			return codec_dialects[n];
	}
	return NULL;
}

const char *jhcfg_dialect_name(const struct jhcfg_dialect *dialect)
{
	return dialect->name;
}

const char *jhcfg_dialect_title(const struct jhcfg_dialect *dialect)
{
	return dialect->title;
}

unsigned int jhcfg_dialect_revision(const struct jhcfg_dialect *dialect)
{
	return dialect->revision;
}

/* --- by the driver -------------------------------------------------------- */

static const struct {
	const char *version;
	const struct jhcfg_dialect *dialect;
} releases[] = {
	{ "0.9", &codec_rev9 },
	{ "0.10", &codec_rev10 },
	{ "0.11", &codec_rev10 },
	{ "0.12", &codec_rev12 },
};

/* "v0.12 (15-gabcdef)": the same release with what came behind it */
static bool is_release(const char *text, const char *version)
{
	size_t length = strlen(version);

	text += *text == 'v';
	return !strncmp(text, version, length) &&
	       !strchr("0123456789", text[length] ? text[length] : ' ');
}

const struct jhcfg_dialect *jhcfg_dialect_of_driver(const char *version)
{
	for (size_t n = 0; n < sizeof(releases) / sizeof(*releases); n++)
		if (is_release(version, releases[n].version))
			return releases[n].dialect;
	return NULL;
}
