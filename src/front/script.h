/*
 * script: keys from a file instead of a keyboard (--keys), and what the screen
 * then shows in another (--dump). Words with blanks between them, comments
 * from # on: names of keys ("enter", "^l", "x"), "text" that is typed, `dump`
 * or `dump:NAME`, `size:80x24`. A script goes on when nothing is pending, so that what it
 * shows does not depend on how fast the machine is.
 */
#ifndef FFIADVISE_FRONT_SCRIPT_H
#define FFIADVISE_FRONT_SCRIPT_H

#include <stdio.h>

#include "base/err.h"

enum script_do { SCRIPT_KEY, SCRIPT_DUMP, SCRIPT_SIZE, SCRIPT_END };

struct script_step {
	enum script_do what;
	int press;         /* SCRIPT_KEY */
	int rows, columns; /* SCRIPT_SIZE */
	char name[32];     /* SCRIPT_DUMP */
};

struct script {
	struct script_step *steps;
	size_t n, cap, at;
	FILE *dump; /* NULL for none */
};

/* dump may be NULL. -1 with the place of a word that means nothing. */
int script_read(struct script *script, const char *path, const char *dump, struct err *err);
void script_release(struct script *script);
/* The next step; the last is SCRIPT_END, again and again. */
struct script_step script_next(struct script *script);

#endif
