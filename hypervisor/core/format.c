/* SPDX-License-Identifier: GPL-2.0-only */
#include <hv/printk.h>
#include <hv/string.h>

/* Where text goes; length counts on when the buffer is full. */
struct output {
	char *buf;
	size_t size;
	size_t length;
};

/* One conversion: %[-][0][width][.precision][l|ll|z]c */
struct conversion {
	bool left;
	bool zero;
	bool has_precision;
	size_t width;
	size_t precision;
	unsigned int longs; /* 0 int, 1 long, 2 long long */
};

static void put(struct output *out, char c)
{
	if (out->length < out->size)
		out->buf[out->length] = c;
	out->length++;
}

static void put_many(struct output *out, char c, size_t count)
{
	while (count-- > 0)
		put(out, c);
}

static void put_padded(struct output *out, const struct conversion *conv,
		       const char *text, size_t length)
{
	size_t pad = conv->width > length ? conv->width - length : 0;

	if (!conv->left)
		put_many(out, ' ', pad);
	for (size_t n = 0; n < length; n++)
		put(out, text[n]);
	if (conv->left)
		put_many(out, ' ', pad);
}

static void put_number(struct output *out, const struct conversion *conv,
		       u64 value, unsigned int base, const char *prefix)
{
	static const char digits[] = "0123456789abcdef";
	char text[24]; /* 20 digits of 2^64, and the prefix */
	size_t start = sizeof(text);
	size_t prefix_length = strnlen(prefix, 2);

	do {
		text[--start] = digits[value % base];
		value /= base;
	} while (value != 0);

	if (conv->zero && !conv->left) {
		size_t length = sizeof(text) - start + prefix_length;

		for (size_t n = 0; n < prefix_length; n++)
			put(out, prefix[n]);
		if (conv->width > length)
			put_many(out, '0', conv->width - length);
		for (; start < sizeof(text); start++)
			put(out, text[start]);
		return;
	}
	start -= prefix_length;
	memcpy(text + start, prefix, prefix_length);
	put_padded(out, conv, text + start, sizeof(text) - start);
}

static void put_hex_upper(struct output *out, const struct conversion *conv,
			  u64 value)
{
	size_t start = out->length;

	put_number(out, conv, value, 16, "");
	for (; start < out->length && start < out->size; start++)
		if (out->buf[start] >= 'a' && out->buf[start] <= 'f')
			out->buf[start] = (char)(out->buf[start] - 'a' + 'A');
}

static void put_string(struct output *out, const struct conversion *conv,
		       const char *text)
{
	size_t max = conv->has_precision ? conv->precision : (size_t)-1;

	if (!text)
		text = "(null)";
	put_padded(out, conv, text, strnlen(text, max));
}

static u64 get_unsigned(va_list *args, unsigned int longs)
{
	switch (longs) {
	case 0:
		return va_arg(*args, unsigned int);
	case 1:
		return va_arg(*args, unsigned long);
	default:
		return va_arg(*args, unsigned long long);
	}
}

static s64 get_signed(va_list *args, unsigned int longs)
{
	switch (longs) {
	case 0:
		return va_arg(*args, int);
	case 1:
		return va_arg(*args, long);
	default:
		return va_arg(*args, long long);
	}
}

static void put_signed(struct output *out, const struct conversion *conv,
		       s64 value)
{
	if (value < 0)
		put_number(out, conv, 0 - (u64)value, 10, "-");
	else
		put_number(out, conv, (u64)value, 10, "");
}

/* Digits, or a * that takes an int argument; what is negative counts as 0. */
static const char *parse_count(const char *fmt, size_t *count, va_list *args)
{
	size_t n = 0;

	if (*fmt == '*') {
		int arg = va_arg(*args, int);

		*count = arg > 0 ? (size_t)arg : 0;
		return fmt + 1;
	}
	for (; *fmt >= '0' && *fmt <= '9'; fmt++)
		if (n < 10000)
			n = n * 10 + (size_t)(*fmt - '0');
	*count = n;
	return fmt;
}

static const char *parse_conversion(const char *fmt, struct conversion *conv,
				    va_list *args)
{
	*conv = (struct conversion){ .longs = 0 };

	for (;; fmt++) {
		if (*fmt == '-')
			conv->left = true;
		else if (*fmt == '0')
			conv->zero = true;
		else
			break;
	}
	fmt = parse_count(fmt, &conv->width, args);
	if (*fmt == '.') {
		conv->has_precision = true;
		fmt = parse_count(fmt + 1, &conv->precision, args);
	}
	/* size_t has the width of long on all targets */
	for (; *fmt == 'l' || *fmt == 'z'; fmt++)
		conv->longs++;
	return fmt;
}

static void put_conversion(struct output *out, const struct conversion *conv,
			   char type, va_list *args)
{
	char c;

	switch (type) {
	case 'd':
	case 'i':
		put_signed(out, conv, get_signed(args, conv->longs));
		break;
	case 'u':
		put_number(out, conv, get_unsigned(args, conv->longs), 10, "");
		break;
	case 'x':
		put_number(out, conv, get_unsigned(args, conv->longs), 16, "");
		break;
	case 'X':
		put_hex_upper(out, conv, get_unsigned(args, conv->longs));
		break;
	case 'p':
		put_number(out, conv, (size_t)va_arg(*args, void *), 16, "0x");
		break;
	case 's':
		put_string(out, conv, va_arg(*args, const char *));
		break;
	case 'c':
		c = (char)va_arg(*args, int);
		put_padded(out, conv, &c, 1);
		break;
	default: /* %% and what we do not know */
		put(out, type);
	}
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct output out = { .buf = buf, .size = size };
	struct conversion conv;
	va_list copy;

	/* A va_list parameter may be an array that decayed to a pointer; its
	 * copy is an object whose address can be handed on. */
	va_copy(copy, args);
	for (; *fmt != '\0'; fmt++) {
		if (*fmt != '%') {
			put(&out, *fmt);
			continue;
		}
		fmt = parse_conversion(fmt + 1, &conv, &copy);
		if (*fmt == '\0')
			break;
		put_conversion(&out, &conv, *fmt, &copy);
	}
	va_end(copy);

	if (size > 0)
		buf[MIN(out.length, size - 1)] = '\0';
	return (int)out.length;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return length;
}
