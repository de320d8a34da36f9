/*
 * str: a string that grows. The owner of the struct owns the bytes and frees
 * them with str_release(); str_text() lends them until the next change.
 */
#ifndef FFIADVISE_BASE_STR_H
#define FFIADVISE_BASE_STR_H

#include <stddef.h>
#include <stdint.h>

struct str {
	char *s;
	size_t len, cap;
};

void str_init(struct str *str);
void str_release(struct str *str);
void str_clear(struct str *str);
void str_add(struct str *str, const char *s);
void str_addn(struct str *str, const char *s, size_t n);
void str_addc(struct str *str, char c);
void str_addf(struct str *str, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * Adds s as it may be shown to a person: control characters (C0, DEL, and the
 * C1 block in UTF-8) and bytes that are no UTF-8 become \xNN, so that nothing
 * a file says reaches the terminal as an escape sequence.
 */
void str_add_shown(struct str *str, const char *s, size_t n);

/* Never NULL; lent until the next change. */
const char *str_text(const struct str *str);
/* Hands the bytes over to the caller (free()) and leaves str empty. */
char *str_detach(struct str *str);

/* Columns a UTF-8 text takes on a terminal; bytes that are no UTF-8 count 1. */
int str_width(const char *s);

/* The bytes of s that fit into so many columns, whole characters only; a sign that is
 * written over the one before goes with it. */
size_t str_fit(const char *s, int columns);

/* True when s begins with prefix. */
int str_starts(const char *s, const char *prefix);

/*
 * A hash of s for a table in memory, eight bytes at a step; goes on from h, 0 at first.
 * It differs between machines: nothing that is kept or drawn may hang on it.
 */
uint64_t str_hash(uint64_t h, const char *s);

/*
 * The nearest of n words to s by edit distance (insert, delete, replace, swap
 * of neighbours), or NULL when none is near enough to be a slip of the hand.
 */
const char *str_nearest(const char *s, const char *const *words, size_t n);

#endif
