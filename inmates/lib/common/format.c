/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <stdbool.h>
#include <stdint.h>

#include <jailhouse/types.h>
#include <inmate/printk.h>
#include <inmate/string.h>

struct output {
	char *buffer;
	size_t size;
	size_t used; /* counts on when the buffer is full */
};

/* One conversion: %[flags][width][.precision][size]letter */
struct spec {
	bool left, zero;
	int width;
	int precision; /* -1: none */
	int longs;     /* number of l; z counts as l, h as none */
};

static void put_char(struct output *out, char c)
{
	if (out->used + 1 < out->size)
		out->buffer[out->used] = c;
	out->used++;
}

static void put_fill(struct output *out, char c, int count)
{
	while (count-- > 0)
		put_char(out, c);
}

/* prefix (sign, 0x) comes before the zeros of padding */
static void put_field(struct output *out, const struct spec *spec,
		      const char *prefix, const char *text, size_t length)
{
	int pad = spec->width - (int)(strlen(prefix) + length);
	size_t n;

	if (!spec->left && !spec->zero)
		put_fill(out, ' ', pad);
	for (; *prefix; prefix++)
		put_char(out, *prefix);
	if (!spec->left && spec->zero)
		put_fill(out, '0', pad);
	for (n = 0; n < length; n++)
		put_char(out, text[n]);
	if (spec->left)
		put_fill(out, ' ', pad);
}

static void put_number(struct output *out, const struct spec *spec,
		       const char *prefix, u64 value, unsigned int base,
		       const char *digits)
{
	char text[20]; /* 2^64 - 1 has 20 decimal digits */
	size_t pos = sizeof(text);

	do {
		text[--pos] = digits[value % base];
		value /= base;
	} while (value > 0);
	put_field(out, spec, prefix, text + pos, sizeof(text) - pos);
}

static void put_signed(struct output *out, const struct spec *spec, s64 value)
{
	u64 magnitude = value < 0 ? 0 - (u64)value : (u64)value;

	put_number(out, spec, value < 0 ? "-" : "", magnitude, 10,
		   "0123456789");
}

static void put_string(struct output *out, struct spec *spec, const char *text)
{
	size_t max = spec->precision < 0 ? (size_t)-1 : (size_t)spec->precision;

	if (!text)
		text = "(null)";
	spec->zero = false;
	put_field(out, spec, "", text, strnlen(text, max));
}

static int parse_number(const char **format)
{
	int value = 0;

	while (**format >= '0' && **format <= '9' && value < 1000)
		value = value * 10 + *(*format)++ - '0';
	return value;
}

static struct spec parse_spec(const char **format, int *star)
{
	struct spec spec = { .precision = -1 };

	for (;; (*format)++) {
		if (**format == '-')
			spec.left = true;
		else if (**format == '0')
			spec.zero = true;
		else
			break;
	}
	*star = **format == '*';
	if (*star)
		(*format)++;
	else
		spec.width = parse_number(format);
	if (**format == '.') {
		(*format)++;
		spec.precision = parse_number(format);
	}
	for (; **format == 'l' || **format == 'z' || **format == 'h';
	     (*format)++)
		spec.longs += **format != 'h';
	return spec;
}

/*
 * A va_list may be an array, which decays when it is passed on; wrapped in a
 * struct, one place can advance it for all.
 */
struct arguments {
	va_list list;
};

static u64 next_unsigned(struct arguments *args, const struct spec *spec)
{
	if (spec->longs > 1)
		return va_arg(args->list, unsigned long long);
	if (spec->longs == 1)
		return va_arg(args->list, unsigned long);
	return va_arg(args->list, unsigned int);
}

static s64 next_signed(struct arguments *args, const struct spec *spec)
{
	if (spec->longs > 1)
		return va_arg(args->list, long long);
	if (spec->longs == 1)
		return va_arg(args->list, long);
	return va_arg(args->list, int);
}

static bool convert(struct output *out, struct spec *spec, char letter,
		    struct arguments *args)
{
	static const char lower[] = "0123456789abcdef";
	char c;

	switch (letter) {
	case 'd':
	case 'i':
		put_signed(out, spec, next_signed(args, spec));
		return true;
	case 'u':
		put_number(out, spec, "", next_unsigned(args, spec), 10, lower);
		return true;
	case 'x':
		put_number(out, spec, "", next_unsigned(args, spec), 16, lower);
		return true;
	case 'X':
		put_number(out, spec, "", next_unsigned(args, spec), 16,
			   "0123456789ABCDEF");
		return true;
	case 'p':
		put_number(out, spec, "0x",
			   (uintptr_t)va_arg(args->list, void *), 16, lower);
		return true;
	case 'c':
		c = (char)va_arg(args->list, int);
		put_field(out, spec, "", &c, 1);
		return true;
	case 's':
		put_string(out, spec, va_arg(args->list, const char *));
		return true;
	case '%':
		put_char(out, '%');
		return true;
	}
	return false;
}

size_t format_text(char *buffer, size_t size, const char *format, va_list list)
{
	struct output out = { .buffer = buffer, .size = size };
	struct arguments args;
	int star;

	va_copy(args.list, list);
	while (*format) {
		const char *start = format;
		struct spec spec;

		if (*format++ != '%') {
			put_char(&out, *start);
			continue;
		}
		spec = parse_spec(&format, &star);
		if (star)
			spec.width = va_arg(args.list, int);
		if (!*format || !convert(&out, &spec, *format++, &args)) {
			/* Unknown: what follows would read wrong values. */
			while (*start)
				put_char(&out, *start++);
			break;
		}
	}
	va_end(args.list);

	if (size > 0)
		buffer[out.used < size ? out.used : size - 1] = '\0';
	return out.used;
}
