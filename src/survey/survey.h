/*
 * survey: an answers file, read whole: one struct answers for each function,
 * and the warnings about answers that contradict each other. The contract is
 * answers-format.md. Owned by the caller: survey_release().
 */
#ifndef FFIADVISE_SURVEY_SURVEY_H
#define FFIADVISE_SURVEY_SURVEY_H

#include <stdio.h>

#include "base/err.h"
#include "survey/answers.h"

struct survey_item {
	struct answers answers;
	char **warnings; /* sentences with both figures */
	size_t n_warnings;
	int checked; /* survey_check() was here */
};

struct survey {
	struct survey_item *items;
	size_t n;
};

/*
 * Reads the file at path ("-": in is read and errors call it "-"). -1 when it
 * is invalid: errs then holds all errors of the file, each with its place; a
 * survey is never half valid. Cross-checks run here: they warn and widen.
 */
int survey_read(struct survey *survey, const struct questions *questions, const char *path,
	FILE *in, struct errs *errs);
/* The same without the cross-checks: the answers as they were given, to be kept, changed or
 * added to first. */
int survey_read_given(struct survey *survey, const struct questions *questions, const char *path,
	FILE *in, struct errs *errs);
/* survey_check() of each item. */
void survey_check_all(struct survey *survey);
void survey_release(struct survey *survey);
/*
 * The cross-checks of one function: adds warnings, widens ranges. Widened ranges
 * are no longer what was given, so it checks an item once; after a change begin
 * with a new item and a copy of the answers as they were given.
 */
void survey_check(struct survey_item *item);
/* Adds a warning to those of an item. */
void survey_warn(struct survey_item *item, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Adds errs to out, a line for each: the first twenty in full, then how many more
 * there are and on which lines. */
void errs_format(const struct errs *errs, struct str *out);

#endif
