/*
 * command: a program run to its end for what it prints, within limits of time and
 * length. Nothing it started outlives the call. The strings are the caller's.
 */
#ifndef FFIADVISE_SESSION_COMMAND_H
#define FFIADVISE_SESSION_COMMAND_H

#include "base/err.h"
#include "base/str.h"

/*
 * Runs argv (NULL at its end; argv[0] is the file) with nothing of Python's in its
 * environment. out gets what it printed, up to 64 KiB; said its last line on
 * standard error. -1 when it could not be run, was still running after `seconds`,
 * or ended with another status than 0; err says which, without naming the program.
 */
int command_run(const char *const *argv, double seconds, struct str *out, struct str *said,
	struct err *err);
/*
 * The executable files that a word may mean: the path that it is, or those of that
 * name on PATH, in order. The list ends with NULL; the caller frees its items and it.
 */
char **command_find(const char *word);

#endif
