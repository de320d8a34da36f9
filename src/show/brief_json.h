/*
 * brief_json: a brief as JSON, written straight: of ten thousand functions each
 * has one, and building them as structures first would take most of the time.
 */
#ifndef FFIADVISE_SHOW_BRIEF_JSON_H
#define FFIADVISE_SHOW_BRIEF_JSON_H

#include "advise/brief.h"
#include "base/str.h"
#include "survey/survey.h"

/* A function of report-format.md with what is not said of it empty. */
void brief_function_json(struct str *out, const struct brief *brief,
	const struct survey_item *item);
/* "verdict": {...}, "prediction": {...}, without braces around them. */
void brief_json(struct str *out, const struct brief *brief, const char *title);
/* A text in quotes; an estimate; as everywhere in a report. */
void brief_text(struct str *out, const char *text);
void brief_estimate(struct str *out, struct est e);

#endif
