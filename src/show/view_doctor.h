/*
 * view_doctor: what `doctor` shows: a checkup as lines for a person, and as JSON
 * for other programs. Lines and text only, the front end puts them out.
 */
#ifndef FFIADVISE_SHOW_VIEW_DOCTOR_H
#define FFIADVISE_SHOW_VIEW_DOCTOR_H

#include "session/checkup.h"
#include "show/lines.h"

/* What is here, what is missing, how quiet it is, what to do; bindings' titles from the catalog. */
void view_doctor(struct lines *lines, const struct checkup *checkup, const struct catalog *catalog);
/* The same as a whole JSON document. */
/* Of n interpreters: "doctor" is of the first, "others" of the rest. */
void doctor_json(const struct checkup *checkups, size_t n, struct str *out);

#endif
