#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"

void str_init(struct str *str)
{
	str->s = NULL;
	str->len = str->cap = 0;
}

void str_release(struct str *str)
{
	free(str->s);
	str_init(str);
}

void str_clear(struct str *str)
{
	str->len = 0;
	if (str->s)
		str->s[0] = '\0';
}

static void reserve(struct str *str, size_t more)
{
	size_t want = str->len + more + 1;

	if (want <= str->cap)
		return;
	if (want < 2 * str->cap)
		want = 2 * str->cap;
	str->s = xrealloc(str->s, want < 32 ? 32 : want);
	str->cap = want < 32 ? 32 : want;
}

void str_addn(struct str *str, const char *s, size_t n)
{
	reserve(str, n);
	memcpy(str->s + str->len, s, n);
	str->len += n;
	str->s[str->len] = '\0';
}

void str_add(struct str *str, const char *s)
{
	str_addn(str, s, strlen(s));
}

void str_addc(struct str *str, char c)
{
	str_addn(str, &c, 1);
}

void str_addf(struct str *str, const char *fmt, ...)
{
	enum { OFTEN_ENOUGH = 31 };
	va_list ap;
	int n;

	reserve(str, OFTEN_ENOUGH);
	va_start(ap, fmt);
	n = vsnprintf(str->s + str->len, str->cap - str->len, fmt, ap);
	va_end(ap);
	if (n < 0) {
		str->s[str->len] = '\0';
		return;
	}
	if ((size_t)n < str->cap - str->len) {
		str->len += (size_t)n;
		return;
	}
	reserve(str, (size_t)n);
	va_start(ap, fmt);
	vsnprintf(str->s + str->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	str->len += (size_t)n;
}

/*
 * Decodes one code point of UTF-8 (RFC 3629: shortest form, no surrogates, at
 * most U+10FFFF). Returns its length in bytes, 0 when the bytes are no UTF-8.
 */
static size_t decode(const char *s, size_t n, uint32_t *point)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *u = (const unsigned char *)s;
	size_t len, i;

	if (n == 0)
		return 0;
	if (u[0] < 0x80) {
		*point = u[0];
		return 1;
	}
	len = u[0] >= 0xf0 ? 4 : u[0] >= 0xe0 ? 3 : 2;
	if (u[0] < 0xc2 || u[0] > 0xf4 || n < len)
		return 0;
	*point = u[0] & (0xffu >> (len + 1));
	for (i = 1; i < len; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | (u[i] & 0x3f);
	}
	if (*point < least[len] || *point > 0x10ffff || (*point >= 0xd800 && *point < 0xe000))
		return 0;
	return len;
}

/* Bidirectional overrides and their like reorder what follows: shown, not sent. */
static int is_unshowable(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) ||
	       (point >= 0x200e && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
	       (point >= 0x2066 && point <= 0x2069) || point == 0xfeff;
}

void str_add_shown(struct str *str, const char *s, size_t n)
{
	uint32_t point;
	size_t len, i, k;

	for (i = 0; i < n; i += len) {
		len = decode(s + i, n - i, &point);
		if (len && !is_unshowable(point)) {
			str_addn(str, s + i, len);
			continue;
		}
		if (!len)
			len = 1;
		for (k = 0; k < len; k++)
			str_addf(str, "\\x%02x", (unsigned char)s[i + k]);
	}
}

const char *str_text(const struct str *str)
{
	return str->s ? str->s : "";
}

char *str_detach(struct str *str)
{
	char *s = str->s ? str->s : xstrdup("");

	str_init(str);
	return s;
}

/* The columns of the character at s, n bytes before the end; *len gets its bytes. */
static int columns_at(const char *s, size_t n, size_t *len)
{
	uint32_t point;
	int w;

	*len = decode(s, n, &point);
	if (!*len) {
		*len = 1;
		return 1;
	}
	w = point < 0x80 ? 1 : wcwidth((wchar_t)point);
	return w < 0 ? 1 : w;
}

int str_width(const char *s)
{
	size_t n = strlen(s), len;
	int width = 0;

	for (; n; s += len, n -= len)
		width += columns_at(s, n, &len);
	return width;
}

size_t str_fit(const char *s, int columns)
{
	size_t n = strlen(s), at = 0, len;
	int width = 0;

	for (; at < n; at += len) {
		width += columns_at(s + at, n - at, &len);
		if (width > columns)
			break;
	}
	return at;
}

int str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* One step of a multiplicative hash: an odd number near 2^64 / golden ratio, and the high
 * bits, which depend on all that came in, brought down. */
static uint64_t hash_step(uint64_t h, uint64_t word)
{
	h = (h ^ word) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}

uint64_t str_hash(uint64_t h, const char *s)
{
	size_t n = strlen(s), at;
	uint64_t word;

	h ^= n;
	for (at = 0; at + sizeof word <= n; at += sizeof word) {
		memcpy(&word, s + at, sizeof word);
		h = hash_step(h, word);
	}
	for (word = 0; at < n; at++)
		word = word << 8 | (unsigned char)s[at];
	return hash_step(h, word);
}

enum { WORD_MAX_LENGTH = 63 };

/* Edit distance with swaps of neighbours (optimal string alignment). */
static int distance(const char *a, const char *b)
{
	int row[3][WORD_MAX_LENGTH + 2];
	int la = (int)strlen(a), lb = (int)strlen(b), i, j, best;

	for (j = 0; j <= lb; j++)
		row[0][j] = j;
	for (i = 1; i <= la; i++) {
		int *cur = row[i % 3], *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3];

		cur[0] = i;
		for (j = 1; j <= lb; j++) {
			best = up[j - 1] + (a[i - 1] != b[j - 1]);
			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (cur[j - 1] + 1 < best)
				best = cur[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    up2[j - 2] + 1 < best)
				best = up2[j - 2] + 1;
			cur[j] = best;
		}
	}
	return row[la % 3][lb];
}

const char *str_nearest(const char *s, const char *const *words, size_t n)
{
	size_t len = strlen(s), i;
	const char *nearest = NULL;
	/* One slip in a short word, two from six letters on, three from ten. */
	int limit = len < 3 ? 0 : len < 6 ? 1 : len < 10 ? 2 : 3;
	int best = limit + 1, d;

	if (len > WORD_MAX_LENGTH)
		return NULL;
	for (i = 0; i < n; i++) {
		if (strlen(words[i]) > WORD_MAX_LENGTH)
			continue;
		d = distance(s, words[i]);
		if (d < best) {
			best = d;
			nearest = words[i];
		}
	}
	return nearest;
}
