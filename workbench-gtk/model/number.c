// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/number.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "model/text.h"

G_DEFINE_QUARK(jhw - number - error, jhw_number_error)

struct reader {
	const char *at;
	GError **error;
};

static gboolean complain(struct reader *reader, const char *what)
{
	if (reader->error && !*reader->error)
		g_set_error(reader->error, JHW_NUMBER_ERROR, 0,
			    _("%s at \"%s\": write a number as 64M, 0x10000 or 1G-64K"), what,
			    *reader->at ? reader->at : _("the end"));
	return FALSE;
}

static void skip_blanks(struct reader *reader)
{
	while (g_ascii_isspace(*reader->at))
		reader->at++;
}

/* K, KB, KiB and so on; the exponent of 1024. */
static unsigned int read_unit(struct reader *reader)
{
	static const char units[] = "KMGT";
	const char *unit;

	if (!*reader->at)
		return 0;
	unit = strchr(units, g_ascii_toupper(*reader->at));
	if (!unit)
		return 0;
	reader->at++;
	if (g_ascii_strncasecmp(reader->at, "iB", 2) == 0)
		reader->at += 2;
	else if (g_ascii_toupper(*reader->at) == 'B')
		reader->at++;
	return (unsigned int)(unit - units) + 1;
}

static gboolean read_number(struct reader *reader, uint64_t *number)
{
	gboolean hex;
	char *end;

	skip_blanks(reader);
	hex = g_ascii_strncasecmp(reader->at, "0x", 2) == 0;
	if (!(hex ? g_ascii_isxdigit(reader->at[2]) : g_ascii_isdigit(*reader->at)))
		return complain(reader, _("a number is missing"));
	errno = 0;
	*number = g_ascii_strtoull(reader->at, &end, hex ? 16 : 10);
	if (errno)
		return complain(reader, _("too large a number"));
	reader->at = end;
	skip_blanks(reader);
	for (unsigned int unit = read_unit(reader); unit; unit--)
		if (__builtin_mul_overflow(*number, UINT64_C(1024), number))
			return complain(reader, _("too large a number"));
	skip_blanks(reader);
	return TRUE;
}

static gboolean read_term(struct reader *reader, uint64_t *term)
{
	uint64_t factor;

	if (!read_number(reader, term))
		return FALSE;
	while (*reader->at == '*') {
		reader->at++;
		if (!read_number(reader, &factor))
			return FALSE;
		if (__builtin_mul_overflow(*term, factor, term))
			return complain(reader, _("too large a product"));
	}
	return TRUE;
}

gboolean jhw_number_parse(const char *text, uint64_t *number, GError **error)
{
	struct reader reader = { text, error };
	uint64_t sum, term;

	if (!read_term(&reader, &sum))
		return FALSE;
	while (*reader.at == '+' || *reader.at == '-') {
		gboolean minus = *reader.at++ == '-';

		if (!read_term(&reader, &term))
			return FALSE;
		if (minus ? __builtin_sub_overflow(sum, term, &sum)
			  : __builtin_add_overflow(sum, term, &sum))
			return complain(&reader,
					minus ? _("a result below zero") : _("too large a sum"));
	}
	if (*reader.at)
		return complain(&reader, _("neither + nor -"));
	*number = sum;
	return TRUE;
}

char *jhw_number_hex_text(uint64_t number)
{
	return g_strdup_printf("0x%" PRIx64, number);
}

char *jhw_number_size_text(uint64_t size)
{
	static const char units[] = "TGMK";

	for (unsigned int n = 0; units[n]; n++) {
		unsigned int shift = 40 - 10 * n;

		if (size && !(size & ((UINT64_C(1) << shift) - 1)))
			return g_strdup_printf("%" PRIu64 "%c", size >> shift, units[n]);
	}
	return jhw_number_hex_text(size);
}

char *jhw_number_human(uint64_t size)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	unsigned int unit = 0;
	uint64_t tenths;

	/* one digit after the point, of what is left of the next smaller unit */
	while (unit + 1 < G_N_ELEMENTS(units) && size >> (10 * (unit + 1)))
		unit++;
	if (!unit)
		return g_strdup_printf("%" PRIu64 " B", size);
	tenths = ((size >> (10 * (unit - 1))) & 1023) * 10 / 1024;
	return tenths ? g_strdup_printf("%" PRIu64 ".%" PRIu64 " %s", size >> (10 * unit), tenths,
					units[unit])
		      : g_strdup_printf("%" PRIu64 " %s", size >> (10 * unit), units[unit]);
}
