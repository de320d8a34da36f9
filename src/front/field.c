#include "front/field.h"

#include <string.h>

#include "front/keys.h"

void field_init(struct field *f)
{
	memset(f, 0, sizeof *f);
	f->most = FIELD_MOST;
	str_init(&f->text);
}

void field_release(struct field *f)
{
	str_release(&f->text);
}

void field_set(struct field *f, const char *text)
{
	str_clear(&f->text);
	str_add(&f->text, text);
	f->at = f->text.len;
	f->touched = 0;
	f->fresh = f->text.len > 0;
}

static int is_inside(const struct field *f, size_t at)
{
	return ((unsigned char)str_text(&f->text)[at] & 0xc0) == 0x80;
}

static size_t before(const struct field *f, size_t at)
{
	if (at > 0)
		at--;
	while (at > 0 && is_inside(f, at))
		at--;
	return at;
}

static size_t after(const struct field *f, size_t at)
{
	if (at < f->text.len)
		at++;
	while (at < f->text.len && is_inside(f, at))
		at++;
	return at;
}

static void replace(struct field *f, size_t from, size_t to, const char *with)
{
	struct str text;

	str_init(&text);
	str_addn(&text, str_text(&f->text), from);
	str_add(&text, with);
	str_add(&text, str_text(&f->text) + to);
	str_release(&f->text);
	f->text = text;
	f->at = from + strlen(with);
	f->touched = 1;
}

static size_t line_start(const struct field *f, size_t at)
{
	while (at > 0 && str_text(&f->text)[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const struct field *f, size_t at)
{
	return at + strcspn(str_text(&f->text) + at, "\n");
}

void field_break(struct field *f)
{
	f->fresh = 0;
	if (f->text.len + 1 <= f->most)
		replace(f, f->at, f->at, "\n");
}

int field_line(struct field *f, int by)
{
	size_t start = line_start(f, f->at), column = 0, at, to;

	for (at = start; at < f->at; at = after(f, at))
		column++;
	if (by < 0 ? start == 0 : line_end(f, f->at) == f->text.len)
		return 0;
	at = by < 0 ? line_start(f, start - 1) : line_end(f, f->at) + 1;
	for (to = line_end(f, at); column > 0 && at < to; column--)
		at = after(f, at);
	f->at = at;
	f->fresh = 0;
	return 1;
}

/* The start of the word before the cursor. */
static size_t word_before(const struct field *f)
{
	const char *s = str_text(&f->text);
	size_t at = f->at;

	while (at > 0 && s[at - 1] == ' ')
		at--;
	while (at > 0 && s[at - 1] != ' ' && s[at - 1] != '\n')
		at--;
	return at;
}

static void encode(int c, char bytes[5])
{
	size_t n = 0;

	if (c < 0x80) {
		bytes[n++] = (char)c;
	} else if (c < 0x800) {
		bytes[n++] = (char)(0xc0 | c >> 6);
		bytes[n++] = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		bytes[n++] = (char)(0xe0 | c >> 12);
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3f));
		bytes[n++] = (char)(0x80 | (c & 0x3f));
	} else {
		bytes[n++] = (char)(0xf0 | c >> 18);
		bytes[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3f));
		bytes[n++] = (char)(0x80 | (c & 0x3f));
	}
	bytes[n] = '\0';
}

int field_press(struct field *f, int press)
{
	int fresh = f->fresh;
	char bytes[5];

	f->fresh = 0;
	switch (press) {
	case PRESS_LEFT:
		f->at = before(f, f->at);
		return 1;
	case PRESS_RIGHT:
		f->at = after(f, f->at);
		return 1;
	case PRESS_HOME:
	case CTRL_KEY('a'):
		f->at = line_start(f, f->at);
		return 1;
	case PRESS_END:
	case CTRL_KEY('e'):
		f->at = line_end(f, f->at);
		return 1;
	case PRESS_BACKSPACE:
		replace(f, before(f, f->at), f->at, "");
		return 1;
	case PRESS_DELETE:
	case CTRL_KEY('d'):
		replace(f, f->at, after(f, f->at), "");
		return 1;
	case CTRL_KEY('u'):
		replace(f, line_start(f, f->at), f->at, "");
		return 1;
	case CTRL_KEY('k'):
		replace(f, f->at, line_end(f, f->at), "");
		return 1;
	case CTRL_KEY('w'):
		replace(f, word_before(f), f->at, "");
		return 1;
	default:
		break;
	}
	if (press < ' ' || press >= PRESS_FIRST || press == 0x7f || f->text.len + 4 > f->most)
		return 0;
	encode(press, bytes);
	replace(f, fresh ? 0 : f->at, fresh ? f->text.len : f->at, bytes);
	return 1;
}

size_t field_view(const struct field *f, int width, int *column)
{
	struct str part;
	size_t from = line_start(f, f->at);

	str_init(&part);
	for (;;) {
		str_clear(&part);
		str_addn(&part, str_text(&f->text) + from, f->at - from);
		*column = str_width(str_text(&part));
		if (*column < width || from >= f->at)
			break;
		from = after(f, from);
	}
	str_release(&part);
	return from;
}
