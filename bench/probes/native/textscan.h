/*
 * textscan: kernel "textscan" on plain C data; see native.h. A letter is looked
 * up in a table, as isalpha() does, and not compared: compilers turn comparisons
 * into vector instructions each in its own way.
 */
#ifndef FFIADVISE_PROBES_TEXTSCAN_H
#define FFIADVISE_PROBES_TEXTSCAN_H

#include <stddef.h>

/* 1 for the letters of ASCII. In order, since C++ has no designators for arrays. */
static const unsigned char native_letter[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
};

static inline int native_is_letter(char c)
{
	return native_letter[(unsigned char)c];
}

static inline long long native_textscan(const char *text, size_t n)
{
	int before = 0, now;
	long long count = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		now = native_is_letter(text[i]);
		count += now & (before ^ 1);
		before = now;
	}
	return count;
}

#endif
