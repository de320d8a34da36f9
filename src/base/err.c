#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

void err_init(struct err *err)
{
	memset(err, 0, sizeof *err);
}

/* Copies what may be shown of s; a text cut short ends in "...". */
static void copy_shown(char *to, size_t size, const char *s)
{
	struct str shown;

	str_init(&shown);
	str_add_shown(&shown, s, strlen(s));
	if (shown.len < size) {
		memcpy(to, str_text(&shown), shown.len + 1);
	} else {
		size_t n = size - 4;

		/* Never cut inside a UTF-8 sequence. */
		while (n && ((unsigned char)shown.s[n] & 0xc0) == 0x80)
			n--;
		memcpy(to, shown.s, n);
		memcpy(to + n, "...", 4);
	}
	str_release(&shown);
}

static void format_shown(char *to, size_t size, const char *fmt, va_list ap)
{
	char buf[4096];

	vsnprintf(buf, sizeof buf, fmt, ap);
	copy_shown(to, size, buf);
}

int err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return -1;
	err_init(err);
	err->code = code;
	va_start(ap, fmt);
	format_shown(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	return -1;
}

void err_hint(struct err *err, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return;
	va_start(ap, fmt);
	format_shown(err->hint, sizeof err->hint, fmt, ap);
	va_end(ap);
}

void err_at(struct err *err, const char *file, int line, int column)
{
	if (!err)
		return;
	copy_shown(err->file, sizeof err->file, file);
	err->line = line;
	err->column = column;
}

void err_prefix(struct err *err, const char *fmt, ...)
{
	char before[512], text[sizeof err->text];
	struct str joined;
	va_list ap;

	if (!err)
		return;
	va_start(ap, fmt);
	format_shown(before, sizeof before, fmt, ap);
	va_end(ap);
	memcpy(text, err->text, sizeof text);
	str_init(&joined);
	str_addf(&joined, "%s: %s", before, text);
	copy_shown(err->text, sizeof err->text, str_text(&joined));
	str_release(&joined);
}

void err_format(const struct err *err, struct str *out)
{
	if (err->file[0])
		str_addf(out, "%s:", err->file);
	if (err->file[0] && err->line)
		str_addf(out, "%d:%d:", err->line, err->column);
	if (err->file[0])
		str_addc(out, ' ');
	str_add(out, err->text);
	if (err->hint[0])
		str_addf(out, " (%s)", err->hint);
}

void errs_release(struct errs *errs)
{
	free(errs->items);
	memset(errs, 0, sizeof *errs);
}

struct err *errs_add(struct errs *errs)
{
	GROW(errs->items, errs->n, errs->cap);
	err_init(&errs->items[errs->n]);
	return &errs->items[errs->n++];
}
