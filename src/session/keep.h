/*
 * keep: answers that outlive the session: as YAML that survey_read() reads as the
 * same answers, with the questions as comments; and saved after every answer in a
 * file of this session's own below $XDG_STATE_HOME/ffiadvise (~/.local/state by
 * default), from which --resume goes on. The files hold what somebody answered, so
 * they are the owner's alone. A struct keep owns its paths: keep_release().
 */
#ifndef FFIADVISE_SESSION_KEEP_H
#define FFIADVISE_SESSION_KEEP_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "survey/survey.h"

struct keep {
	char *path; /* this session's file; NULL: there is nowhere to keep anything */
	int saved;  /* it has been written */
};

enum { KEEP_MOST = 20 }; /* sessions */

/* What a line of a kept file ends with when its value was not asked for. */
#define KEEP_FROM_FILE "  # from a file"
#define KEEP_MEASURED "  # measured"
/* What the files of sessions and of their variants are called. */
#define KEEP_SESSION "session-"
#define KEEP_VARIANTS "variants-"

/*
 * Adds n functions as an answers file. What is not known stands in comments; a
 * range keeps its ends, and its likely value becomes the middle. The answers are
 * those that were given: survey_check() widens them. What was measured is marked, and
 * in a file of the program's own what came from another file.
 */
void keep_write(struct str *out, const struct answers *const *functions, size_t n, int own);

/* The folder sessions are kept in; NULL when neither variable names one. The caller
 * frees it. A relative $XDG_STATE_HOME is none (XDG base directory rules). */
char *keep_folder(void);
/* Names the file of a session that began at that time (seconds since 1970) as process pid;
 * touches nothing. -1 when there is no folder: the session goes on, and is not kept. */
int keep_begin(struct keep *keep, int64_t began, long pid, struct err *err);
/* Puts the answers in this session's file. -1 leaves the one that was there. */
int keep_save(struct keep *keep, const struct answers *const *functions, size_t n,
	struct err *err);
/* The same in a file somebody names, with the mode that files get here. */
int keep_save_as(const char *path, const struct answers *const *functions, size_t n,
	struct err *err);
/* Makes a session that was saved the one that was written last. */
void keep_touch(const struct keep *keep);
void keep_release(struct keep *keep);

/* keep_variants.c: variants, in an answers file of their own beside the session's, each a
 * function with the variant's name. */

/* The file of a session's variants; the caller frees it. */
char *keep_variants_path(const char *session_path);
/* n variants in order, or without any no file. -1 leaves the one that was there. */
int keep_save_variants(const struct keep *keep, const struct answers *const *variants,
	const char *const *names, size_t n, struct err *err);
/*
 * Reads those of a session into survey, which is empty where there are none; the name answer
 * of each is the variant's. As keep_read().
 */
int keep_read_variants(struct survey *survey, const struct questions *questions,
	const struct keep *keep, struct errs *errs);

/*
 * Deletes all but the KEEP_MOST sessions that were written last. One whose process is there
 * still stays, and so does one that cannot be read: somebody may want to mend it.
 */
void keep_tidy(const struct questions *questions);
/* The kept session that was written last; NULL and an err when there is none. The caller
 * frees it. */
char *keep_newest(struct err *err);
/*
 * Reads a kept file: what was asked is ORIGIN_ASKED again, what was measured
 * ORIGIN_MEASURED. The answers are as they were given: survey_check() comes later. -1
 * with all its mistakes in errs, as survey_read().
 */
int keep_read(struct survey *survey, const struct questions *questions, const char *path,
	struct errs *errs);

#endif
