/*
 * view_measured: what every report in text says of the measuring itself: the
 * machine and how quiet it was, and what was not measured, and why.
 */
#ifndef FFIADVISE_SHOW_VIEW_MEASURED_H
#define FFIADVISE_SHOW_VIEW_MEASURED_H

#include "measure/store.h"
#include "show/lines.h"

/* A heading, an empty line before it. */
void view_head(struct lines *lines, const char *text);
void view_not_measured(struct lines *lines, const struct measurements *m);
/* How the worker is in the interpreter, and what else has to be said of that. */
void view_python_kind(struct lines *lines, const struct environment *env);
void view_environment(struct lines *lines, const struct measurements *m);

#endif
